"""A session that another program has locked at PostgreSQL, and those who wait there for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import asyncpg  # type: ignore[import-untyped]  # ships no types

from workshops.schedule.models import Session
from workshops.settings import Settings


class Waiting:
    """Who waits at the server for anything that is locked."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def count(self) -> int:
        return int(await self._connection.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"))

    async def grows_to(self, count: int) -> None:
        with anyio.fail_after(10):
            while await self.count() < count:  # noqa: ASYNC110 (the server sets no event of ours)
                await anyio.sleep(0.01)


@asynccontextmanager
async def locked(settings: Settings, session: Session) -> AsyncIterator[Waiting]:
    """Lock a session until the block ends."""
    assert settings.database_url is not None
    other = await asyncpg.connect(settings.database_url.get_secret_value())
    async with other.transaction():
        await other.execute("SELECT FROM session WHERE id = $1 FOR UPDATE", session.id)
        yield Waiting(other)
    await other.close()
