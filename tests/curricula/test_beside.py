"""A unit of a translation knows its original: text by text, and whether it is behind."""

from dataclasses import replace

import pytest

from tests.curricula.written import BODY, curriculum_text, read
from workshops.curricula.beside import Original, beside
from workshops.curricula.editing import UnitChange, unit_of, with_unit
from workshops.curricula.merging import put_in

MADE = "{of: en, source_version: 1.2.0}"
SPANISH = curriculum_text(language="es", translation=MADE)


def original_of(unit: str, version: str, body: str = BODY, text: str = SPANISH) -> Original | None:
    own = unit_of(text, unit)
    assert own is not None
    english = curriculum_text(version=version, body=body)
    return beside(own, text, read(english), english)


@pytest.mark.parametrize(("version", "is_behind"), [("1.2.9", False), ("1.3.0", True), ("1.1.0", False)])
def test_a_unit_is_behind_as_the_matrix_says(version: str, is_behind: bool) -> None:  # noqa: FBT001 (a case)
    original = original_of("m1", version)

    assert original is not None
    assert original.is_behind is is_behind


def test_a_unit_that_stands_since_long_is_not_behind() -> None:
    original = original_of("m1", "2.0.0", BODY.replace("{id=m1", "{id=m1 changed=1.2.0"))

    assert original is not None
    assert not original.is_behind


def test_each_text_finds_its_own_even_where_others_stand_between() -> None:
    body = BODY.replace("::: if-someone", "::: facilitator\nSecond.\n:::\n::: if-someone")

    original = original_of("m1", "1.2.0", body)

    assert original is not None
    assert original.texts["t0"] == "Put the cards on the table."
    assert original.texts["t2"] == "Offer water."
    assert [leaf.text for leaf in original.missing] == ["Second."]


def test_a_unit_that_the_original_has_not_stands_alone() -> None:
    own = unit_of(SPANISH, "m1")
    english = curriculum_text()

    assert own is not None
    assert beside(replace(own, id="m9"), SPANISH, read(english), english) is None


def test_a_unit_says_what_it_was_made_from_and_nothing_else_changes() -> None:
    change = UnitChange("One small habit", {"short": "15", "standard": "25"}, {}, "1.3.0")

    once = with_unit(SPANISH, "m1", change)
    later = with_unit(once, "m1", replace(change, source_version="1.4.0"))
    merged = put_in(SPANISH, SPANISH, "m1", change)

    opening = '::: unit {id=m1 title="One small habit" short=15 standard=25 method=pair-work energy=low'
    assert once == SPANISH.replace(opening + "}", opening + " source-version=1.3.0}")
    assert later == once.replace("1.3.0", "1.4.0")
    assert merged == once
