"""Fixtures and options that every test may use."""

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from tests.make import NOW
from tests.postgres import Server, running_server
from tests.shipped import kept_catalogue
from workshops.curricula.kept import FILE as CATALOGUE
from workshops.database.connection import Database, open_database
from workshops.database.migrate import migrate
from workshops.settings import Settings

if TYPE_CHECKING:
    from tests.client import Client

pytest_plugins = ["tests.needs"]

counter = itertools.count()
PLENTY = 1_000_000  # a budget beyond which only tests of the cost of a place go


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="what data tests run on")
    parser.addoption("--all", action="store_true", help="run the long tests too")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "data(only=None): reads or writes the database; runs on SQLite and PostgreSQL, or on one of them only",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what does not belong to this run; a test asked for by its own name always runs."""
    if any("::" in argument for argument in config.args):
        return
    left_out = [item for item in items if not _belongs(item, config)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def _belongs(item: pytest.Item, config: pytest.Config) -> bool:
    if item.get_closest_marker("long") and not (config.option.all or "long" in config.option.markexpr):
        return False
    database, data = config.option.database, item.get_closest_marker("data")
    if data is None:
        return bool(database == "sqlite")
    return bool(data.kwargs.get("only", database) == database)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def on_postgresql(pytestconfig: pytest.Config) -> bool:
    return str(pytestconfig.option.database) == "postgresql"


@pytest.fixture(scope="session")
def postgres(*, on_postgresql: bool) -> Iterator[Server | None]:
    """The PostgreSQL server of this run, or None on SQLite."""
    if not on_postgresql:
        yield None
        return
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def template(postgres: Server | None, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A migrated database and a catalogue that was read, made once a run, of which every test gets a copy."""
    folder = tmp_path_factory.mktemp("template")
    settings = settings_of(folder, postgres.create("migrated") if postgres else None)
    asyncio.run(migrate(settings))
    settings.data_dir.mkdir(mode=0o700, exist_ok=True)
    shutil.copy(kept_catalogue(), settings.data_dir)
    return settings


@pytest.fixture
def empty_settings(postgres: Server | None, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an installation whose database was never migrated."""
    yield from _installation(tmp_path, postgres, "template1")


@pytest.fixture
def settings(template: Settings, postgres: Server | None, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a fresh installation: folders of its own and a migrated, empty database."""
    for settings in _installation(tmp_path, postgres, "migrated"):
        if postgres is None:
            shutil.copytree(template.data_dir, settings.data_dir)
        else:
            settings.data_dir.mkdir(mode=0o700)
            shutil.copy(template.data_dir / CATALOGUE, settings.data_dir)
        yield settings


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The open database of `settings`; models of the test's own task use it."""
    async with open_database(settings) as database:
        yield database


def settings_of(folder: Path, database_url: str | None) -> Settings:
    url = SecretStr(database_url) if database_url else None
    data_dir, key_dir = folder / "data", folder / "keys"
    budgets = {"session_budget": PLENTY, "site_budget": PLENTY}
    return Settings(data_dir=data_dir, key_dir=key_dir, database_url=url).model_copy(update=budgets)


def _installation(folder: Path, postgres: Server | None, template: str) -> Iterator[Settings]:
    if postgres is None:
        yield settings_of(folder, None)
        return
    name = f"test{next(counter)}"
    yield settings_of(folder, postgres.create(name, template=template))
    postgres.drop(name)


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator["Client"]:
    """A visitor of the whole application on a fresh installation, at a fixed moment that tests may move."""
    from tests.client import open_client  # noqa: PLC0415 (tests of rules need no application)

    async with open_client(settings, NOW) as client:
        yield client
