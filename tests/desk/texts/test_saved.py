"""A text stands in the list and on its own page as it was saved last, and keeps what rests on it."""

from pathlib import Path

import pytest

from tests.client import Client
from tests.curricula.sheets import facts_of, overlay_of
from tests.curricula.written import BODY, OBJECTIVES, curriculum_text
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import HERE, PATH, TEXT, WHOLE, newest, publish
from workshops.curricula.models import Revision
from workshops.curricula.paths import text_id
from workshops.curricula.texts import digest_of_text
from workshops.settings import Settings

pytestmark = pytest.mark.data

SHEET, ES = "rest-and-routine/overlays/north.en.md", "rest-and-routine/es.md"
SPANISH = f"/desk/texts/{text_id(ES)}"
WITHOUT_SLOT = curriculum_text(
    overlays=None,
    body=BODY.replace("::: law-slot {id=local-help}\nFor local rules, ask your local contact.\n:::\n", "").replace(
        " {legal-interaction=local-help}", ""
    ),
)


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / SHEET).parent.mkdir()
    (folder / SHEET).write_text(overlay_of(law_last_reviewed="2026-10-16", expires_on="2026-12-30"))
    return folder


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"area": "north", "languages": ("en", "es")})


def row(page: str, path: str) -> str:
    """What a page of the desk says about a text."""
    return page.split(f'href="/desk/texts/{text_id(path)}"')[1].split("</li>", maxsplit=1)[0] if path else page


async def test_a_begun_translation_says_how_far_it_has_come(coordinator: StaffBrowser) -> None:
    new = {"kind": "translation", "curriculum": "rest-and-routine", "area": "", "language": "es"}
    await coordinator.post("/desk/texts/new", new)

    listed, own = (await coordinator.get("/desk/texts")).text, (await coordinator.get(SPANISH)).text

    for said in (row(listed, ES), own):
        assert "Behind its original" in said
        assert "Draft" in said


async def test_a_sheet_that_waits_says_how_it_stands_and_when_it_ends(coordinator: StaffBrowser) -> None:
    here, path = f"/desk/texts/{text_id(SHEET)}", SHEET
    text = overlay_of(
        law_last_reviewed="2026-10-16", expires_on="2026-10-30", status="withdrawn", withdrawn_on="2026-10-20"
    )
    await coordinator.send(f"{here}/file", text=text)

    listed, own = (await coordinator.get("/desk/texts")).text, (await coordinator.get(here)).text

    for said in (row(listed, path), own):
        assert "Withdrawn" in said
        assert 'ends on <bdi dir="ltr">2026-10-30</bdi>, within a week' in said


async def test_contacts_that_were_saved_say_when_they_end(coordinator: StaffBrowser) -> None:
    path = "local/north.en.yaml"
    await coordinator.post("/desk/texts/new", {"kind": "facts", "curriculum": "", "area": "north", "language": "en"})
    days = {"checked_on": "2026-10-01", "expires_on": "2026-10-30"}
    await coordinator.send(f"/desk/texts/{text_id(path)}/file", text=facts_of(days))

    assert "The line</bdi>: <strong>ends on" in row((await coordinator.get("/desk/texts")).text, path)


async def test_a_saved_text_shows_its_own_status_and_review(coordinator: StaffBrowser) -> None:
    review = "{peer: 2026-01-02, content: null, next_due: 2026-10-23}"
    await coordinator.send(WHOLE, text=curriculum_text(status="pilot", review=review))

    said = row((await coordinator.get("/desk/texts")).text, PATH)

    assert "Being tried" in said
    assert 'Review was due on <bdi dir="ltr">2026-10-23</bdi>' in said


async def test_nobody_answers_for_a_translation_that_is_behind(coordinator: StaffBrowser) -> None:
    made = "{of: en, source_version: 0.0.0, machine_made: true, reviewed_on: null}"
    text = curriculum_text(language="es", translation=made, objectives=OBJECTIVES["es"])
    await coordinator.post(
        "/desk/texts/new", {"kind": "translation", "curriculum": "rest-and-routine", "area": "", "language": "es"}
    )
    await coordinator.send(f"{SPANISH}/file", text=text)
    page = (await coordinator.get(SPANISH)).text

    told = await coordinator.post(f"{SPANISH}/answer", {"seen": digest_of_text(await newest())})

    assert "We have read it and answer for it" not in page
    assert "once it has no faults and says what its original says" in page
    assert told.status_code == 409
    assert not await Revision.filter(published=True).exists()


async def test_a_text_that_drops_a_slot_takes_no_law_card_down(client: Client, coordinator: StaffBrowser) -> None:
    await coordinator.send(WHOLE, text=WITHOUT_SLOT)

    told = await coordinator.send(HERE, f"{HERE}/publish")

    assert told.status_code == 409
    assert "A local law sheet fills “local-help”, which this text no longer has" in told.text
    assert not await Revision.filter(published=True).exists()


async def test_a_slot_goes_once_no_sheet_fills_it(
    coordinator: StaffBrowser, other: StaffBrowser, client: Client
) -> None:
    released = client.state["library"].released
    files = {path: file for path, file in released.files.items() if path != SHEET}
    library = client.state["library"]
    library.released = type(released)(released.folder, files, released.exposure)
    await library.turn_to_newest()
    await coordinator.send(WHOLE, text=WITHOUT_SLOT)

    assert await publish(coordinator) == 303
    assert TEXT != WITHOUT_SLOT
