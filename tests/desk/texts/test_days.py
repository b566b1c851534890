"""A day is the day of the site's zone, on the desk as on the pages: at this hour it is tomorrow's on this island."""

from pathlib import Path

import pytest

from tests.client import Client
from tests.curricula.sheets import facts_of, overlay_of
from tests.curricula.written import curriculum_text
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import PATH, START, TOPIC
from workshops.curricula.models import Revision
from workshops.curricula.paths import fact_word, text_id
from workshops.settings import Settings

pytestmark = pytest.mark.data

TODAY = "2026-10-24"
SHEET, FACTS = "rest-and-routine/overlays/north.en.md", "local/north.en.yaml"
FORM, BELL = f"/desk/sheets/{text_id(SHEET)}", f"/desk/sheets/{text_id(FACTS)}/contacts/{fact_word('bell')}"
HAS_ENDED = f'ended on <bdi dir="ltr">{TODAY}</bdi>'


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"zone": "Pacific/Kiritimati", "area": "north"})


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "local").mkdir()
    (folder / SHEET).parent.mkdir()
    (folder / PATH).write_text(curriculum_text(review=f"{{peer: null, content: null, next_due: {TODAY}}}"))
    (folder / SHEET).write_text(overlay_of(law_last_reviewed="2026-10-16", expires_on=TODAY))
    days = {"checked_on": "2026-10-01", "expires_on": TODAY}
    (folder / FACTS).write_text(facts_of({"id": "bell", "name": '"The bell"', **days}))
    return folder


async def test_what_is_checked_again_today_prints_tonight(
    client: Client, coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    before = (await client.get(TOPIC)).text
    form = await coordinator.form(f"{FORM}?again=yes", FORM)
    await coordinator.post(FORM, form)
    here = f"/desk/texts/{text_id(SHEET)}"
    await other.send(here, f"{here}/publish")

    after = (await client.get(TOPIC)).text

    assert form["law_last_reviewed"] == [TODAY]
    card = "Information, not advice"
    assert (card in before, card in after) == (False, True)


async def test_forms_of_contacts_open_with_the_day_of_the_site(coordinator: StaffBrowser) -> None:
    again = await coordinator.form(f"{BELL}?again=yes", BELL)
    new = await coordinator.form(f"/desk/sheets/{text_id(FACTS)}/contacts/new")

    assert (again["checked_on"], new["checked_on"]) == ([TODAY], [TODAY])


async def test_a_revision_bears_the_day_of_the_site(coordinator: StaffBrowser) -> None:
    await coordinator.send(START, t0="Come in.")

    assert [each.day.isoformat() for each in await Revision.all()] == [TODAY]


@pytest.mark.parametrize("path", ["/desk", "/desk/texts", "/desk/texts/report", f"/desk/sheets/{text_id(FACTS)}"])
async def test_what_ends_today_has_ended_on_every_page_of_the_desk(coordinator: StaffBrowser, path: str) -> None:
    assert HAS_ENDED in (await coordinator.get(path)).text


async def test_a_review_falls_due_on_the_day_of_the_site(coordinator: StaffBrowser) -> None:
    page = (await coordinator.get("/desk/texts")).text

    assert f'Review was due on <bdi dir="ltr">{TODAY}</bdi>' in page
    assert "expired on" in (await coordinator.get(f"/desk/texts/{text_id(FACTS)}")).text
