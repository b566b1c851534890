"""Every text that ships, read once a run: tests share what was made of them."""

import atexit
from datetime import date
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.check import Report, check
from workshops.curricula.kept import FILE
from workshops.curricula.state import Library
from workshops.settings import ROOT, Settings

FOLDER = ROOT / "curricula"


@cache
def library() -> Library:
    """The library of all texts that ship."""
    found = Library(Settings(data_dir=_kept_in(), curricula_dir=FOLDER))
    assert found.catalogue.curricula
    return found


def shipped() -> Catalogue:
    """The catalogue of all texts that ship."""
    return library().catalogue


def kept_catalogue() -> Path:
    """The file in which that catalogue is kept, for installations that shall not read them anew."""
    library()
    return _kept_in() / FILE


@cache
def said_of_shipped() -> Report:
    """What a check says of all texts that ship."""
    return check(FOLDER, today=date(2026, 11, 23))


@cache
def _kept_in() -> Path:
    folder = mkdtemp()
    atexit.register(rmtree, folder)
    return Path(folder)
