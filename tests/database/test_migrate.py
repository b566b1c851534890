"""Bringing databases to today's schema, whole and with every row."""

import asyncio
import pkgutil

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError

from tests.database.rows import ROWS, fill, row_counts
from workshops.database import migrations
from workshops.database.connection import open_database
from workshops.database.migrate import migrate
from workshops.errors import CannotStart
from workshops.registration.models import Place, Registration
from workshops.settings import Settings

pytestmark = pytest.mark.data

STEPS = sorted(each.name for each in pkgutil.iter_modules(migrations.__path__))
FULL = {"Schedule": 1} | dict.fromkeys((model.__name__ for model in ROWS), 1)


async def test_migrating_twice_is_the_same_as_once(empty_settings: Settings) -> None:
    first = await migrate(empty_settings)
    second = await migrate(empty_settings)

    assert first == STEPS
    assert second == []


async def test_a_filled_database_keeps_every_row_when_a_parent_table_is_made_anew(settings: Settings) -> None:
    async with open_database(settings):
        await fill()

    applied = await migrate(settings, migrations="tests.database.later")

    assert applied == ["m0010_longer_key_ids"]
    async with open_database(settings, migrations="tests.database.later"):
        assert await row_counts() == FULL
        await get_connection("default").execute_script("UPDATE registration SET key_id = 'sixteen letters.'")
        with pytest.raises(IntegrityError):
            await Place.create(registration_id="nobody", session_id="session", state="confirmed")
        await Registration.filter(id="reg").delete()
        assert await Place.all().count() == 0


async def test_a_program_refuses_what_a_later_one_migrated(settings: Settings) -> None:
    await migrate(settings, migrations="tests.database.later")

    with pytest.raises(CannotStart, match="newer than this program"):
        async with open_database(settings):
            pass


@pytest.mark.data(only="sqlite")
async def test_a_step_that_would_lose_references_changes_nothing(settings: Settings) -> None:
    async with open_database(settings):
        await fill()

    with pytest.raises(CannotStart, match="rows of feed, place without what they refer to; nothing was changed"):
        await migrate(settings, migrations="tests.database.losing")

    async with open_database(settings):
        assert await row_counts() == FULL


@pytest.mark.data(only="postgresql")
async def test_of_two_that_migrate_at_once_one_does_it(empty_settings: Settings) -> None:
    done = await asyncio.gather(*(migrate(empty_settings) for _ in range(3)))

    assert sorted(done) == [[], [], STEPS]


@pytest.mark.data(only="sqlite")
async def test_nobody_migrates_under_a_program_that_serves(settings: Settings) -> None:
    async with open_database(settings):
        with pytest.raises(CannotStart, match="another process"):
            await migrate(settings)
