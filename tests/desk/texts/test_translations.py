"""A unit of a translation is edited beside its original, and is up to date once it was saved so."""

from pathlib import Path

import pytest

from tests.curricula.written import BODY, OBJECTIVES, curriculum_text
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import MIDDLE, newest, saved
from workshops.curricula.paths import text_id, unit_word

pytestmark = pytest.mark.data

EN, ES = "rest-and-routine/en.md", "rest-and-routine/es.md"
SPANISH = f"/desk/texts/{text_id(ES)}"
START, M1 = f"{SPANISH}/units/{unit_word('start')}", f"{SPANISH}/units/{unit_word('m1')}"
ORIGINAL = curriculum_text(version="1.3.0", body=BODY.replace("{id=end", "{id=end changed=1.0.0"))
MADE = "{of: en, source_version: 1.2.0}"
TEXT = curriculum_text(
    language="es",
    translation=MADE,
    objectives=OBJECTIVES["es"],
    body=BODY.replace("Welcome. Nobody has to say a name.", "Hola. Nadie tiene que decir un nombre.").replace(
        "::: if-someone", "::: facilitator\nOtra cosa.\n:::\n::: if-someone"
    ),
)


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / EN).write_text(ORIGINAL)
    (folder / ES).write_text(TEXT)
    return folder


async def test_the_original_stands_beside_each_field(coordinator: StaffBrowser) -> None:
    page, other, own = [(await coordinator.get(path)).text for path in (START, M1, MIDDLE)]

    assert '<div lang="en" dir="ltr">Welcome. Nobody has to say a name.</div>' in page
    assert "This part is behind its original." in page
    assert '<div lang="en" dir="ltr">Robin comes home at four and cannot sleep.</div>' in other
    assert "This part is behind its original." not in own


async def test_a_saved_unit_is_up_to_date_again(coordinator: StaffBrowser) -> None:
    await coordinator.send(START, t0="Hola.")

    text = await newest()
    assert "source-version=1.3.0}\n::: say\nHola." in text
    assert text.count("source-version=") == 1
    assert "This part is behind its original." not in (await coordinator.get(START)).text
    assert await saved() == [(1, "robin", "Translation")]


async def test_a_unit_that_says_the_same_can_be_confirmed_as_it_stands(coordinator: StaffBrowser) -> None:
    await coordinator.send(START)
    await coordinator.send(START)

    assert "source-version=1.3.0" in await newest()
    assert len(await saved()) == 1


async def test_who_only_mends_a_word_can_leave_it_behind(coordinator: StaffBrowser) -> None:
    await coordinator.send(START, t0="Hola.", current=None)

    assert "source-version=" not in await newest()
    assert "This part is behind its original." in (await coordinator.get(START)).text


async def test_a_unit_that_is_not_behind_is_marked_with_nothing(coordinator: StaffBrowser) -> None:
    end = f"{SPANISH}/units/{unit_word('end')}"

    await coordinator.send(end, title="Fin")

    assert 'title="Fin"' in await newest()
    assert "source-version=" not in await newest()


async def test_what_the_original_has_besides_is_named(coordinator: StaffBrowser) -> None:
    text = TEXT.replace("::: say\nHola. Nadie tiene que decir un nombre.\n:::", "::: participant\nHola.\n:::")
    await coordinator.send(f"{SPANISH}/file", text=text)

    page = (await coordinator.get(START)).text

    assert "This text of the original is missing here." in page
    assert "Welcome. Nobody has to say a name." in page


async def test_two_at_one_unit_of_a_translation_still_mark_it(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    mine, theirs = await coordinator.form(START), await other.form(M1)
    await other.post(M1, {**theirs, "t0": ["Las cartas."]})

    answer = await coordinator.post(START, {**mine, "t0": ["Hola."]})

    assert answer.status_code == 303
    assert (await newest()).count("source-version=1.3.0") == 2
