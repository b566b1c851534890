"""Links to other languages, on pages that only a form leads to, lead to a page that can be read."""

import re

import pytest

from tests.client import open_client
from tests.make import NOW, make_session
from workshops.settings import Settings

pytestmark = pytest.mark.data(only="sqlite")


async def test_every_link_to_another_language_can_be_followed(settings: Settings) -> None:
    async with open_client(settings.model_copy(update={"languages": ("en", "es")}), NOW) as client:
        receipt = await client.take(await make_session())
        pages = [receipt.response.text]
        for path in ("/place", "/place/calendar", "/place/cancel", "/place/move", "/place/done"):
            pages.append((await client.post(path, {"code": receipt.code})).text)  # noqa: PERF401 (asked one by one)

        links = [link for page in pages for link in re.findall(r'<a href="(/es[^"]*)" lang="es"', page)]
        answers = {link: (await client.get(link)).status_code for link in set(links)}

    assert len(links) == len(pages)
    assert set(answers.values()) == {200}
