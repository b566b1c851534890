"""Transactions on SQLite: one at a time, begun with their first statement and whole however they end."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from types import TracebackType

from tortoise.backends.base.client import NestedTransactionContext, TransactionContext
from tortoise.backends.sqlite.client import SqliteTransactionContext, SqliteTransactionWrapper
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError, TransactionManagementError

from workshops.database.statements import Bound, Statement
from workshops.database.steady import Row, SteadyConnection, Text

BEGIN: Text = ("BEGIN IMMEDIATE", ())
COMMIT: Text = ("COMMIT", ())


class TransactionClient(SqliteTransactionWrapper):
    """What statements inside a transaction go through."""

    _connection: SteadyConnection

    async def begin(self) -> None:
        """Nothing yet: `BEGIN IMMEDIATE` goes to the database together with the first statement."""

    async def look_up(self, question: Bound) -> list[Row]:
        (rows,) = await self.change([question])
        return rows

    async def change(self, statements: Sequence[Bound]) -> list[list[Row]]:
        self._ensure_going_on()
        async with self._lock:
            return await self._run([*map(text_of, statements)])

    async def change_given(self, first: Bound, *others: Bound) -> tuple[bool, list[Row]]:
        self._ensure_going_on()
        async with self._lock:
            texts = [(_text_given(each.statement), each.values) for each in others]
            firsts, thens, *_ = await self._run([text_of(first), *texts])
            return bool(firsts), thens

    async def end(self, *, keep: bool) -> None:
        """Commit or roll back; a failed commit is rolled back, lest the next transaction commit it."""
        try:
            if keep and self._connection.in_transaction:
                await self._run([COMMIT])
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
    async def acquire_connection(self) -> AsyncIterator[SteadyConnection]:  # type: ignore[override]  # no class
        self._ensure_going_on()
        async with self._lock:
            await self._run([])
            yield self._connection

    async def _run(self, statements: Sequence[Text]) -> list[list[Row]]:
        begin = [] if self._connection.in_transaction else [BEGIN]
        if begin or statements:
            return (await run(self._connection, [*begin, *statements]))[len(begin) :]
        return []

    async def savepoint(self) -> None:
        await self._run([])
        await super().savepoint()

    def _ensure_going_on(self) -> None:
        if self._finalized:
            raise TransactionManagementError("a task that was started inside a transaction outlived it")

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


def text_of(bound: Bound) -> Text:
    return bound.statement.text, bound.values


@cache
def _text_given(statement: Statement) -> str:
    return statement.text_given(" AND changes() > 0")  # of the statement before


async def run(connection: SteadyConnection, statements: Sequence[Text]) -> list[list[Row]]:
    try:
        return await connection.run_all(statements)
    except sqlite3.IntegrityError as error:
        raise IntegrityError(error) from error
