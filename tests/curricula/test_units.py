"""What each kind of block must and may carry."""

import pytest

from tests.curricula.written import BODY, curriculum_text, faults, read, with_leaf, wrong
from workshops.curricula.fences import KINDS
from workshops.curricula.rules import BlockKind, Form, UnitKind
from workshops.curricula.units import MOST_TEXT

UNIT = '::: unit {id=m1 title="One small habit" short=15 standard=25 method=pair-work energy=low}'


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (UNIT, UNIT.replace("short=15", "short=15min"), "`short` is no number of minutes"),
        (UNIT, UNIT.replace("short=15", "short=0"), "`short` is no number of minutes"),
        (UNIT, UNIT.replace("energy=low", "energy=none"), "`energy` is not known as `none`"),
        (UNIT, UNIT.replace("energy=low", "mood=low"), "`unit` has no attribute `mood`"),
        (UNIT, UNIT.replace("id=m1 ", "kind=talk id=m1 "), "`kind` is not known as `talk`"),
        (UNIT, UNIT.replace(' title="One small habit"', ""), "`unit` has no `title`"),
        (UNIT, UNIT.replace('"One small habit"', '""'), "`title` is empty or too long"),
        (UNIT, UNIT.replace("short=15 standard=25 ", ""), "the unit has no minutes"),
        ("::: say", "::: say {id=x}", "`say` has no attribute `id`"),
        ("id=s1", "id=S1", "`id` has a wrong form"),
        ("risk=low", "risk=high", "`risk` is not known as `high`"),
        ("keep=participant", "keep=office", "`keep` is not known as `office`"),
        ("::: law-slot {id=local-help}", "::: law-slot", "`law-slot` has no `id`"),
        ('{case="goes pale"}', "", "`if-someone` has no `case`"),
    ],
)
def test_an_attribute_that_is_missing_unknown_or_unfit_is_a_fault(before: str, after: str, fault: str) -> None:
    found = wrong(curriculum_text(body=BODY.replace(before, after, 1)))

    assert fault in [line.split(" | ")[1] for line in found]


def test_a_unit_left_out_of_a_form_has_no_minutes_there() -> None:
    body = BODY.replace("short=15 standard=25", "standard=25")

    curriculum = read(curriculum_text(body=body, minutes="{short: 10, standard: 40}"))

    assert curriculum.units[1].minutes == {Form.STANDARD: 25}
    assert [unit.id for unit in curriculum.units_in(Form.SHORT)] == ["start", "end"]


def test_what_is_left_out_has_its_usual_value() -> None:
    unit = read(curriculum_text()).units[0]

    assert (unit.kind, unit.method, unit.energy) == (UnitKind.OPENER, "", "medium")


def test_an_empty_leaf_is_a_fault() -> None:
    assert wrong(with_leaf("\n  ")) == ["::: facilitator  | `facilitator` is empty"]


def test_every_leaf_but_slots_and_sources_may_wait_for_the_local_sheet() -> None:
    for kind in set(KINDS) - {"unit", "scenario", "law-slot", "source", "card", "checklist", "worksheet", "if-someone"}:
        curriculum = read(with_leaf("A text.", kind, "{legal-interaction=local-help}"))
        waiting = [block.kind for block in curriculum.units[1].walk() if "legal-interaction" in block.attributes]
        assert waiting == [BlockKind.FACILITATOR, BlockKind(kind)]


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("One\n\n<b>two</b>", "<b>two</b>", "HTML has no place in a text"),
        ("<!-- hidden -->", "<!-- hidden -->", "HTML has no place in a text"),
        (
            "One\n![two](https://example.org/a.png)",
            "![two](https://example.org/a.png)",
            "pictures have no place in a text",
        ),
        ("One\n[two](javascript:alert)", "[two](javascript:alert)", "the link does not lead to a web page"),
        ("[two](other.md)", "[two](other.md)", "the link does not lead to a web page"),
        ("[two](//example.org)", "[two](//example.org)", "the link does not lead to a web page"),
        ("<somebody@example.org>", "<somebody@example.org>", "the link does not lead to a web page"),
        ("### Deep", "### Deep", "the heading is too deep"),
        ("## Second", "## Second", "the heading skips a level"),
    ],
)
def test_markdown_that_has_no_place_is_a_fault_in_its_line(text: str, line: str, fault: str) -> None:
    assert f"{line} | {fault}" in wrong(with_leaf(text))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("just words", "there is no list"),
        ("Words first.\n\n- one", "a checklist holds something beside its list"),
        ("- one\n  - inside", "an item holds more than one line of text"),
        ("- one\n\n  more", "an item holds more than one line of text"),
    ],
)
def test_a_checklist_is_one_plain_list(text: str, fault: str) -> None:
    assert fault in [line.split(" | ")[1] for line in wrong(with_leaf(text, "checklist", "{id=x title=y}"))]


def test_a_worksheet_asks_for_no_more_lines_than_a_page_has() -> None:
    assert [fault.wrong for fault in faults(with_leaf("- one [21]", "worksheet", "{id=x title=y}"))] == [
        "an item asks for too many lines"
    ]


def test_more_text_than_an_evening_needs_is_one_fault() -> None:
    leaf = "::: facilitator\n" + "word " * 1_900 + "\n:::\n"
    body = BODY.replace("::: if-someone", leaf * (MOST_TEXT // 9_500 + 3) + "::: if-someone")

    assert [fault.wrong for fault in faults(curriculum_text(body=body))] == [
        "the texts are longer than 100,000 characters"
    ]
