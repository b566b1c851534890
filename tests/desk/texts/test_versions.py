"""Whoever edits an original says whether translations have to follow; only then are they behind."""

from pathlib import Path

import pytest

from tests.client import Client
from tests.curricula.written import OBJECTIVES, curriculum_text
from tests.desk.browser import FormReader, StaffBrowser
from tests.desk.texts.small import HERE, MIDDLE, SAY, START, TEXT, WHOLE, newest, publish, saved
from workshops.curricula.paths import text_id, unit_word
from workshops.settings import Settings

pytestmark = pytest.mark.data

ES = "rest-and-routine/es.md"
SPANISH = f"/desk/texts/{text_id(ES)}"
MATRIX = "/desk/texts/translations"
MADE = "{of: en, source_version: 0.1.0}"
TRANSLATION = curriculum_text(language="es", translation=MADE, objectives=OBJECTIVES["es"], title='"Descanso"')
ASKED = "This changes what it says: translations have to follow"


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / ES).write_text(TRANSLATION)
    return folder


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"languages": ("en", "es")})


async def behind(browser: StaffBrowser) -> list[str]:
    """The parts of the translation that the matrix leads to."""
    page = (await browser.get(MATRIX)).text
    return [name for name in ("start", "m1", "end") if f"{SPANISH}/units/{unit_word(name)}" in page]


async def test_a_part_that_says_something_else_leaves_its_translations_behind(
    client: Client, coordinator: StaffBrowser
) -> None:
    await coordinator.send(START, t0="Come in.", meaning="yes")
    await publish(coordinator)

    assert await behind(coordinator) == ["start"]
    assert "version: 0.2.0\n" in await newest()
    assert "standard=5 changed=0.2.0}" in await newest()


async def test_a_word_that_was_mended_leaves_none_behind(coordinator: StaffBrowser) -> None:
    await coordinator.send(START, t0="Welcome to all.")
    await publish(coordinator)

    assert await behind(coordinator) == []
    assert "version: 0.1.1\n" in await newest()


async def test_a_whole_text_marks_the_parts_that_differ(coordinator: StaffBrowser) -> None:
    await coordinator.send(WHOLE, text=TEXT.replace("Put the cards on the table.", "Put them out."), meaning="yes")
    await publish(coordinator)

    assert await behind(coordinator) == ["m1"]


async def test_a_whole_text_whose_first_lines_say_something_else_marks_every_part(coordinator: StaffBrowser) -> None:
    await coordinator.send(WHOLE, text=TEXT.replace('"Rest and routine"', '"Long nights"'), meaning="yes")
    await publish(coordinator)

    assert await behind(coordinator) == ["start", "m1", "end"]


async def test_a_double_submit_raises_the_version_once(coordinator: StaffBrowser) -> None:
    unit = {**await coordinator.form(START), "meaning": ["yes"]}
    whole = {**await coordinator.form(WHOLE), "text": [TEXT.replace("Close", "The end")], "meaning": ["yes"]}

    units = [await coordinator.post(START, unit) for _ in range(2)]
    before = await newest()
    whole["seen"] = (await coordinator.form(WHOLE))["seen"]
    wholes = [await coordinator.post(WHOLE, whole) for _ in range(2)]

    assert [each.status_code for each in (*units, *wholes)] == [303] * 4
    assert "version: 0.2.0\n" in before
    assert len(await saved()) == 2


async def test_two_who_change_what_different_parts_say_both_get_through(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    mine, theirs = await coordinator.form(START), await other.form(MIDDLE)
    await coordinator.post(START, {**mine, "t0": ["Come in."], "meaning": ["yes"]})

    answer = await other.post(MIDDLE, {**theirs, "meaning": ["yes"]})
    await publish(coordinator)

    assert answer.status_code == 303
    assert await behind(coordinator) == ["start", "m1"]


async def test_the_question_is_asked_of_originals_and_stays_ticked(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    pages = [(await coordinator.get(path)).text for path in (START, WHOLE, f"{SPANISH}/units/{unit_word('start')}")]
    theirs = await other.form(START)
    await coordinator.send(START, t0="Come in.")

    told = await other.post(START, {**theirs, "t0": ["Mine."], "meaning": ["yes"]})

    assert [ASKED in page for page in pages] == [True, True, False]
    assert told.status_code == 409
    assert FormReader(told.text).forms[START]["meaning"] == ["yes"]


async def test_an_older_text_that_comes_back_leaves_translations_behind(coordinator: StaffBrowser) -> None:
    await coordinator.send(START, t0="Come in.")
    await coordinator.send(START, t0=SAY)
    await coordinator.send(f"{HERE}/revisions/1", f"{HERE}/restore")
    await coordinator.post(f"{HERE}/restore", {"number": "1"})
    await publish(coordinator)

    assert await behind(coordinator) == ["start"]
    assert [note for *_, note in await saved()] == ["Wording", "Wording", "Restored from 1"]


@pytest.mark.parametrize("path", [START, WHOLE])
async def test_a_change_is_said_in_words_where_the_list_has_none(coordinator: StaffBrowser, path: str) -> None:
    typed = {START: {"t0": "Come in."}, WHOLE: {"text": TEXT.replace(SAY, "Come in.")}}[path]

    none = await coordinator.send(path, note="", words="  ", **typed)
    some = await coordinator.send(path, note="", words="shorter", **typed)

    assert (none.status_code, some.status_code) == (422, 303)
    assert "Say in a few words what you changed." in none.text
    assert "Come in." in none.text
    assert [note for *_, note in await saved()] == ["shorter"]
