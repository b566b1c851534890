"""Two people at one text: units go into the newest text, and who comes second loses nothing."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.curricula.written import curriculum_text
from workshops.curricula.differences import LineKind, difference
from workshops.curricula.editing import UnitChange, unit_of, units_of, with_unit
from workshops.curricula.merging import Clash, put_in

TEXT = curriculum_text()
LINES = st.lists(st.sampled_from(["a", "b", "", "c d"]), max_size=12)


def change_of(unit_id: str, text: str = TEXT, **texts: str) -> UnitChange:
    unit = unit_of(text, unit_id)
    assert unit is not None
    return UnitChange(unit.title, unit.minutes, {leaf.key: leaf.text for leaf in unit.leaves} | texts)


def test_a_unit_that_nobody_else_changed_goes_into_the_newest_text() -> None:
    theirs = with_unit(TEXT, "start", change_of("start", t0="One.\nTwo.\nThree."))

    merged = put_in(TEXT, theirs, "m1", change_of("m1", t0="Mine."))

    assert merged == theirs.replace("Put the cards on the table.", "Mine.")


def test_units_that_moved_are_found() -> None:
    swapped = TEXT.replace("::: unit {id=start", "::: unit {id=new title=x short=1}\n:::\n\n::: unit {id=start")

    merged = put_in(TEXT, swapped, "start", change_of("start", t0="Mine."))

    assert isinstance(merged, str)
    assert unit_of(merged, "start") == unit_of(with_unit(swapped, "start", change_of("start", t0="Mine.")), "start")


def test_what_was_only_left_as_it_stood_follows_the_other_person() -> None:
    theirs = with_unit(TEXT, "m1", change_of("m1", t0="Theirs."))

    clash = put_in(TEXT, theirs, "m1", UnitChange("Mine", {"standard": "30"}, {**change_of("m1").texts}))

    assert isinstance(clash, Clash)
    assert (clash.change.title, clash.change.minutes["standard"]) == ("Mine", "30")
    assert clash.change.texts["t0"] == "Theirs."
    assert clash.homeless == []


def test_minutes_that_were_left_as_they_stood_follow_the_other_person() -> None:
    theirs = with_unit(TEXT, "m1", UnitChange("One small habit", {"short": "14", "standard": "25"}, {}))

    clash = put_in(TEXT, theirs, "m1", change_of("m1", t0="Mine."))

    assert isinstance(clash, Clash)
    assert clash.change.minutes == {"short": "14", "standard": "25", "long": ""}


def test_a_text_whose_place_is_gone_is_given_back() -> None:
    without = TEXT.replace('::: if-someone {case="goes pale"}\nOffer water.\n:::\n', "")

    clash = put_in(TEXT, without, "m1", change_of("m1", t2="Offer tea."))

    assert isinstance(clash, Clash)
    assert [typed for _, typed in clash.homeless] == ["Offer tea."]
    assert list(clash.change.texts.values()) == [leaf.text for leaf in clash.unit.leaves] if clash.unit else False


def test_a_unit_that_is_gone_gives_back_all_that_was_typed() -> None:
    clash = put_in(TEXT, "", "start", change_of("start", t0="Mine."))

    assert isinstance(clash, Clash)
    assert clash.unit is None
    assert [typed for _, typed in clash.homeless] == ["Mine."]


def test_the_same_change_sent_twice_is_no_clash() -> None:
    once = put_in(TEXT, TEXT, "m1", change_of("m1", t0="Mine."))
    assert isinstance(once, str)
    later = with_unit(once, "start", change_of("start", t0="Later."))

    assert put_in(TEXT, later, "m1", change_of("m1", t0="Mine.")) == later


@given(st.sampled_from([unit.id for unit in units_of(TEXT)]), st.sampled_from([unit.id for unit in units_of(TEXT)]))
def test_different_units_both_get_through_and_equal_ones_clash(mine: str, theirs: str) -> None:
    newest = with_unit(TEXT, theirs, UnitChange("Theirs", {}, {}))

    merged = put_in(TEXT, newest, mine, UnitChange("Mine", {}, {}))

    assert isinstance(merged, Clash) == (mine == theirs)


@given(LINES, LINES)
def test_a_difference_tells_one_text_from_the_other(before: list[str], after: list[str]) -> None:
    found = difference("\n".join(before), "\n".join(after)).lines

    gone = [line.text for line in found if line.kind is LineKind.GONE]
    new = [line.text for line in found if line.kind is LineKind.NEW]
    old_lines, new_lines = ("\n".join(lines).strip("\n").split("\n") for lines in (before, after))
    assert Counter(new_lines) - Counter(old_lines) <= Counter(new)
    assert Counter(old_lines) - Counter(new_lines) <= Counter(gone)
    assert (found == ()) == (old_lines == new_lines)


def test_a_difference_shows_two_lines_around_it_with_their_numbers() -> None:
    found = difference("1\n2\n3\n4\n5\n6\n7", "1\n2\n3\nfour\n5\n6\n7").lines

    assert [(line.kind.value, line.number, line.text) for line in found] == [
        ("gap", 2, ""),
        ("same", 2, "2"),
        ("same", 3, "3"),
        ("gone", 4, "4"),
        ("new", 4, "four"),
        ("same", 5, "5"),
        ("same", 6, "6"),
    ]


@pytest.mark.parametrize(("before", "after"), [("a\nb\n", "a\r\nb\r\n"), ("a", "a\n")])
def test_line_ends_alone_are_said_to_differ(before: str, after: str) -> None:
    found = difference(before, after)

    assert (found.lines, found.hidden) == ((), True)


def test_texts_that_nobody_would_wait_for_are_not_compared() -> None:
    assert difference("a\n" * 11_000, "b").too_long


@pytest.mark.parametrize("turn", [7, 11])
def test_texts_that_would_take_too_long_differ_all_between_their_same_ends(turn: int) -> None:
    """Lines that come again and again once took many seconds; now all of them count as changed."""
    before = ["start", *(str(number % 150) for number in range(9_900)), "end"]
    after = ["start", *(str(number * turn % 150) for number in range(9_900)), "end"]

    found = difference("\n".join(before), "\n".join(after)).lines

    kinds = Counter(line.kind for line in found)
    assert (kinds[LineKind.GONE], kinds[LineKind.NEW]) == (9_899, 9_899)
    assert [line.text for line in found if line.kind is LineKind.SAME] == ["start", "0", "end"]


def test_a_long_text_with_one_other_line_is_compared_line_by_line() -> None:
    lines = [str(number % 150) for number in range(9_900)]
    changed = [*lines[:5_000], "new", *lines[5_001:]]

    found = difference("\n".join(lines), "\n".join(changed)).lines

    assert [line.text for line in found if line.kind is LineKind.NEW] == ["new"]
