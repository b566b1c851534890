"""Local sheets at the edge: which area an address or a setting shows, and that they go at midnight."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.client import Client, open_client
from tests.curricula.sheets import facts_of, overlay_of
from tests.curricula.test_library import write
from tests.handouts.evenings import BODY, FRONT
from tests.staff.people import FACILITATOR, signed_in_token
from workshops.curricula.areas import area_id
from workshops.curricula.rules import short_id
from workshops.settings import Settings
from workshops.vault import open_vault

pytestmark = pytest.mark.data(only="sqlite")

TOPIC = f"/topics/{short_id('rest-and-routine')}"
LAST_DAY = datetime(2027, 4, 30, 18, 0, tzinfo=UTC)
MIDNIGHT = datetime(2027, 4, 30, 22, 0, tzinfo=UTC)  # of the first day of May in Berlin
NORTH = f"{TOPIC}?area={area_id('north')}"
SAMPLETOWN = f"{TOPIC}?area={area_id('sampletown')}"


@pytest.fixture
def local(settings: Settings, tmp_path: Path) -> Settings:
    """An installation with one evening and the sheets of a place and of a made-up one."""
    front = FRONT.format(neutral_title="Rest and routine", language="en", status="draft", area="social-support")
    library, overlays = tmp_path / "curricula", tmp_path / "curricula" / "rest-and-routine" / "overlays"
    tip = "::: participant {legal-interaction=local-help}\nA tip.\n:::\n::: law-slot {id=local-help}"
    write(overlays.parent / "en.md", front + BODY.replace("::: law-slot {id=local-help}", tip))
    write(overlays / "north.en.md", overlay_of())
    sample = {"area": "sampletown", "sample": "true", "jurisdiction": '{country: XX, label: "Sampletown"}'}
    write(overlays / "sampletown.en.md", overlay_of(**sample).replace("night bell", "blue umbrella"))
    write(library / "local" / "north.en.yaml", facts_of())
    return settings.model_copy(update={"curricula_dir": library, "zone": "Europe/Berlin"})


@pytest.fixture
async def visitor(local: Settings) -> AsyncIterator[Client]:
    async with open_client(local, LAST_DAY) as client:
        yield client


async def text_of(client: Client, path: str, **headers: str) -> str:
    answer = await client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.text


async def test_without_an_area_nothing_local_is_shown_and_advice_says_to_check(visitor: Client) -> None:
    text = await text_of(visitor, TOPIC)

    assert "night bell" not in text
    assert "000 00" not in text
    assert "Check local law first." in text


async def test_an_address_shows_the_sheets_of_its_area(visitor: Client) -> None:
    text = await text_of(visitor, NORTH)

    assert "night bell" in text
    assert "Information, not advice." in text
    assert "000 00" in text
    assert "Check local law first." not in text
    assert f'href="{TOPIC}/handout.pdf?area={area_id("north")}"' in text


async def test_a_topic_leads_to_every_area_but_to_no_sample(visitor: Client) -> None:
    text = await text_of(visitor, TOPIC)

    assert re.findall(r'href="[^"]*\?area=([^"]*)"', text) == [area_id("north")]


async def test_the_site_s_own_area_is_shown_without_being_asked_for(local: Settings) -> None:
    async with open_client(local.model_copy(update={"area": "north"}), LAST_DAY) as client:
        text = await text_of(client, TOPIC)

    assert "night bell" in text


async def test_a_sample_says_so(visitor: Client) -> None:
    text = await text_of(visitor, SAMPLETOWN)

    assert "blue umbrella" in text
    assert text.count("Sample: made-up place") == 2


async def test_a_sample_never_follows_from_a_setting(local: Settings) -> None:
    async with open_client(local.model_copy(update={"area": "sampletown"}), LAST_DAY) as client:
        text = await text_of(client, TOPIC)

    assert "blue umbrella" not in text


async def test_an_area_that_nobody_knows_is_absent(visitor: Client) -> None:
    paths = [f"{TOPIC}{path}?area=00000000" for path in ("", "/handout.pdf")]

    assert [(await visitor.get(path)).status_code for path in paths] == [404, 404]


async def test_a_page_turns_at_the_midnight_on_which_a_sheet_expires(visitor: Client) -> None:
    async def shown() -> bool:
        return "night bell" in await text_of(visitor, NORTH)

    before = await shown()
    visitor.clock.now = MIDNIGHT - timedelta(seconds=1)
    last = await shown()
    visitor.clock.now = MIDNIGHT

    assert (before, last, await shown()) == (True, True, False)
    assert "Check local law first." in await text_of(visitor, NORTH)
    assert "There is no sheet for that place in this language, or it is past its end." in await text_of(visitor, NORTH)


@pytest.mark.needs("prints")
async def test_a_handout_turns_at_the_midnight_on_which_a_sheet_expires(visitor: Client) -> None:
    path = f"{TOPIC}/handout.pdf?area={area_id('north')}"

    before = (await visitor.get(path)).headers["etag"]
    visitor.clock.now = MIDNIGHT - timedelta(seconds=1)
    last = (await visitor.get(path)).headers["etag"]
    visitor.clock.now = MIDNIGHT
    after = await visitor.get(path, headers={"if-none-match": last})

    assert before == last
    assert after.status_code == 200
    assert after.headers["etag"] != last


async def test_a_guide_offers_every_area_and_keeps_it_when_its_length_is_chosen(
    local: Settings, visitor: Client
) -> None:
    vault = open_vault(local.key_dir)
    assert vault is not None
    token = await signed_in_token(vault, "sam", FACILITATOR, LAST_DAY)
    headers = {"cookie": f"workshops={token.value}"}

    text = await text_of(visitor, f"{TOPIC}/guide?area={area_id('sampletown')}&form=short", **headers)

    assert "blue umbrella" in text
    assert "(sample)" in text
    query = f"form=short&amp;area={area_id('sampletown')}"
    assert f'href="{TOPIC}/guide.pdf?{query}"' in text
    assert f'href="{TOPIC}/guide?form=short&amp;area={area_id("north")}"' in text
    assert f'href="{TOPIC}/guide?area={area_id("sampletown")}"' in text
