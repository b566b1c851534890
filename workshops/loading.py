"""Loading the program quickly: without two things that Python and packages do meanwhile and no server needs."""

import gc
import inspect
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quick_imports() -> Iterator[None]:
    """Import without collecting garbage, and without Tortoise's search for comments in sources.

    All that is loaded stays, so there is no garbage to find. Tortoise parses the source of each model, and
    its own 2,000 lines, for comments that would become remarks in the database: a tenth of the whole start.
    """
    gc.disable()
    getsource = inspect.getsource
    inspect.getsource = _no_source  # type: ignore[assignment]  # its argument has another name
    try:
        yield
    finally:
        inspect.getsource = getsource


def loaded() -> None:
    """Collect garbage again, but never look through what was loaded."""
    gc.freeze()
    gc.enable()


def _no_source(_: object) -> str:
    raise OSError("no source while loading")  # which is what Tortoise expects of a program without sources
