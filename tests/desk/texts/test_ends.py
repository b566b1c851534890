"""Coordinators hear of sheets and contacts before they end, and open their forms with the days of today."""

from pathlib import Path

import pytest

from tests.curricula.sheets import facts_of, overlay_of
from tests.desk.browser import FormReader, StaffBrowser
from tests.desk.texts.small import newest
from workshops.curricula.paths import fact_word, text_id

pytestmark = pytest.mark.data

SHEET, FACTS = "rest-and-routine/overlays/north.en.md", "local/north.en.yaml"
FORM, BELL = f"/desk/sheets/{text_id(SHEET)}", f"/desk/sheets/{text_id(FACTS)}/contacts/{fact_word('bell')}"


@pytest.fixture
def reviewed() -> dict[str, str]:
    """What of the sheet differs in one test; today is the 23rd of October."""
    return {"law_last_reviewed": "2026-10-16", "expires_on": "2026-11-15"}


@pytest.fixture
def folder(folder: Path, reviewed: dict[str, str]) -> Path:
    (folder / "local").mkdir()
    (folder / SHEET).parent.mkdir()
    (folder / SHEET).write_text(overlay_of(**reviewed))
    days = {"checked_on": "2026-01-01", "expires_on": "2026-07-01"}
    (folder / FACTS).write_text(facts_of({"checked_on": "2026-10-01"}, {"id": "bell", "name": '"The bell"', **days}))
    return folder


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ("2026-12-23", ""),
        ("2026-12-22", ', within <bdi dir="ltr">60</bdi> days'),
        ("2026-11-22", ', within <bdi dir="ltr">30</bdi> days'),
        ("2026-10-30", ", within a week"),
        ("2026-10-24", ", within a week"),
    ],
)
async def test_the_desk_and_the_list_warn_sixty_thirty_and_seven_days_before_an_end(
    coordinator: StaffBrowser, other: StaffBrowser, ends: str, said: str
) -> None:
    here = f"/desk/texts/{text_id(SHEET)}"
    await coordinator.send(f"{here}/file", text=overlay_of(law_last_reviewed="2026-10-16", expires_on=ends))
    await other.send(here, f"{here}/publish")

    desk, listed = [(await coordinator.get(path)).text for path in ("/desk", "/desk/texts")]

    whole = f'ends on <bdi dir="ltr">{ends}</bdi>{said}</'
    assert (whole in desk, whole in listed) == (bool(said), True)
    assert (f'href="{FORM}?again=yes"' in desk) == bool(said)


async def test_what_has_ended_leads_to_its_form_with_the_days_of_a_check_today(coordinator: StaffBrowser) -> None:
    desk, listed = [(await coordinator.get(path)).text for path in ("/desk", "/desk/texts")]

    form = FormReader((await coordinator.get(f"{BELL}?again=yes")).text).forms[BELL]
    await coordinator.post(BELL, form)

    for page in (desk, listed):
        assert 'ended on <bdi dir="ltr">2026-07-01</bdi>' in page
        assert f'href="{BELL}?again=yes"' in page
    assert (form["checked_on"], form["expires_on"]) == (["2026-10-23"], ["2027-04-23"])
    assert "expires_on: 2027-04-23" in await newest()


@pytest.mark.parametrize("reviewed", [{"status": "withdrawn", "withdrawn_on": "2026-11-02"}])
async def test_what_was_withdrawn_stays_in_sight(coordinator: StaffBrowser) -> None:
    desk, listed = [(await coordinator.get(path)).text for path in ("/desk", "/desk/texts")]

    assert 'withdrawn on <bdi dir="ltr">2026-11-02</bdi>' in desk
    assert "Withdrawn" in listed


async def test_who_runs_evenings_is_not_asked_to_look_after_sheets(facilitator: StaffBrowser) -> None:
    assert "look after" not in (await facilitator.get("/desk")).text
