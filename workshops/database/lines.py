"""Waiting in line, inside this process, for a row that many change at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

import anyio

from workshops.database.away import DatabaseAway

ABREAST = 2  # one has the row, and the next has begun; more would only keep connections from everybody else
TURN = 15.0  # seconds to wait for a turn or a connection: in a rush people rather wait than be told to ask again


class Lines:
    """The lines of one process, by the ids of the rows people stand for."""

    def __init__(self) -> None:
        self._lines: WeakValueDictionary[str, anyio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def stand(self, row: str) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the block ends.

        Raises:
            DatabaseAway: it did not come in time.
        """
        line = self._lines.setdefault(row, anyio.Semaphore(ABREAST, fast_acquire=True))
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
