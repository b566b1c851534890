"""Text in; a curriculum or all of its faults out."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.curricula.hostile import HOSTILE
from tests.curricula.written import BODY, FIELDS, FILE, SOURCE, SOURCES, curriculum_text, faults, read, with_leaf, wrong
from workshops.curricula.draft import Place
from workshops.curricula.findings import Broken
from workshops.curricula.particulars import Objective
from workshops.curricula.reading import read_curriculum
from workshops.curricula.rules import BlockKind, Curriculum, Form, Status, UnitKind

VALID = curriculum_text()
PIECES = [
    ":::", "::: unit {id=x title=y short=5}", "::: say", "::: scenario {", "---", "...", "\n", " ", "\t", "{", "}", '"',
    "'", "[", "]", "![", "](javascript:", "<b>", "`", "|", "|-|-|", "# ", "- ", "&a ", "*a", "!!", "%YAML 1.1", "null",
    ": ", "\x00", "\u202e", "\ud800", "\ufeff", "\r", "\u2028", "\U0010ffff", "é", '"\\ud800"', '"\\x00"', "9" * 400,
    "[" * 50, "> " * 20, "id: x", "minutes: {short: true}", "objectives: 3", "? ", "|\n", ">\n", "<<: *a", "[2]",
]  # fmt: skip


def test_a_valid_file_becomes_a_curriculum() -> None:
    curriculum = read(VALID)

    assert (curriculum.id, curriculum.version, curriculum.status) == ("rest-and-routine", "0.1.0", Status.DRAFT)
    assert curriculum.minutes == {Form.SHORT: 25, Form.STANDARD: 40}
    assert curriculum.objectives == (Objective("o1", "choose", "choose one habit", "m1"),)
    assert [unit.kind for unit in curriculum.units] == [UnitKind.OPENER, UnitKind.WORK, UnitKind.CLOSE]
    assert {block.kind for unit in curriculum.units for block in unit.walk()} == set(BlockKind)
    assert curriculum.sources == (SOURCE,)


def test_a_block_keeps_its_text_as_written_and_the_line_of_its_fence() -> None:
    slot = next(block for block in read(VALID).units[1].walk() if block.kind is BlockKind.LAW_SLOT)

    assert slot.text == "For local rules, ask your local contact."
    assert VALID.split("\n")[slot.line - 1] == "::: law-slot {id=local-help}"


def test_other_bytes_have_another_digest() -> None:
    assert read(VALID).digest != read(VALID + "\n").digest
    assert read(VALID).digest == read(VALID).digest


def test_line_ends_of_other_systems_and_a_mark_at_the_start_change_nothing_that_is_read() -> None:
    assert read("\ufeff" + VALID.replace("\n", "\r\n")).units == read(VALID).units


def test_faults_of_fields_fences_attributes_and_sums_come_together() -> None:
    body = BODY.replace("short=15", "short=14").replace("risk=low", "risk=none") + "::: say"

    assert wrong(curriculum_text(level="expert", body=body)) == [
        "level: expert | `level` has a value that is not known",
        "minutes: {short: 25, standard: 40} | the units of `short` take 24 minutes, not 25",
        '::: scenario {id=s1 title="Home at four" risk=none} | `risk` is not known as `none`',
        "::: say | `say` is not closed",
        "::: say | `say` stands outside a unit",
    ]


def test_a_fault_says_file_line_what_is_wrong_and_what_would_be_right() -> None:
    [fault] = faults(curriculum_text(version="one"))

    assert str(fault) == f"{FILE}:4: `version` has a wrong form: three numbers, such as 0.1.0"


def test_faults_are_sorted_by_line() -> None:
    found = faults(curriculum_text(level="expert", body=BODY.replace("m1", "M1").replace(":::\n\n", "\n\n", 1)))

    assert all(before.line <= after.line for before, after in pairwise(found))
    assert len(found) > 3


def test_the_file_stands_in_the_folder_and_under_the_name_it_gives() -> None:
    place = Place("other", "es", {"es"})

    found = read_curriculum(VALID, file=FILE, sources=SOURCES, place=place)

    assert isinstance(found, Broken)
    assert [(fault.line, fault.wrong) for fault in found.faults] == [
        (3, "`id` is `rest-and-routine`, but the file stands elsewhere"),
        (10, "`language` is `en`, but the file stands elsewhere"),
    ]


HIDDEN = ["\0", "\x1b", "\x7f", "\x85", "\r", "\u2028", "\u202e", "\u2066", "\ufeff", "\uffff", "\ud800", "\U000e0041"]


@pytest.mark.parametrize("character", HIDDEN, ids=ascii)
def test_hidden_characters_are_faults_in_their_line(character: str) -> None:
    [fault] = faults(with_leaf(f"One\ntwo{character}."))

    assert fault.line == 50
    assert fault.wrong.startswith(f"there is a hidden character, U+{ord(character):04X} ")


def test_marks_that_right_to_left_and_joined_scripts_need_are_letters_like_others() -> None:
    assert read(with_leaf("\u200f\u200e\u061c\u200c\u200d\u200b"))


@pytest.mark.parametrize(
    "text", ["", "\n", "---", "---\n---", "---\n---\n:::", ":::", "::: ", "\ufeff", "::: unit {}", "x"]
)
def test_next_to_nothing_is_a_fault(text: str) -> None:
    assert all(fault.line == 1 or fault.line <= text.count("\n") + 1 for fault in faults(text))


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_change_gives_a_curriculum_or_faults_whose_lines_exist(data: st.DataObject) -> None:
    text = VALID
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.sampled_from([0, 0, 1, 3, 40, 400]))
        piece = data.draw(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)))
        text = text[:start] + piece + text[start + length :]

    found = read_curriculum(text, file=FILE, sources=SOURCES)

    assert isinstance(found, Curriculum) or found.faults
    if isinstance(found, Broken):
        lines = len(text.split("\n"))
        assert all(1 <= fault.line <= lines and fault.wrong and fault.right for fault in found.faults)


FRONT_END = VALID.split("\n").index("---", 1)  # number of lines before it
ANYWHERE = range(len(VALID.split("\n")))
FENCES = [number for number in ANYWHERE if VALID.split("\n")[number].startswith("::: ")]
LEAF_LINES = [
    number for number in ANYWHERE[FRONT_END + 1 :] if (line := VALID.split("\n")[number]) and not line.startswith(":::")
]
# What somebody does to one line, to which lines, and what is then wrong in that line.
SLIPS: list[tuple[Callable[[str], str], Sequence[int], str]] = [
    (lambda line: line + "\u202e", ANYWHERE, "there is a hidden character, U+202E"),
    (lambda line: f"nothing: known\n{line}", range(1, FRONT_END + 1), "there is no field `nothing`"),
    (lambda line: line.replace(": ", ": &a ", 1), range(1, FRONT_END), "is an anchor"),
    (lambda line: f"{line} <b>x</b>", LEAF_LINES, "HTML has no place in a text"),
    (lambda line: f"{line} ![x](y)", LEAF_LINES, "pictures have no place"),
    (lambda line: f"{line.removesuffix('}')} sung=loud}}" if "{" in line else f"{line} {{sung=loud}}", FENCES, "sung"),
    (lambda line: line.replace("::: ", "::: sung-", 1), FENCES, "there is no block `sung-"),
    (lambda line: f" {line}", FENCES, "`:::` does not stand at the start of the line"),
]


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_slip_in_any_line_is_a_fault_in_that_line_wherever_it_has_moved(data: st.DataObject) -> None:
    slip, places, said = data.draw(st.sampled_from(SLIPS))
    number, moved = data.draw(st.sampled_from(list(places))), data.draw(st.integers(0, 5))
    lines = VALID.split("\n")
    lines[number] = slip(lines[number])
    if number > FRONT_END:
        lines[FRONT_END + 1 : FRONT_END + 1] = [""] * moved
        number += moved

    found = faults("\n".join(lines))

    assert number + 1 in [fault.line for fault in found if said in fault.wrong], found


@given(st.text(max_size=300), st.sampled_from(sorted(FIELDS)))
@settings(max_examples=150, deadline=None)
def test_any_value_of_a_field_is_read_or_is_a_fault(value: str, name: str) -> None:
    found = read_curriculum(curriculum_text(**{name: value}), file=FILE, sources=SOURCES)

    assert isinstance(found, Curriculum) or found.faults


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_answered(name: str) -> None:
    """Each of them once took minutes or all of the stack; `script/bench texts` says how many seconds it takes now."""
    assert faults(HOSTILE[name])
