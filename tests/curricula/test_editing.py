"""One unit of a file in a plain form: what is typed comes in, and no other byte changes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.curricula.written import curriculum_text
from workshops.curricula.editing import UnitChange, in_line_ends_of, unit_of, units_of, with_unit
from workshops.settings import ROOT

TEXT = curriculum_text()
SHIPPED = sorted((ROOT / "curricula").glob("*/*.md"))


def same(text: str, unit_id: str, **texts: str) -> UnitChange:
    unit = unit_of(text, unit_id)
    assert unit is not None
    return UnitChange(unit.title, unit.minutes, {leaf.key: leaf.text for leaf in unit.leaves} | texts)


def test_a_unit_is_its_title_its_minutes_and_its_texts() -> None:
    unit = unit_of(TEXT, "m1")

    assert unit is not None
    assert (unit.title, unit.minutes) == ("One small habit", {"short": "15", "standard": "25"})
    assert [(leaf.kind, leaf.scenario) for leaf in unit.leaves][:4] == [
        ("facilitator", ""),
        ("participant", "Home at four"),
        ("debrief", "Home at four"),
        ("quiet-version", "Home at four"),
    ]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_form_sent_back_unchanged_changes_no_byte(path: Path) -> None:
    text = path.read_bytes().decode()
    units = units_of(text)

    assert units
    for unit in units:
        assert with_unit(text, unit.id, same(text, unit.id)) == text


@given(st.text(alphabet="ab \n*é", min_size=1).filter(lambda typed: typed.strip("\n")))
def test_a_typed_text_stands_in_its_leaf_and_nowhere_else(typed: str) -> None:
    changed = with_unit(TEXT, "m1", same(TEXT, "m1", **{"t1-0": typed}))

    unit, before = unit_of(changed, "m1"), unit_of(TEXT, "m1")
    assert unit is not None
    assert before is not None
    assert unit.leaves[1].text == typed.strip("\n")
    assert [leaf.text for leaf in unit.leaves[2:]] == [leaf.text for leaf in before.leaves[2:]]
    assert next(each for each in units_of(changed) if each.id != "m1").leaves == units_of(TEXT)[0].leaves


def test_title_and_minutes_are_written_into_the_fence() -> None:
    change = UnitChange('A "larger" habit', {"short": "", "standard": "30", "long": "45"}, {})

    changed = with_unit(TEXT, "m1", change)

    assert "::: unit {id=m1 title=\"A 'larger' habit\" standard=30 method=pair-work energy=low long=45}" in changed
    assert len(changed.splitlines()) == len(TEXT.splitlines())


def test_minutes_that_a_title_speaks_of_are_not_the_minutes_of_the_unit() -> None:
    text = TEXT.replace('title="One small habit" short=15', 'title="One short=9 habit" short=15')

    longer = with_unit(text, "m1", UnitChange("One short=9 habit", {"short": "20", "standard": "25"}, {}))
    without = with_unit(text, "m1", UnitChange("One short=9 habit", {"short": "", "standard": "25"}, {}))

    assert '{id=m1 title="One short=9 habit" short=20 standard=25' in longer
    assert '{id=m1 title="One short=9 habit" standard=25' in without


def test_a_browsers_line_ends_become_those_of_the_file() -> None:
    windows = TEXT.replace("\n", "\r\n")

    changed = with_unit(windows, "start", same(windows, "start", t0="One.\r\nTwo."))

    assert changed == TEXT.replace("Welcome. Nobody has to say a name.", "One.\nTwo.").replace("\n", "\r\n")
    assert in_line_ends_of("One.\r\nTwo.\r\n", TEXT) == "One.\nTwo.\n"
    assert in_line_ends_of("One.\nTwo.\n", windows) == "One.\r\nTwo.\r\n"


def test_an_empty_leaf_can_be_filled() -> None:
    text = TEXT.replace("Welcome. Nobody has to say a name.\n", "")

    assert with_unit(text, "start", same(text, "start", t0="Welcome. Nobody has to say a name.")) == TEXT


def test_a_unit_that_is_not_there_is_no_unit() -> None:
    with pytest.raises(LookupError):
        with_unit(TEXT, "nowhere", UnitChange("", {}, {}))
