"""A connection to SQLite that stays whole whatever happens to the tasks that use it."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import aiosqlite

from workshops.database.away import DatabaseAway
from workshops.database.cancellation import finish

Text = tuple[str, Sequence[Any]]  # a statement and its values
AWAY_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


@contextmanager
def translated() -> Iterator[None]:
    """Turn what SQLite says of a file that is out of reach into our word for it.

    Raises:
        DatabaseAway: it is busy, full, read-only or broken.
    """
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in AWAY_CODES:
            raise DatabaseAway(str(error)) from error
        raise


class SteadyConnection(aiosqlite.Connection):
    """A connection whose every step ends before its caller goes on, even a cancelled caller."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        done = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((done, partial(fn, *args, **kwargs)))
        with translated():
            return await finish(done)

    async def run_all(self, statements: Sequence[Text]) -> list[list[Any]]:
        """Run statements one after the other, in one step; the rows of each."""
        found: list[list[Any]] = await self._execute(self._run_all, statements)
        return found

    def run_at_once(self, statement: str, values: Sequence[Any]) -> list[Any]:
        """Run a statement in the caller's thread, while nobody else uses this connection; its rows."""
        with translated():
            return self._conn.execute(statement, values).fetchall()

    def _run_all(self, statements: Sequence[Text]) -> list[list[Any]]:
        return [self._conn.execute(statement, values).fetchall() for statement, values in statements]

    async def open(self) -> None:
        """Connect.

        Raises:
            DatabaseAway: the file does not open.
        """
        try:
            await self
        except sqlite3.Error as error:
            raise DatabaseAway(str(error)) from error


def steady_connection(address: str) -> SteadyConnection:
    """A connection to a file by its URI, not opened yet, that begins no transaction by itself."""
    connector = partial(sqlite3.connect, address, uri=True, isolation_level=None, check_same_thread=False)
    return SteadyConnection(connector, 64)
