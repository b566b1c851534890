"""A connection to SQLite that stays whole whatever happens to the tasks that use it."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any

import aiosqlite

from workshops.database.away import DatabaseAway
from workshops.database.cancellation import finish

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


class SteadyConnection(aiosqlite.Connection):
    """A connection whose every step ends before its caller goes on, even a cancelled caller."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return await finish(super()._execute(fn, *args, **kwargs))  # type: ignore[no-untyped-call]  # aiosqlite
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in AWAY_CODES:
                raise DatabaseAway(str(error)) from error
            raise

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
    return SteadyConnection(partial(sqlite3.connect, address, uri=True, isolation_level=None), 64)
