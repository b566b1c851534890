"""Bringing a database to today's schema."""

from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection

from workshops.database.config import ALIAS, MIGRATIONS, database_file, tortoise_config
from workshops.database.connection import connected, data_folder, transaction
from workshops.database.schema import missing_migrations
from workshops.errors import CannotStart
from workshops.settings import Settings

ADVISORY_LOCK = 0x776F726B73686F70  # "workshop" in ASCII


async def migrate(settings: Settings, *, migrations: str = MIGRATIONS) -> list[str]:
    """Apply what is missing, all of it or nothing, and name it.

    Raises:
        CannotStart: the database is out of reach, or newer than this program.
    """
    with data_folder(settings):
        if not settings.on_postgresql:
            database_file(settings).touch(mode=0o600)
        async with connected(settings, migrating=True, migrations=migrations):
            if not await missing_migrations(get_connection(ALIAS), migrations):
                return []
            async with transaction() as client:
                if settings.on_postgresql:
                    await client.execute_query(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
                applied = await _apply(client, tortoise_config(settings, migrations=migrations)["apps"])
                if not settings.on_postgresql:
                    await _check_references(client)
            return applied


async def _apply(client: BaseDBAsyncClient, apps: dict[str, Any]) -> list[str]:
    from tortoise.migrations.executor import MigrationExecutor  # noqa: PLC0415 (an up-to-date start never needs it)

    applied: list[str] = []

    def note(event: str, _: str, name: str) -> None:
        if event == "apply_done":
            applied.append(name)

    executor = MigrationExecutor(client, apps)
    # PostgreSQL gives a transaction up at the first question about a table that is not there.
    await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))  # noqa: SLF001 (Tortoise's own choice by dialect)
    await executor.migrate(direction="forward", progress=note)
    return applied


async def _check_references(client: BaseDBAsyncClient) -> None:
    lost = await client.execute_query_dict("PRAGMA foreign_key_check")
    if lost:
        tables = ", ".join(sorted({row["table"] for row in lost}))
        raise CannotStart(f"the migration would leave rows of {tables} without what they refer to; nothing was changed")
