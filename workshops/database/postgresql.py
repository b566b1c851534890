"""Our Tortoise backend for PostgreSQL: every wait has an end, and every connection finds its way back."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # it ships no types
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.base.client import TransactionContext

from workshops.database.asyncpg_errors import translated
from workshops.database.connection import ensure_outside
from workshops.database.lines import TURN, Lines
from workshops.database.postgresql_texts import marking, numbered
from workshops.database.postgresql_transaction import Transaction, TransactionClient, fetch
from workshops.database.statements import Bound, Row
from workshops.errors import CannotStart

PATIENCE = 5.0  # seconds to connect, and to give a connection back
COMMAND = 12.0  # seconds for one statement, counted here, for a server that is frozen
SERVER = {
    "application_name": "workshops",
    "timezone": "UTC",
    # Tables about participants fill from nothing in minutes, and a plan that was made for them empty is kept.
    "enable_seqscan": "off",
    "jit": "off",  # a table that has to be read whole counts as dear then
    "statement_timeout": "8s",
    "lock_timeout": "7s",
    "idle_in_transaction_session_timeout": "30s",
}
MIGRATING = SERVER | {"statement_timeout": "0", "lock_timeout": "60s"}


class Client(AsyncpgDBClient):
    """A pool whose connections are taken and given back in a time that has an end."""

    def __init__(self, dsn: str, *, migrating: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.dsn = dsn
        self.migrating = migrating
        self._lines = Lines()

    def _check_loop(self) -> bool:
        """Tortoise asks at each question whether its loop is still the same one; ours is the lifespan's."""
        return True

    async def create_connection(self, with_db: bool) -> None:  # noqa: ARG002, FBT001 (Tortoise's signature)
        """Connect once, so that the pool stands before the first page is asked for.

        Raises:
            CannotStart: the address does not read; it is not repeated, since it may hold a password.
            DatabaseAway: nobody answers there, or not as this user or for this database.
        """
        try:
            with translated():
                self._pool = await asyncpg.create_pool(
                    self.dsn,
                    min_size=1,
                    max_size=8,
                    timeout=PATIENCE,
                    command_timeout=None if self.migrating else COMMAND,
                    server_settings=MIGRATING if self.migrating else SERVER,
                    target_session_attrs="read-write",
                    reset=_as_it_is,
                )
        except ValueError:
            raise CannotStart("WORKSHOPS_DATABASE_URL: write postgresql://user:password@host/database") from None
        await self._post_connect()

    async def take(self) -> Any:
        assert self._pool is not None, "the database is opened before it is used"
        waits = self._pool.get_idle_size() == 0  # else it is had at once, and a clock beside it would take longer
        with translated():
            return await self._pool.acquire(timeout=TURN if waits else None)

    async def give_back(self, connection: Any) -> None:
        """Hand a connection back; one that does not recover in time is closed by the pool."""
        assert self._pool is not None, "the pool outlives what was taken from it"
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await self._pool.release(connection, timeout=PATIENCE)  # goes on where the caller is cancelled

    @asynccontextmanager
    async def acquire_connection(self) -> AsyncIterator[Any]:  # type: ignore[override]  # Tortoise has a class here
        ensure_outside("this query was made before the transaction that it runs in")
        connection = await self.take()
        try:
            yield connection
        finally:
            await self.give_back(connection)

    async def _translate_exceptions(self, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with translated():
            return await func(self, *args, **kwargs)

    def in_line(self, row: str) -> AbstractAsyncContextManager[None]:
        return self._lines.stand(row)

    async def look_up(self, question: Bound) -> Sequence[Row]:
        return await self._fetch(numbered(question.statement), question)

    async def look_up_and_mark(self, question: Bound, mark: Bound, _due: Callable[[Row], bool]) -> Sequence[Row]:
        return await self._fetch(marking(question.statement, mark.statement), mark, question)

    async def _fetch(self, text: str, *bound: Bound) -> Sequence[Row]:
        connection = await self.take()
        try:
            return await fetch(connection, text, *bound)
        finally:
            await self.give_back(connection)

    async def change(self, statements: Sequence[Bound]) -> Sequence[Sequence[Row]]:
        (only,) = statements
        return [await self.look_up(only)]

    async def execute_many(self, query: str, values: list[Any]) -> None:
        ensure_outside("this query was made before the transaction that it runs in")
        async with self._in_transaction() as client:
            await client.execute_many(query, values)

    def _in_transaction(self) -> TransactionContext:
        return Transaction(TransactionClient(self), self._pool_init_lock)


async def _as_it_is(connection: Any) -> None:
    """Give a connection back as it is: whatever we change on one ends with the transaction that changed it."""


client_class = Client
