"""Versions: a change of what a text says outdates the translations of its parts, and nothing else does."""

import pytest

from tests.curricula.written import OBJECTIVES, SOURCES, curriculum_text
from workshops.curricula.editing import units_of
from workshops.curricula.reading import read_curriculum
from workshops.curricula.rules import Curriculum
from workshops.curricula.translating import outdated_units
from workshops.curricula.versions import changed_units, raised, restored, version_in

PATH = "rest-and-routine/en.md"
TEXT = curriculum_text(version="1.2.3")
SAY = "Welcome. Nobody has to say a name."
CHANGED = TEXT.replace(SAY, "Come in.")


def behind(original: str, made_from: str = "1.2.0") -> tuple[str, ...]:
    """The parts that a translation made from an older version lacks."""
    translation = curriculum_text(
        language="es", translation=f"{{of: en, source_version: {made_from}}}", objectives=OBJECTIVES["es"]
    )
    both = [read_curriculum(text, file="", sources=SOURCES) for text in (translation, original)]
    assert isinstance(both[0], Curriculum)
    assert isinstance(both[1], Curriculum), both[1]
    return outdated_units(both[0], both[1])


def marks(text: str) -> list[str]:
    return [unit.changed for unit in units_of(text)]


def test_a_small_change_raises_the_third_number_and_outdates_nothing() -> None:
    text = raised(PATH, TEXT, CHANGED)

    assert text == CHANGED.replace("1.2.3", "1.2.4")
    assert behind(text) == ()


def test_a_change_of_what_a_part_says_outdates_the_translations_of_that_part_alone() -> None:
    text = raised(PATH, TEXT, CHANGED, ["start"])

    assert version_in(text) == "1.3.0"
    assert marks(text) == ["1.3.0", "1.2.3", "1.2.3"]
    assert behind(text) == ("start",)


def test_one_change_after_another_leaves_each_part_with_its_own_version() -> None:
    first = raised(PATH, TEXT, CHANGED, ["start"])
    second = raised(PATH, first, first.replace("One small habit is enough.", "One is enough."), ["end"])
    third = raised(PATH, second, second.replace("Come in.", "Come on in."))

    assert marks(third) == ["1.3.0", "1.2.3", "1.4.0"]
    assert version_in(third) == "1.4.1"
    assert (behind(third), behind(third, "1.3.0")) == (("start", "end"), ("end",))


def test_a_part_that_says_the_same_in_other_words_can_be_said_to_mean_something_else() -> None:
    assert behind(raised(PATH, TEXT, TEXT, ["m1"])) == ("m1",)


def test_a_version_that_somebody_wrote_by_hand_stays() -> None:
    typed = CHANGED.replace("1.2.3", "2.0.0")

    assert raised(PATH, TEXT, typed) == typed
    assert marks(raised(PATH, TEXT, typed, ["start"])) == ["2.0.0", "1.2.3", "1.2.3"]


@pytest.mark.parametrize("written", ["version: '1.2.3'", 'version: "1.2.3"', "version:   1.2.3  "])
def test_a_version_is_read_however_it_is_written(written: str) -> None:
    before = TEXT.replace("version: 1.2.3", written)

    text = raised(PATH, before, before.replace(SAY, "Come in."))

    assert written.replace("1.2.3", "1.2.4") in text


@pytest.mark.parametrize("version", ["one", "1.2", "99999.1.1"])
def test_what_has_no_version_that_reads_is_left_as_it_was_typed(version: str) -> None:
    before = TEXT.replace("version: 1.2.3", f"version: {version}")

    assert raised(PATH, before, before + "\n", ["start"]) == before + "\n"


def test_a_version_in_the_text_of_a_part_is_none() -> None:
    before = TEXT.replace("version: 1.2.3\n", "").replace(SAY, "version: 1.2.3")

    assert raised(PATH, before, before + "\n") == before + "\n"


def test_nothing_follows_a_translation_and_sheets_have_no_version() -> None:
    translation = curriculum_text(version="1.2.3", language="es", translation="{of: en, source_version: 1.0.0}")

    text = raised("rest-and-routine/es.md", translation, translation + "\n", ["start"])

    assert text == translation.replace("1.2.3", "1.2.4") + "\n"
    assert raised("local/north.en.yaml", TEXT, CHANGED) == CHANGED


def test_line_ends_stay_as_they_were() -> None:
    windows = "\ufeff" + TEXT.replace("\n", "\r\n")

    text = raised(PATH, windows, windows.replace(SAY, "Come in."), ["start"])

    assert text.startswith("\ufeff---\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "short=5 standard=5 changed=1.3.0}\r\n::: say\r\nCome in." in text


def test_what_comes_back_is_above_what_it_replaces_so_that_translations_of_either_can_tell() -> None:
    newest = raised(PATH, TEXT, CHANGED, ["start"])

    text = restored(PATH, newest, TEXT)

    assert SAY in text
    assert marks(text) == ["1.4.0", "1.2.3", "1.2.3"]
    assert (behind(text), behind(text, "1.3.0")) == (("start",), ("start",))
    assert restored(PATH, text, TEXT) == text


def test_what_comes_back_with_the_same_parts_outdates_nothing() -> None:
    retitled = raised(PATH, TEXT, TEXT.replace("Rest and routine", "Rest"))
    newest = raised(PATH, retitled, retitled.replace("One small habit is enough.", "One is enough."), ["end"])
    again = newest.replace('"Rest"', '"Rest and routine"')

    text = restored(PATH, raised(PATH, again, again + "\n"), newest)

    assert behind(text, "1.3.0") == ()


def test_parts_that_differ_are_those_that_say_something_else() -> None:
    moved = TEXT.replace("::: unit {id=start", "\n::: unit {id=start").replace("{id=end", "{id=end changed=1.0.0")

    assert changed_units(TEXT, moved) == []
    assert changed_units(TEXT, CHANGED.replace("id=end", "id=finish")) == ["start", "finish"]
