"""Before a text stands on the pages its own page says what would change, how it reads, and who may publish it."""

from pathlib import Path

import pytest

from tests.curricula.sheets import facts_of, overlay_of
from tests.curricula.written import BODY, OBJECTIVES, curriculum_text
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import HERE, MIDDLE, PATH, SAY, START, TEXT, WHOLE, publish
from workshops.curricula.models import Revision
from workshops.curricula.paths import text_id, unit_word

pytestmark = pytest.mark.data

ES = "rest-and-routine/es.md"
SPANISH = f"/desk/texts/{text_id(ES)}"
ANSWER = "We have read it and answer for it"


@pytest.fixture
def folder(folder: Path) -> Path:
    made = "{of: en, source_version: 0.1.0, machine_made: true}"
    (folder / PATH).write_text(curriculum_text(version="1.3.0"))
    body = BODY.replace("{id=m1", "{id=m1 source-version=1.3.0")
    (folder / ES).write_text(curriculum_text(language="es", translation=made, objectives=OBJECTIVES["es"], body=body))
    return folder


async def test_what_would_change_is_held_against_the_pages_and_not_against_the_revision_before(
    coordinator: StaffBrowser,
) -> None:
    await coordinator.send(START, t0="One.")
    await coordinator.send(START, t0="Two.")

    waiting = (await coordinator.get(HERE)).text
    await publish(coordinator)
    published = (await coordinator.get(HERE)).text

    assert "What would change on the pages" in waiting
    assert (SAY in waiting, "Two." in waiting, "One." in waiting) == (True, True, False)
    assert "What would change on the pages" not in published


async def test_a_revision_is_read_as_people_will_before_it_is_published(coordinator: StaffBrowser) -> None:
    await coordinator.send(START, t0="Come **in**.")
    reading = f"{HERE}/revisions/1/reading"

    link = (await coordinator.get(HERE)).text
    page = (await coordinator.get(reading)).text

    assert f'href="{reading}"' in link
    for words in ("Come <strong>in</strong>.", "Two small habits", "choose one habit", "Only the desk sees this."):
        assert words in page
    for nowhere in (f"{HERE}/revisions/2/reading", f"/desk/texts/{text_id('sources.yaml')}/revisions/1/reading"):
        assert (await coordinator.get(nowhere)).status_code == 404


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("rest-and-routine/overlays/north.en.md", overlay_of(), "Information, not advice."),
        ("local/north.en.yaml", facts_of(), "The line"),
    ],
)
async def test_a_second_coordinator_reads_a_sheet_as_it_will_be_printed(
    coordinator: StaffBrowser, other: StaffBrowser, path: str, text: str, words: str
) -> None:
    kind = "overlay" if "overlays" in path else "facts"
    new = {"kind": kind, "curriculum": "rest-and-routine", "area": "north", "language": "en"}
    await coordinator.post("/desk/texts/new", new)
    here = f"/desk/texts/{text_id(path)}"
    await coordinator.send(f"{here}/file", text=text)

    assert words in (await other.get(f"{here}/revisions/2/reading")).text
    assert "Publish revision" in (await other.get(here)).text
    assert "Publish revision" not in (await coordinator.get(here)).text


async def test_a_fault_quotes_its_line_and_leads_to_the_field_that_mends_it(coordinator: StaffBrowser) -> None:
    wrong = TEXT.replace(SAY, "<b>Come</b> in.").replace("method=pair-work", "method=x")
    await coordinator.send(WHOLE, text=wrong.replace("license: CC-BY-SA-4.0", "license: '?'"))

    page = (await coordinator.get(HERE)).text
    whole = (await coordinator.get(WHOLE)).text

    assert f'href="{START}#t0"' in page
    assert '<q class="quote" dir="auto">&lt;b&gt;Come&lt;/b&gt; in.</q>' in page
    assert f'<a href="{WHOLE}">Line' in page
    assert f'href="{MIDDLE}#title"' not in page
    assert "&lt;b&gt;Come&lt;/b&gt; in.</q>" in whole


async def test_a_fault_in_the_first_words_leads_to_their_form(coordinator: StaffBrowser) -> None:
    await coordinator.send(WHOLE, text=TEXT.replace('neutral_title: "Evening class"', 'neutral_title: "Sex work"'))

    assert f'href="{HERE}/words#neutral_title"' in (await coordinator.get(HERE)).text


async def test_thousands_of_faults_are_counted_and_the_first_are_shown(coordinator: StaffBrowser) -> None:
    text = TEXT.replace("::: say", "::: what\n:::\n" * 4_000 + "::: say", 1)

    answer = await coordinator.send(WHOLE, text=text, look="yes")

    look = answer.text.partition('id="look"')[2]
    assert "more" in look
    assert look.count('class="quote"') <= 50
    assert len(look) < 100_000


async def test_a_machines_translation_that_is_behind_says_so_and_is_answered_for_by_nobody(
    coordinator: StaffBrowser,
) -> None:
    behind = (await coordinator.get(SPANISH)).text
    for unit, title in (("start", "Welcome"), ("end", "Close")):
        await coordinator.send(f"{SPANISH}/units/{unit_word(unit)}", title=title, current="yes")
    current = (await coordinator.get(SPANISH)).text

    assert f'href="{SPANISH}/units/{unit_word("start")}"><bdi>' in behind.partition("Behind its original")[2]
    assert f"{unit_word('m1')}" not in behind.partition("Behind its original")[2].partition("</ul>")[0]
    assert (ANSWER in behind, ANSWER in current) == (False, True)
    assert "Behind its original" not in current


async def test_a_text_begun_by_mistake_goes_with_all_its_revisions(coordinator: StaffBrowser) -> None:
    await coordinator.post("/desk/texts/new", {"kind": "facts", "area": "north", "language": "en"})
    here = f"/desk/texts/{text_id('local/north.en.yaml')}"

    answer = await coordinator.send(here, f"{here}/remove")

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/texts")
    assert await Revision.all().count() == 0
    assert (await coordinator.get(here)).status_code == 404


async def test_a_text_that_stands_somewhere_or_that_two_changed_cannot_be_removed(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    await coordinator.send(MIDDLE, t0="One.")
    await coordinator.post("/desk/texts/new", {"kind": "facts", "area": "north", "language": "en"})
    shared = f"/desk/texts/{text_id('local/north.en.yaml')}"
    await other.send(f"{shared}/file", text=facts_of())

    for here in (HERE, shared):
        page, told = (await coordinator.get(here)).text, await coordinator.post(f"{here}/remove", {})
        assert "Begun by mistake" not in page
        assert told.status_code == 409
        assert "can be removed" in told.text
    assert await Revision.all().count() == 3


async def test_a_text_on_the_pages_is_not_removed(coordinator: StaffBrowser) -> None:
    new = {"kind": "topic", "name": "late-shifts", "title": "Late", "neutral_title": "Evening", "language": "en"}
    await coordinator.post("/desk/texts/new", new)
    here = f"/desk/texts/{text_id('late-shifts/en.md')}"
    offered = (await coordinator.get(here)).text
    await coordinator.send(here, f"{here}/publish")

    told = await coordinator.post(f"{here}/remove", {})

    assert "Begun by mistake" in offered
    assert told.status_code == 409
