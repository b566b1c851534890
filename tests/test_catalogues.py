"""The words of the pages in other languages."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.client import Client, open_client
from tests.make import NOW, make_session
from workshops.schedule.models import Session
from workshops.settings import ROOT, Settings
from workshops.web.languages import CATALOGUES, read_languages, translations

PLACE = re.compile(r"%\((\w+)\)s")


def test_the_catalogues_are_up_to_date_with_the_sources() -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "script" / "catalogue", "--check"], capture_output=True, text=True, check=False
    )

    assert checked.stdout == ""
    assert checked.returncode == 0


@pytest.mark.parametrize("catalogue", sorted(CATALOGUES.glob("*.po")), ids=lambda path: path.stem)
def test_no_translation_lacks_a_place_or_has_one_too_many(catalogue: Path) -> None:
    with catalogue.open("rb") as file:
        messages = [message for message in read_po(file, locale=catalogue.stem) if message.id]

    for message in messages:
        ids = (message.id,) if isinstance(message.id, str) else message.id
        wanted = set(PLACE.findall(ids[-1]))
        strings = (message.string,) if isinstance(message.string, str) else message.string or ()
        for string in strings:
            assert not string or set(PLACE.findall(string)) == wanted, message.id


@pytest.mark.parametrize(
    ("code", "taken", "direction"), [("es", "Tomar una plaza", "ltr"), ("ar", "احجز مكانًا", "rtl")]
)
async def test_pages_speak_the_language_of_their_address_and_say_that_a_machine_did_it(
    settings: Settings, code: str, taken: str, direction: str
) -> None:
    async with open_client(settings.model_copy(update={"languages": ("en", code)}), NOW) as client:
        session = await make_session()

        page = (await client.get(f"/{code}/sessions/{session.id}/take")).text
        english = (await client.get(f"/sessions/{session.id}/take")).text

    note = "A machine translated this page"
    assert f'<html lang="{code}" dir="{direction}"' in page
    assert f"<h1>{taken}</h1>" in page
    assert (
        translations(code).gettext(note + ", and nobody has checked it yet. What the English page says counts.") in page
    )
    assert note not in page
    assert note not in english


@pytest.mark.parametrize("code", ["es", "ar"])
async def test_every_public_page_can_be_said_in_every_language(settings: Settings, code: str) -> None:
    async with open_client(settings.model_copy(update={"languages": ("en", code)}), NOW) as client:
        session = await make_session(interpreters="es", interpreters_until=NOW.date())
        paths = ["/", f"/sessions/{session.id}", "/place", "/slip", "/topics", "/safety", "/what-we-hold", "/staff"]

        answers = {path: (await client.get(f"/{code}{path}")).status_code for path in paths}

    assert answers == dict.fromkeys(paths, 200)


def test_only_a_catalogue_that_says_so_is_a_draft() -> None:
    english, spanish = read_languages(["en", "es"])

    assert spanish.draft == ("# Machine-made draft" in (CATALOGUES / "es.po").read_text())
    assert not english.draft


async def test_a_journey_in_arabic_reads_from_right_to_left_and_keeps_the_number_left_to_right(
    settings: Settings,
) -> None:
    async with open_client(settings.model_copy(update={"languages": ("en", "ar")}), NOW) as client:
        receipt = await _take(client, await make_session())

    assert 'dir="rtl"' in receipt
    assert '<p class="code" dir="ltr"' in receipt
    assert "You have a place" not in receipt


async def _take(client: Client, session: Session) -> str:
    path = f"/ar/sessions/{session.id}/take"
    nonce = re.search(r'name="nonce" value="([^"]+)"', (await client.get(path)).text)
    assert nonce
    return (await client.post(path, {"nonce": nonce[1]})).text
