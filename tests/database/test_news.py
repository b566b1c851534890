"""Processes of one PostgreSQL database hear of each other's changes."""

import asyncio
from datetime import timedelta

import pytest

from tests.client import open_client
from tests.make import NOW, make_session
from workshops.database.connection import Database, transaction
from workshops.database.news import listening
from workshops.schedule.models import Session
from workshops.schedule.revision import bump_revision
from workshops.settings import Settings


@pytest.mark.data(only="postgresql")
async def test_news_come_with_the_commit_and_not_before(database: Database, settings: Settings) -> None:
    async with listening(settings) as news:
        async with transaction():
            await bump_revision()
            await asyncio.sleep(0.2)
            early = news.is_set()

        await asyncio.wait_for(news.wait(), 5)

    assert not early


@pytest.mark.data(only="postgresql")
async def test_a_page_kept_by_one_process_is_made_anew_after_a_change_in_another(settings: Settings) -> None:
    async with open_client(settings, NOW) as here:
        session = await make_session(starts_at=NOW + timedelta(days=1))
        before = await here.get(f"/sessions/{session.id}")
        elsewhere = settings.model_copy(update={"data_dir": settings.data_dir / "elsewhere"})
        async with open_client(elsewhere, NOW) as there:
            await there.get(f"/sessions/{session.id}")
            async with transaction():
                await Session.filter(id=session.id).update(cost="5 (sample)")
                await bump_revision()

            async with asyncio.timeout(5):
                while "5 (sample)" not in (await there.get(f"/sessions/{session.id}")).text:  # noqa: ASYNC110 (a page is asked for, it does not tell)
                    await asyncio.sleep(0.05)

    assert "5 (sample)" not in before.text


@pytest.mark.data(only="sqlite")
async def test_on_sqlite_there_is_nobody_to_tell(database: Database) -> None:
    async with transaction():
        await bump_revision()
