"""Our Tortoise backend for SQLite: one writing connection behind one lock, and one that only reads."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from types import TracebackType
from typing import Any, ClassVar
from urllib.parse import quote

import aiosqlite
from tortoise.backends.base.client import NestedTransactionContext, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

from workshops.database.away import DatabaseAway
from workshops.database.cancellation import finish

PATIENCE = 5_000  # milliseconds that a statement waits for a lock
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


class Writer(SqliteClient):
    """The connection that may write; plain statements and transactions take turns at its lock."""

    mode: ClassVar[str] = "rwc"
    promises: ClassVar[dict[str, int | str]] = {
        "busy_timeout": PATIENCE,
        "foreign_keys": 1,
        "journal_mode": "wal",
        "journal_size_limit": -1,  # the forgetting overwrites the log in place, so it may not shrink
        "secure_delete": 1,
        "synchronous": 2,  # FULL: what was acknowledged survives a power cut
        "temp_store": 2,  # memory
    }

    def __init__(self, file_path: str, *, foreign_keys: bool = True, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        self.pragmas = self.promises | ({} if foreign_keys else {"foreign_keys": 0})

    async def create_connection(self, with_db: bool) -> None:  # noqa: ARG002, FBT001 (Tortoise's signature)
        """Connect, and see that SQLite keeps every promise asked of it.

        Raises:
            DatabaseAway: the file does not open, or a pragma reads back otherwise than it was set.
        """
        address = f"file:{quote(str(self.filename))}?mode={self.mode}"
        connection = SteadyConnection(partial(sqlite3.connect, address, uri=True, isolation_level=None), 64)
        try:
            await _open(connection)
            await self._prepare(connection)
        except BaseException:
            await finish(connection.close())
            raise
        connection.row_factory = sqlite3.Row
        self._connection = connection
        await self._post_connect()

    async def _prepare(self, connection: aiosqlite.Connection) -> None:
        for name, value in self.pragmas.items():
            await connection.execute_fetchall(f"PRAGMA {name}={value}")
            ((kept,),) = await connection.execute_fetchall(f"PRAGMA {name}")
            if kept != value:
                raise DatabaseAway(f"SQLite keeps {name} at {kept} where {value} is needed")
        if self.mode != "ro":  # SQLite opens and locks a file that it may only read without a word
            await connection.execute("BEGIN IMMEDIATE")
            await connection.execute("PRAGMA user_version=0")
            await connection.rollback()

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        async with self._in_transaction() as client:
            await client.execute_many(query, values)

    @asynccontextmanager
    async def acquire_connection(self) -> AsyncIterator[aiosqlite.Connection]:  # type: ignore[override]  # no class
        async with self._lock:
            if self._connection is None:
                await self.create_connection(with_db=True)
            assert self._connection is not None
            yield self._connection

    def _in_transaction(self) -> TransactionContext:
        return Transaction(TransactionClient(self), self._lock)


class Reader(Writer):
    """The connection that keeps pages fast while a transaction holds the other one."""

    mode = "ro"
    promises: ClassVar[dict[str, int | str]] = {"busy_timeout": PATIENCE, "query_only": 1, "temp_store": 2}


class TransactionClient(SqliteTransactionWrapper):
    """What statements inside a transaction go through."""

    async def begin(self) -> None:
        await self._connection.execute("BEGIN IMMEDIATE")

    async def end(self, *, keep: bool) -> None:
        """Commit or roll back; a failed commit is rolled back, lest the next transaction commit it."""
        try:
            if keep:
                await self.commit()
        finally:
            self._finalized = True
            if self._connection and self._connection.in_transaction:
                await self._connection.rollback()

    async def execute_script(self, query: str) -> None:
        """Run several statements; sqlite3's own way to do so would commit first."""
        statement = ""
        for part in query.split(";"):
            statement += part + ";"
            if sqlite3.complete_statement(statement):
                await self.execute_query(statement)
                statement = ""

    @asynccontextmanager
    async def acquire_connection(self) -> AsyncIterator[aiosqlite.Connection]:  # type: ignore[override]  # no class
        if self._finalized:
            raise TransactionManagementError("a task that was started inside a transaction outlived it")
        async with self._lock:
            yield self._connection

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(TransactionClient(self))


class Transaction(SqliteTransactionContext):
    """`BEGIN IMMEDIATE` to `COMMIT`; leaves neither lock nor open transaction behind, however it ends."""

    connection: TransactionClient

    async def __aenter__(self) -> TransactionClient:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await self.connection.begin()
        except BaseException:
            await self._end(keep=False)
            raise
        self.token = get_connections().set(self.connection_name, self.connection)
        return self.connection

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        get_connections().reset(self.token)
        await self._end(keep=exc_type is None)

    async def _end(self, *, keep: bool) -> None:
        try:
            await self.connection.end(keep=keep)
        finally:
            self._trxlock.release()


async def _open(connection: aiosqlite.Connection) -> None:
    try:
        await connection
    except sqlite3.Error as error:
        raise DatabaseAway(str(error)) from error


def get_client_class(db_info: dict[str, Any]) -> type[SqliteClient]:
    """Tell Tortoise which of the two connections an alias means."""
    return Reader if db_info["credentials"].pop("reads_only", False) else Writer
