"""Our Tortoise backend for SQLite: one writing connection behind one lock, and one that only reads."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

import aiosqlite
from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient

from workshops.database.away import DatabaseAway
from workshops.database.cancellation import finish
from workshops.database.connection import ensure_outside
from workshops.database.residue import overwrite
from workshops.database.sqlite_transaction import Transaction, TransactionClient, run, text_of
from workshops.database.statements import Bound
from workshops.database.steady import Row, SteadyConnection, steady_connection

PATIENCE = 5_000  # milliseconds that a statement waits for a lock
SHORT_PATIENCE = 200  # the same, while everybody else waits too


class Reader(SqliteClient):
    """A connection that keeps pages fast while a transaction holds the other one."""

    _connection: SteadyConnection | None
    mode: ClassVar[str] = "ro"
    promises: ClassVar[dict[str, int | str]] = {"busy_timeout": PATIENCE, "query_only": 1, "temp_store": 2}

    def _check_loop(self) -> bool:
        """Tortoise asks at each question whether its loop is still the same one; ours is the lifespan's."""
        return True

    async def create_connection(self, with_db: bool) -> None:  # noqa: ARG002, FBT001 (Tortoise's signature)
        """Connect, and see that SQLite keeps every promise asked of it.

        Raises:
            DatabaseAway: the file does not open, or a pragma reads back otherwise than it was set.
        """
        address = f"file:{quote(str(self.filename))}?mode={self.mode}"
        connection = steady_connection(address)
        try:
            await connection.open()
            await self._prepare(connection)
        except BaseException:
            await finish(connection.close())
            raise
        connection.row_factory = sqlite3.Row
        self._connection = connection
        await self._post_connect()

    async def _prepare(self, connection: aiosqlite.Connection) -> None:
        for name, value in self.promises.items():
            await connection.execute_fetchall(f"PRAGMA {name}={value}")
            ((kept,),) = await connection.execute_fetchall(f"PRAGMA {name}")
            if kept != value:
                raise DatabaseAway(f"SQLite keeps {name} at {kept} where {value} is needed")

    @asynccontextmanager
    async def acquire_connection(self) -> AsyncIterator[SteadyConnection]:  # type: ignore[override]  # no class
        assert self._connection is not None, "the database is opened before it is used"
        ensure_outside("this query was made before the transaction that it runs in")
        async with self._lock:
            yield self._connection

    async def look_up(self, question: Bound) -> list[Row]:
        async with self._lock:
            assert self._connection is not None, "the database is opened before it is used"
            return self._connection.run_at_once(text_of(question))


class Client(Reader):
    """The connection that may write, with one beside it for what only reads outside of transactions.

    Plain writes and transactions take turns at its lock. While `migrating`, references are not
    enforced and nothing reads beside.
    """

    mode = "rwc"
    promises: ClassVar[dict[str, int | str]] = {
        "busy_timeout": PATIENCE,
        "foreign_keys": 1,
        "journal_mode": "wal",
        "journal_size_limit": -1,  # the forgetting overwrites the log in place, so it may not shrink
        "secure_delete": 1,
        "synchronous": 2,  # FULL: what was acknowledged survives a power cut
        "temp_store": 2,  # memory
    }

    def __init__(self, file_path: str, *, migrating: bool = False, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        self._migrating = migrating
        self._beside = None if migrating else Reader(file_path, **kwargs)

    async def create_connection(self, with_db: bool) -> None:  # noqa: FBT001 (Tortoise's signature)
        await super().create_connection(with_db)
        if self._beside:
            await self._beside.create_connection(with_db)

    async def _prepare(self, connection: aiosqlite.Connection) -> None:
        await super()._prepare(connection)
        if self._migrating:
            await connection.execute("PRAGMA foreign_keys=0")
        # SQLite opens, and even locks, a file that it may only read without a word.
        await connection.execute("BEGIN IMMEDIATE")
        await connection.execute("PRAGMA user_version=0")
        await connection.rollback()

    async def close(self) -> None:
        if self._connection:
            with suppress(DatabaseAway, OSError):  # then the next start overwrites what is left
                await self.overwrite_log()
        if self._beside:
            await self._beside.close()
        await super().close()  # last, because closing it empties the log into the file

    async def overwrite_log(self) -> None:
        """Empty the log into the file and overwrite it where it lies, while nobody reads or writes.

        Raises:
            DatabaseAway: somebody else holds the log open; nothing was overwritten.
        """
        ensure_outside("a transaction's own log cannot be overwritten")
        async with self._lock, self._beside._lock if self._beside else nullcontext():  # noqa: SLF001 (its twin)
            assert self._connection is not None, "the database is opened before it is used"
            await finish(self._emptied(self._connection))

    async def _emptied(self, connection: aiosqlite.Connection) -> None:
        await connection.execute_fetchall(f"PRAGMA busy_timeout={SHORT_PATIENCE}")
        try:
            ((busy, *_),) = await connection.execute_fetchall("PRAGMA wal_checkpoint(RESTART)")
        finally:
            await connection.execute_fetchall(f"PRAGMA busy_timeout={PATIENCE}")
        if busy:
            raise DatabaseAway("another program holds SQLite's log open")
        await asyncio.to_thread(overwrite, Path(f"{self.filename}-wal"))
        await connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        if self._beside and query.startswith("SELECT"):
            return await self._beside.execute_query(query, values)
        return await super().execute_query(query, values)

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> Any:
        if self._beside and query.startswith("SELECT"):
            return await self._beside.execute_query_dict(query, values)
        return await super().execute_query_dict(query, values)

    def in_line(self, _row: str) -> AbstractAsyncContextManager[None]:
        """No line: transactions take turns at the lock in any case."""
        return nullcontext()

    async def look_up(self, question: Bound) -> list[Row]:
        assert self._beside is not None, "a migration looks nothing up"
        return await self._beside.look_up(question)

    async def look_up_and_mark(self, question: Bound, mark: Bound, due: Callable[[Row], bool]) -> list[Row]:
        rows = await self.look_up(question)
        if any(map(due, rows)):
            await self.change([mark])
        return rows

    async def change(self, statements: Sequence[Bound]) -> list[list[Row]]:
        (only,) = statements
        async with self.acquire_connection() as connection:
            return await run(connection, [text_of(only)])

    async def execute_many(self, query: str, values: list[list[Row]]) -> None:
        ensure_outside("this query was made before the transaction that it runs in")
        async with self._in_transaction() as client:
            await client.execute_many(query, values)

    def _in_transaction(self) -> TransactionContext:
        return Transaction(TransactionClient(self), self._lock)


client_class = Client
