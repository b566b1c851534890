"""A text that is published in one process stands on the pages of every other."""

import asyncio
from dataclasses import replace

import httpx2
import pytest
from anyio import to_thread

from tests.client import Client, open_client
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import PATH, TEXT, TOPIC, WHOLE, publish
from tests.make import NOW
from tests.serving import running
from workshops.curricula.texts import digest_of_text
from workshops.desk.texts.actions import Upon, save_file
from workshops.desk.texts.publish_actions import publish_text, use_released
from workshops.schedule.acting import Acting
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


@pytest.mark.data(only="postgresql")
async def test_a_server_of_its_own_shows_and_takes_back_what_was_published_elsewhere(
    client: Client, acting: Acting, settings: Settings
) -> None:
    here = replace(acting, library=client.state["library"])
    elsewhere = settings.model_copy(update={"data_dir": settings.data_dir / "elsewhere"})
    server = running(elsewhere, WORKSHOPS_CURRICULA_DIR=str(settings.curricula_dir))
    address = await to_thread.run_sync(server.__enter__)
    try:
        async with httpx2.AsyncClient(base_url=address) as there:

            async def shows(words: str, *, there_too: bool) -> bool:
                async with asyncio.timeout(5):
                    while (words in (await there.get(TOPIC)).text) is not there_too:  # noqa: ASYNC110 (the same)
                        await asyncio.sleep(0.05)
                return True

            before = (await there.get(TOPIC)).text
            upon = Upon(digest_of_text(TEXT), "Wording")
            await save_file(PATH, TEXT.replace('"Rest and routine"', '"Long nights"'), upon, here)
            await publish_text(PATH, 1, here)
            published = await shows("Long nights", there_too=True)
            await use_released(PATH, here)
            taken_back = await shows("Long nights", there_too=False)
    finally:
        await to_thread.run_sync(server.__exit__, None, None, None)
    assert "Rest and routine" in before
    assert (published, taken_back) == (True, True)
