"""The data folder belongs to one process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workshops.errors import CannotStart


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep the data folder from every other process of ours; the operating system lets go when this one ends.

    Raises:
        CannotStart: the folder cannot be written to, or another process holds it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (folder / "lock").open("a")
    except OSError as error:
        raise CannotStart(f"WORKSHOPS_DATA_DIR: cannot write to {folder}: {error.strerror}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(f"WORKSHOPS_DATA_DIR: another process works with {folder}; SQLite takes one") from None
        yield
