"""A connection to SQLite that stays whole whatever happens to the tasks that use it."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import aiosqlite

from workshops.database.away import DatabaseAway
from workshops.database.cancellation import finish

Text = tuple[str, Sequence[Any]]  # a statement and its values
Row = dict[str, Any]
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


def _is_away(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is out of reach, busy, full or broken."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in AWAY_CODES


class SteadyConnection(aiosqlite.Connection):
    """A connection whose every step ends before its caller goes on, even a cancelled caller."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        done = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((done, partial(fn, *args, **kwargs)))
        try:
            return await finish(done)
        except sqlite3.Error as error:
            if _is_away(error):
                raise DatabaseAway(str(error)) from error
            raise

    async def run_all(self, statements: Sequence[Text]) -> list[list[Row]]:
        """Run statements one after the other, in one step; the rows of each."""
        found: list[list[Row]] = await self._execute(self._run_all, statements)
        return found

    def run_at_once(self, statement: Text) -> list[Row]:
        """Run a statement in the caller's thread, while nobody else uses this connection; its rows."""
        try:
            return self._run(statement)
        except sqlite3.Error as error:
            if _is_away(error):
                raise DatabaseAway(str(error)) from error
            raise

    def _run_all(self, statements: Sequence[Text]) -> list[list[Row]]:
        return [self._run(statement) for statement in statements]

    def _run(self, statement: Text) -> list[Row]:
        """Rows as mappings: sqlite3's own look each name up among all of them."""
        cursor = self._conn.cursor()
        cursor.row_factory = None
        cursor.execute(*statement)
        if cursor.description is None:
            return []
        names = [name for name, *_ in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

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
