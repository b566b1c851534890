"""A text that is published in one process stands on the pages of every other."""

import asyncio

import pytest

from tests.client import Client, open_client
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import TEXT, TOPIC, WHOLE, publish
from tests.make import NOW
from workshops.settings import Settings


@pytest.mark.data(only="postgresql")
async def test_a_text_published_in_one_process_is_shown_by_another_within_a_second_or_so(
    client: Client, coordinator: StaffBrowser, settings: Settings
) -> None:
    elsewhere = settings.model_copy(update={"data_dir": settings.data_dir / "elsewhere"})
    async with open_client(elsewhere, NOW) as there:
        before = (await there.get(TOPIC)).text
        await coordinator.send(WHOLE, text=TEXT.replace('"Rest and routine"', '"Long nights"'))

        status = await publish(coordinator)

        async with asyncio.timeout(3):
            while "Long nights" not in (await there.get(TOPIC)).text:  # noqa: ASYNC110 (a page is asked for, it does not tell)
                await asyncio.sleep(0.05)
    assert status == 303
    assert "Long nights" not in before
