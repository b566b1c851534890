"""Transactions on PostgreSQL, which leave neither a connection nor anything open behind, however they end."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING, Any

import asyncpg  # type: ignore[import-untyped]  # it ships no types
from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.backends.base.client import NestedTransactionContext, TransactionContext, TransactionContextPooled
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

from workshops.database.asyncpg_errors import translated
from workshops.database.cancellation import finish
from workshops.database.postgresql_texts import chained, numbered
from workshops.database.statements import Bound, Row

if TYPE_CHECKING:
    from workshops.database.postgresql import Client


class TransactionClient(TransactionWrapper):
    """What statements inside a transaction go through."""

    _parent: "Client"
    broken = False

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
        return [await self._fetch(numbered(each.statement), each) for each in statements]

    async def change_given(self, first: Bound, *others: Bound) -> tuple[bool, Sequence[Row]]:
        text = chained(first.statement, *(each.statement for each in others))
        rows = await self._fetch(text, first, *others)
        return rows[0]["firsts"] > 0, rows if rows[0]["thens"] else []

    async def _fetch(self, text: str, *bound: Bound) -> Sequence[Row]:
        try:
            async with self.acquire_connection() as connection:
                return await fetch(connection, text, *bound)
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
                with translated():
                    await self.commit()
            else:
                with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                    await self.rollback()
        finally:
            self._finalized = True
            await self._parent.give_back(self._connection)
        if keep and self.broken:
            raise TransactionManagementError("a statement had failed, so nothing of this transaction was kept")

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


async def fetch(connection: Any, text: str, *bound: Bound) -> Sequence[Row]:
    """The rows of a text made from statements, with the values of each in turn."""
    with translated():
        rows: Sequence[Row] = await connection.fetch(text, *chain.from_iterable(each.values for each in bound))
    return rows
