"""Opening the database, being inside it, and changing it in one piece."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
    nullcontext,
)
from dataclasses import dataclass
from typing import Any, Final

from tortoise.backends.base.client import BaseDBAsyncClient, TransactionalDBClient
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext, _current_context
from tortoise.exceptions import TransactionManagementError
from tortoise.transactions import in_transaction

from workshops.database.away import DatabaseAway
from workshops.database.cancellation import finish
from workshops.database.config import ALIAS, MIGRATIONS, database_file, tortoise_config
from workshops.database.folder import held
from workshops.database.schema import ensure_migrated
from workshops.errors import CannotStart
from workshops.settings import Settings

AWAY: Final[tuple[type[Exception], ...]] = (DatabaseAway,)  # what the edge answers with "ask again, it is safe"


@dataclass(frozen=True, slots=True)
class Database:
    """An open database; tasks other than the one that opened it step inside with `entered`."""

    context: TortoiseContext

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Make this the database that models of the current task use."""
        token = _current_context.set(self.context)  # its own `with` remembers one task only
        try:
            yield
        finally:
            _current_context.reset(token)


@asynccontextmanager
async def transaction() -> AsyncIterator[TransactionalDBClient]:
    """Change the database in one piece: kept as a whole, or undone by any exception.

    Await nothing but the database inside, start no task, and let a failed statement's
    exception out. One action has one transaction: opening a second one inside is a bug.
    """
    ensure_outside("an action has exactly one transaction")
    async with in_transaction(ALIAS) as client:
        yield client


def in_line(row: str) -> AbstractAsyncContextManager[None]:
    """Wait, before a transaction begins, for a turn to change a row that many change at once.

    Raises:
        DatabaseAway: the turn did not come in time.
    """
    client: Any = get_connection(ALIAS)
    line: AbstractAsyncContextManager[None] = client.in_line(row)
    return line


def ensure_outside(reason: str) -> None:
    """Refuse to go on where this task stands inside a transaction: that would deadlock, or miss it.

    Raises:
        TransactionManagementError: it does; a bug.
    """
    if isinstance(get_connection(ALIAS), TransactionalDBClient):
        raise TransactionManagementError(reason)


@asynccontextmanager
async def open_database(settings: Settings, *, migrations: str = MIGRATIONS) -> AsyncIterator[Database]:
    """Open the database of this installation for as long as the program serves.

    Raises:
        CannotStart: it is out of reach, read-only, taken, no database, or of another schema.
    """
    if not settings.on_postgresql and not settings.data_dir.exists():  # to say so makes no folder
        raise CannotStart(_no_database(settings))
    with data_folder(settings):
        if not settings.on_postgresql and not database_file(settings).exists():
            raise CannotStart(_no_database(settings))
        async with connected(settings, migrations=migrations) as database:
            await ensure_migrated(get_connection(ALIAS), migrations)
            yield database


def _no_database(settings: Settings) -> str:
    return f"there is no database in {settings.data_dir}: set WORKSHOPS_DATA_DIR, or make one by `workshops migrate`"


def data_folder(settings: Settings) -> AbstractContextManager[None]:
    """Hold the data folder where SQLite needs that."""
    return nullcontext() if settings.on_postgresql else held(settings.data_dir)


@asynccontextmanager
async def connected(
    settings: Settings, *, migrating: bool = False, migrations: str = MIGRATIONS
) -> AsyncIterator[Database]:
    """Connect at once, so that a fault is one clear line and not a hanging page.

    Raises:
        CannotStart: the database is out of reach, read-only or no database.
    """
    for name in ("tortoise", "aiosqlite"):
        logging.getLogger(name).setLevel(logging.WARNING)  # below that they write values down
    config = tortoise_config(settings, migrating=migrating, migrations=migrations)
    database = Database(TortoiseContext())
    with database.entered():
        await database.context.init(config=config)
        client = get_connection(ALIAS)
        try:
            await _connect(client, settings)
            yield database
        finally:
            await finish(client.close())


async def _connect(client: BaseDBAsyncClient, settings: Settings) -> None:
    where = "the database at WORKSHOPS_DATABASE_URL" if settings.on_postgresql else str(database_file(settings))
    try:
        await client.create_connection(with_db=True)
    except DatabaseAway as error:
        raise CannotStart(f"cannot work with {where}: {error}") from None
