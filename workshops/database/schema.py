"""Does this database have the schema that this program was written for?"""

import pkgutil
from importlib.util import find_spec

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import OperationalError

from workshops.errors import CannotStart

APPLIED = "SELECT name FROM tortoise_migrations WHERE app = 'models'"


async def ensure_migrated(client: BaseDBAsyncClient, migrations: str) -> None:
    """Let only a database pass whose migrations are exactly the program's.

    Raises:
        CannotStart: the schema is older or newer.
    """
    if await missing_migrations(client, migrations):
        raise CannotStart("the database is not up to date: run `workshops migrate`")


async def missing_migrations(client: BaseDBAsyncClient, migrations: str) -> set[str]:
    """Name what has still to be applied, by one query and without loading any migration.

    Raises:
        CannotStart: the schema is newer than the program.
    """
    try:
        applied = {str(row["name"]) for row in await client.execute_query_dict(APPLIED)}
    except OperationalError:  # no such table: nothing was applied yet
        applied = set()
    known = _names(migrations)
    if newer := applied - known:
        raise CannotStart(f"the database is newer than this program ({max(newer)}): update the program")
    return known - applied


def _names(migrations: str) -> set[str]:
    package = find_spec(migrations)
    assert package is not None
    return {each.name for each in pkgutil.iter_modules(package.submodule_search_locations)}
