"""Opening the database and changing it in one piece."""

import pytest

from workshops.database.connection import Database, transaction
from workshops.schedule.models import Area, Schedule

pytestmark = pytest.mark.data


async def test_the_first_migration_brings_the_one_schedule_row(database: Database) -> None:
    assert await Schedule.all().values_list("id", "revision") == [(1, 1)]


async def test_an_exception_undoes_the_whole_transaction(database: Database) -> None:
    async def change_and_fail() -> None:
        async with transaction():
            await Area.create(label="Harbour")
            raise LookupError

    with pytest.raises(LookupError):
        await change_and_fail()

    assert await Area.all().count() == 0


async def test_a_transaction_reads_what_it_wrote(database: Database) -> None:
    async with transaction():
        await Area.create(label="Harbour")
        seen = await Area.all().count()

    assert seen == 1
    assert await Area.all().count() == 1
