"""A translation begins as a copy of which no part is translated yet, whatever topic it is of."""

from pathlib import Path

import pytest

from tests.curricula.written import curriculum_text
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import PATH, newest
from tests.shipped import library
from workshops.curricula.editing import units_of
from workshops.curricula.front import read_front, split
from workshops.curricula.paths import text_id, unit_word
from workshops.curricula.vouching import translation_in
from workshops.desk.texts.queries import Kept
from workshops.desk.texts.starts import start_of
from workshops.desk.texts.views import original_beside

NEW = {"kind": "translation", "curriculum": "rest-and-routine", "area": "", "language": "es"}
SPANISH = f"/desk/texts/{text_id('rest-and-routine/es.md')}"
START = f"{SPANISH}/units/{unit_word('start')}"


@pytest.fixture
def folder(folder: Path) -> Path:
    """The original says of itself that it is no translation, as every text that ships does."""
    field = "\n  {of: null, source_version: null, reviewed_on: null, back_checked: false}"
    (folder / PATH).write_text(curriculum_text(translation=field))
    return folder


@pytest.mark.parametrize("topic", sorted(library().catalogue.curricula))
def test_the_first_lines_of_every_topic_that_ships_read_as_a_translation(topic: str) -> None:
    path = f"{topic}/pt.md"

    text = start_of(path, library())

    front = read_front(split(text.split("\n"), "").fields, "")
    assert front.faults == ()
    assert (front.fields.language, front.fields.translation.of) == ("pt", "en")
    assert translation_in(text)["source_version"] == "0.0.0"
    kept = Kept(path, text, None, 0, None)
    sides = [original_beside(kept, unit, library()) for unit in units_of(text)]
    assert [side is not None and side.is_behind for side in sides] == [True] * len(sides)


@pytest.mark.data
async def test_an_untouched_copy_is_behind_and_each_part_clears_itself(coordinator: StaffBrowser) -> None:
    await coordinator.post("/desk/texts/new", NEW)
    before = (await coordinator.get(START)).text

    await coordinator.send(START, t0="Hola.")

    after, rest = (
        (await coordinator.get(START)).text,
        (await coordinator.get(f"{SPANISH}/units/{unit_word('m1')}")).text,
    )
    assert '<div lang="en" dir="ltr">Welcome. Nobody has to say a name.</div>' in before
    said = "This part is behind its original."
    assert (said in before, said in after, said in rest) == (True, False, True)
    assert "source-version=0.1.0}\n::: say\nHola." in await newest()
