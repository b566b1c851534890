"""The topics as visitors see them."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.client import Client
from workshops.curricula.rules import short_id

pytestmark = pytest.mark.data(only="sqlite")
TOPIC = f"/topics/{short_id('know-your-rights')}"


async def test_every_topic_is_listed_and_leads_to_its_page(client: Client) -> None:
    listed = (await client.get("/topics")).text

    for curriculum in ("know-your-rights", "safety-negotiation", "de-escalation"):
        path = f"/topics/{short_id(curriculum)}"
        assert f'href="{path}"' in listed
        assert (await client.get(path)).status_code == 200


async def test_a_topic_shows_what_participants_get_and_nothing_for_facilitators(client: Client) -> None:
    text = (await client.get(TOPIC)).text

    assert "Know your rights" in text
    assert "Draft, not yet reviewed" in text
    assert f'href="{TOPIC}/handout.pdf"' in text
    assert "not legal or medical advice" in text
    assert "facilitator" not in text.lower()


async def test_an_address_names_no_topic(client: Client) -> None:
    assert "rights" not in TOPIC
    assert (await client.get("/topics/know-your-rights")).status_code == 404
    assert (await client.get("/topics/00000000")).status_code == 404


async def test_a_topic_says_from_the_midnight_on_that_its_review_is_missed(client: Client) -> None:
    notice = 'should have been read again by <bdi dir="ltr">2027-05-23</bdi>'
    client.clock.now = datetime(2027, 5, 23, 23, 59, tzinfo=UTC)
    before = (await client.get(TOPIC)).text
    client.clock.now += timedelta(minutes=1)
    after = (await client.get(TOPIC)).text

    assert notice not in before
    assert notice in after


async def test_rights_lead_the_list_and_what_is_for_the_team_is_not_on_it(client: Client) -> None:
    listed = (await client.get("/topics")).text

    places = [
        listed.find(f"/topics/{short_id(each)}") for each in ("know-your-rights", "de-escalation", "peer-support")
    ]
    assert -1 < places[0] < places[1] < places[2]
    assert short_id("facilitator-induction") not in listed
    assert (await client.get(f"/topics/{short_id('facilitator-induction')}")).status_code == 200


async def test_a_part_says_once_to_check_local_law_first(client: Client) -> None:
    text = (await client.get(TOPIC)).text

    parts = text.split("<section>")[1:]
    assert sum("Check local law first" in part for part in parts) > 1
    assert max(part.count("Check local law first") for part in parts) == 1
