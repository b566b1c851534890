"""News between the processes of one PostgreSQL database: that the schedule changed, and nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tortoise.connection import get_connection

from workshops.database.away import DatabaseAway
from workshops.database.config import ALIAS
from workshops.settings import Settings

CHANNEL = "schedule"
CLOSING_SECONDS = 2.0


async def tell() -> None:
    """Tell the other processes once the caller's transaction is kept; SQLite has no other process."""
    connection = get_connection(ALIAS)
    if connection.capabilities.dialect == "postgres":
        await connection.execute_query(f"NOTIFY {CHANNEL}")


@asynccontextmanager
async def listening(settings: Settings) -> AsyncIterator[asyncio.Event]:
    """An event that is set whenever another process tells; its connection is apart from the pool.

    Raises:
        DatabaseAway: the database does not answer.
    """
    import asyncpg  # type: ignore[import-untyped]  # noqa: PLC0415 (ships no types; SQLite never needs it)

    assert settings.database_url is not None, "SQLite has no other process to hear from"
    news = asyncio.Event()
    failures = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
    try:
        connection = await asyncpg.connect(settings.database_url.get_secret_value())
    except failures as error:
        raise DatabaseAway(type(error).__name__) from error
    try:
        try:
            await connection.add_listener(CHANNEL, lambda *_: news.set())
        except failures as error:
            raise DatabaseAway(type(error).__name__) from error
        connection.add_termination_listener(lambda _: news.set())
        yield news
    finally:
        with suppress(*failures, TimeoutError):
            await connection.close(timeout=CLOSING_SECONDS)
