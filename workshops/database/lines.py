"""Waiting in line, inside this process, for a row that many change at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

import anyio

from workshops.database.away import DatabaseAway

ABREAST = 2  # one has the row, and the next has begun; more would only keep connections from everybody else
TURN = 15.0  # seconds to be given it: in a rush people rather wait than be told to ask again

_lines: WeakValueDictionary[str, anyio.Semaphore] = WeakValueDictionary()


@asynccontextmanager
async def in_line(row: str) -> AsyncIterator[None]:
    """Wait, before a transaction begins, until it is this one's turn to change a row.

    Raises:
        DatabaseAway: its turn did not come in time.
    """
    line = _lines.setdefault(row, anyio.Semaphore(ABREAST, fast_acquire=True))
    await _turn(line)
    try:
        yield
    finally:
        line.release()


async def _turn(line: anyio.Semaphore) -> None:
    if line.value:  # it is had at once, and a clock beside it would take longer
        await line.acquire()
        return
    try:
        with anyio.fail_after(TURN):
            await line.acquire()
    except TimeoutError:
        raise DatabaseAway("too many change the same row") from None
