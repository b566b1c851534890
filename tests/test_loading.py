"""A quick start changes nothing but its length."""

import gc
import inspect
from importlib import import_module

import pytest

from workshops.database.config import MODELS
from workshops.loading import loaded, quick_imports


def test_sources_can_be_read_again_afterwards_even_after_a_fault() -> None:
    before = inspect.getsource
    gc.enable()

    with pytest.raises(OSError, match="no source"), quick_imports():
        inspect.getsource(test_sources_can_be_read_again_afterwards_even_after_a_fault)
    loaded()
    gc.unfreeze()

    assert inspect.getsource is before
    assert gc.isenabled()


def test_no_model_has_a_comment_that_would_be_missed() -> None:
    for name in MODELS:
        assert "#:" not in inspect.getsource(import_module(name)), name
