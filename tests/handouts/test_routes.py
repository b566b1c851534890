import re

import pytest

from tests.client import Client
from tests.make import NOW
from tests.staff.people import FACILITATOR, signed_in_token
from workshops.curricula.rules import short_id
from workshops.settings import Settings
from workshops.vault import open_vault

TOPIC = f"/topics/{short_id('know-your-rights')}"


@pytest.fixture
async def signed_in(client: Client, settings: Settings) -> dict[str, str]:
    """The headers of a facilitator's browser."""
    vault = open_vault(settings.key_dir)
    assert vault is not None
    token = await signed_in_token(vault, "sam", FACILITATOR, NOW)
    return {"cookie": f"workshops={token.value}"}


@pytest.mark.needs("prints")
async def test_anyone_can_have_the_handout_under_a_neutral_name(client: Client) -> None:
    answer = await client.get(f"{TOPIC}/handout.pdf")

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="information-evening-en-handout.pdf"'


@pytest.mark.needs("prints")
async def test_who_has_the_handout_already_is_sent_nothing(client: Client) -> None:
    etag = (await client.get(f"{TOPIC}/handout.pdf")).headers["etag"]

    answer = await client.get(f"{TOPIC}/handout.pdf", headers={"if-none-match": etag})

    assert not etag.startswith("W/")
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.needs("prints")
async def test_the_handout_of_a_form_is_another_file(client: Client) -> None:
    whole, short = [await client.get(f"{TOPIC}/handout.pdf{query}") for query in ("", "?form=short")]

    assert whole.content != short.content
    assert 'filename="information-evening-en-handout-short.pdf"' in short.headers["content-disposition"]


async def test_what_does_not_exist_is_absent(client: Client, signed_in: dict[str, str]) -> None:
    pages = ("/topics/00000000/handout.pdf", f"{TOPIC}/handout.pdf?form=endless", f"{TOPIC}/guide?form=endless")

    assert [(await client.get(page, headers=signed_in)).status_code for page in pages] == [404, 404, 404]


async def test_the_guide_is_for_facilitators_alone(client: Client, signed_in: dict[str, str]) -> None:
    stranger = [await client.get(f"{TOPIC}/{name}") for name in ("guide", "guide.pdf")]

    assert [answer.status_code for answer in stranger] == [303, 303]
    assert (await client.get(f"{TOPIC}/guide", headers=signed_in)).status_code == 200


@pytest.mark.needs("prints")
async def test_a_facilitator_can_print_the_guide_and_no_browser_keeps_it(
    client: Client, signed_in: dict[str, str]
) -> None:
    answer = await client.get(f"{TOPIC}/guide.pdf?form=standard", headers=signed_in)

    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-disposition"] == 'inline; filename="information-evening-en-guide-standard.pdf"'
    assert answer.headers["cache-control"] == "no-store"


async def test_the_guide_on_a_phone_leads_to_every_part_and_every_case(
    client: Client, signed_in: dict[str, str]
) -> None:
    html = (await client.get(f"{TOPIC}/guide", headers=signed_in)).text

    ids = set(re.findall(r' id="([^"]+)"', html))
    targets = re.findall(r'href="#([^"]+)"', html)
    assert "part-1" in targets
    assert "case-1-1" in targets
    assert set(targets) <= ids


async def test_the_guide_on_a_phone_shows_one_form_when_asked(client: Client, signed_in: dict[str, str]) -> None:
    whole, short = [
        (await client.get(f"{TOPIC}/guide{query}", headers=signed_in)).text for query in ("", "?form=short")
    ]

    assert "<h2>Speaking for change</h2>" in whole
    assert "<h2>Speaking for change</h2>" not in short
    assert f'href="{TOPIC}/guide.pdf?form=short"' in short
