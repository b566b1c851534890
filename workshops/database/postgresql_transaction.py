"""Transactions on PostgreSQL, which leave neither a connection nor anything open behind, however they end."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any

import asyncpg  # type: ignore[import-untyped]  # it ships no types
from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.backends.base.client import NestedTransactionContext, TransactionContext, TransactionContextPooled
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

from workshops.database.asyncpg_errors import translated
from workshops.database.cancellation import finish
from workshops.database.statements import Bound, Row, Statement

if TYPE_CHECKING:
    from workshops.database.postgresql import Client


class TransactionClient(TransactionWrapper):
    """What statements inside a transaction go through."""

    _parent: "Client"
    broken = False
    last: Sequence[Bound] = ()

    @asynccontextmanager
    async def acquire_connection(self) -> AsyncIterator[Any]:  # type: ignore[override]  # Tortoise has a class here
        if self._finalized:
            raise TransactionManagementError("a task that was started inside a transaction outlived it")
        async with self._lock:
            yield self._connection

    async def _translate_exceptions(self, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            with translated():
                return await func(self, *args, **kwargs)
        except BaseException:
            self.broken = True
            raise

    async def look_up(self, question: Bound) -> Sequence[Row]:
        (rows,) = await self.change([question])
        return rows

    async def change(self, statements: Sequence[Bound]) -> Sequence[Sequence[Row]]:
        try:
            async with self.acquire_connection() as connection:
                with translated():
                    return [await fetch(connection, each) for each in statements]
        except BaseException:
            self.broken = True
            raise

    async def start(self) -> None:
        """Take a connection and begin; if that fails, the connection is back in the pool."""
        self._connection = await self._parent.take()
        try:
            await finish(self.begin())
        except BaseException:
            await finish(self.end(keep=False))
            raise

    async def end(self, *, keep: bool) -> None:
        """Commit or roll back, and give the connection back in either case.

        Raises:
            TransactionManagementError: a failed statement was passed over in silence; PostgreSQL
                would answer the COMMIT with a rollback and no error.
        """
        try:
            if keep and not self.broken:
                await self._keep()
            else:
                await self._undo()
        finally:
            self._finalized = True
            await self._parent.give_back(self._connection)
        if keep and self.broken:
            raise TransactionManagementError("a statement had failed, so nothing of this transaction was kept")

    async def _keep(self) -> None:
        try:
            if self.last:
                values = [value for each in self.last for value in each.values]
                with translated():
                    await self._connection.fetch(_as_one(tuple(each.statement for each in self.last)), *values)
        except BaseException:
            await self._undo()
            raise
        with translated():
            await self.commit()

    async def _undo(self) -> None:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await self.rollback()

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(TransactionClient(self))


class Transaction(TransactionContextPooled):
    """`BEGIN` to `COMMIT`; leaves neither connection nor open transaction behind, however it ends."""

    client: TransactionClient

    async def __aenter__(self) -> TransactionClient:
        await self.client.start()
        self.token = get_connections().set(self.connection_name, self.client)
        return self.client

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        get_connections().reset(self.token)
        await finish(self.client.end(keep=exc_type is None))


@cache
def _as_one(statements: Sequence[Statement]) -> str:
    """Changes that need nothing of one another as one statement: one way to the server for all of them."""
    parts, number = [], 1
    for position, each in enumerate(statements):
        parts.append(f"change_{position} AS ({each.numbered_from(number)})")
        number += each.questioned.count("?")
    return f"WITH {', '.join(parts)} SELECT"


async def fetch(connection: Any, bound: Bound) -> Sequence[Row]:
    rows: Sequence[Row] = await connection.fetch(bound.statement.numbered, *bound.values)
    return rows
