"""How Tortoise is told about this installation's database."""

from pathlib import Path
from typing import Any

from tortoise import Model
from tortoise.backends.base.client import TransactionalDBClient
from tortoise.connection import get_connection

from workshops.errors import CannotStart
from workshops.settings import Settings

WRITER = "default"
READER = "reader"
MODELS = ["workshops.database.models", "workshops.staff.models", "workshops.schedule.models"]
MODELS += ["workshops.registration.models"]
MIGRATIONS = "workshops.database.migrations"


class ReadApart:
    """Sends reads to the reading connection, unless a transaction of this task is open."""

    def db_for_read(self, model: type[Model]) -> str:  # noqa: ARG002 (Tortoise's signature)
        return WRITER if inside_transaction() else READER

    def db_for_write(self, model: type[Model]) -> str:  # noqa: ARG002 (Tortoise's signature)
        return WRITER


def inside_transaction() -> bool:
    """Tell whether this task stands inside a transaction."""
    return isinstance(get_connection(WRITER), TransactionalDBClient)


def database_file(settings: Settings) -> Path:
    return settings.data_dir.absolute() / "workshops.sqlite3"


def tortoise_config(settings: Settings, *, migrating: bool = False, migrations: str = MIGRATIONS) -> dict[str, Any]:
    """Describe connections, models and migrations.

    Raises:
        CannotStart: the address is of no database we know.
    """
    apps = {"models": {"models": MODELS, "default_connection": WRITER, "migrations": migrations}}
    if settings.on_postgresql:
        return {"connections": {WRITER: _postgresql(settings, migrating=migrating)}, "apps": apps}
    if settings.database_url is not None:
        raise CannotStart("WORKSHOPS_DATABASE_URL: SQLite needs no address, its file lies in WORKSHOPS_DATA_DIR")
    path = str(database_file(settings))
    connections = {WRITER: _sqlite(file_path=path, foreign_keys=not migrating)}
    if migrating:
        return {"connections": connections, "apps": apps}
    connections[READER] = _sqlite(file_path=path, reads_only=True)
    return {"connections": connections, "apps": apps, "routers": [ReadApart]}


def _sqlite(**credentials: Any) -> dict[str, Any]:
    return {"engine": "workshops.database.sqlite", "credentials": credentials}


def _postgresql(settings: Settings, *, migrating: bool) -> dict[str, Any]:
    assert settings.database_url is not None
    address = settings.database_url.get_secret_value()
    if not address.startswith(("postgresql://", "postgres://")):
        raise CannotStart("WORKSHOPS_DATABASE_URL: write postgresql://user:password@host/database")
    return {"engine": "workshops.database.postgresql", "credentials": {"dsn": address, "migrating": migrating}}
