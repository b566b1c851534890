"""What a topic's page says about its text to everybody, and to machines only where the site wants to be found."""

import json
import re

import pytest

from tests.client import open_client
from tests.make import NOW
from workshops.curricula.rules import short_id
from workshops.settings import Settings

pytestmark = pytest.mark.data(only="sqlite")
TOPIC = f"/topics/{short_id('know-your-rights')}"


async def page(settings: Settings, path: str, **changes: object) -> str:
    changed = settings.model_copy(update={"languages": ("en", "es"), **changes})
    async with open_client(changed, NOW) as client:
        return (await client.get(path)).text


async def test_machines_are_told_nothing_unless_the_site_wants_to_be_found(settings: Settings) -> None:
    assert "ld+json" not in await page(settings, TOPIC)


async def test_a_site_that_may_be_found_describes_its_texts_with_their_address(settings: Settings) -> None:
    text = await page(settings, TOPIC, indexing=True, origin="http://127.0.0.1:8000")

    (described,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    found = json.loads(described)
    assert (found["@type"], found["name"]) == ("LearningResource", "Know your rights")
    assert found["url"] == f"http://127.0.0.1:8000{TOPIC}"


async def test_a_translation_that_may_be_found_names_its_own_address_and_its_original(settings: Settings) -> None:
    text = await page(settings, f"/es{TOPIC}", indexing=True, origin="http://127.0.0.1:8000")

    (described,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    found = json.loads(described)
    assert found["url"] == f"http://127.0.0.1:8000/es{TOPIC}"
    assert found["isBasedOn"][0]["url"] == f"http://127.0.0.1:8000{TOPIC}"


async def test_a_machines_translation_is_marked_to_everybody(settings: Settings) -> None:
    original, translation = await page(settings, TOPIC), await page(settings, f"/es{TOPIC}")

    assert 'class="notice"' not in original
    assert "Una máquina tradujo este texto" in translation
