"""How Tortoise is told about this installation's database."""

from pathlib import Path
from typing import Any

from workshops.errors import CannotStart
from workshops.settings import Settings

ALIAS = "default"
MODELS = ["workshops.database.models", "workshops.staff.models", "workshops.curricula.models"]
MODELS += ["workshops.schedule.models", "workshops.registration.models"]
MIGRATIONS = "workshops.database.migrations"


def database_file(settings: Settings) -> Path:
    return settings.data_dir.absolute() / "workshops.sqlite3"


def tortoise_config(settings: Settings, *, migrating: bool = False, migrations: str = MIGRATIONS) -> dict[str, Any]:
    """Describe connection, models and migrations.

    Raises:
        CannotStart: the address is of no database we know.
    """
    backend = _postgresql(settings) if settings.on_postgresql else _sqlite(settings)
    backend["credentials"]["migrating"] = migrating
    apps = {"models": {"models": MODELS, "default_connection": ALIAS, "migrations": migrations}}
    return {"connections": {ALIAS: backend}, "apps": apps}


def _sqlite(settings: Settings) -> dict[str, Any]:
    if settings.database_url is not None:
        raise CannotStart("WORKSHOPS_DATABASE_URL: SQLite needs no address, its file lies in WORKSHOPS_DATA_DIR")
    return {"engine": "workshops.database.sqlite", "credentials": {"file_path": str(database_file(settings))}}


def _postgresql(settings: Settings) -> dict[str, Any]:
    assert settings.database_url is not None
    address = settings.database_url.get_secret_value()
    if not address.startswith(("postgresql://", "postgres://")):
        raise CannotStart("WORKSHOPS_DATABASE_URL: write postgresql://user:password@host/database")
    return {"engine": "workshops.database.postgresql", "credentials": {"dsn": address}}
