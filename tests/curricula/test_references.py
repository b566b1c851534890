"""Names in a file: each stands for one thing and leads somewhere."""

import pytest

from tests.curricula.written import BODY, FILE, SOURCES, curriculum_text, read, with_leaf, wrong
from workshops.curricula.draft import Place
from workshops.curricula.findings import Broken
from workshops.curricula.reading import read_curriculum
from workshops.curricula.rules import Curriculum

TRANSLATION = "{of: en, source_version: 1.0.0}"


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("id=s1", "id=m1", "`m1` is already the id of line 33"),
        ("id=c1", "id=o1", "`o1` is already the id of line 20"),
        ("id=end", "id=start", "`start` is already the id of line 27"),
        ("id=local-help}", "id=other}", "`overlays` does not list the law slot `other`"),
        ("legal-interaction=local-help", "legal-interaction=other", "`overlays` does not list the law slot `other`"),
        ("source {id=guide}", "source {id=other}", "there is no source `other`"),
    ],
)
def test_a_name_that_stands_twice_or_leads_nowhere_is_a_fault(before: str, after: str, fault: str) -> None:
    found = wrong(curriculum_text(body=BODY.replace(before, after)))

    assert [line.split(" | ")[1] for line in found] == [fault]


def test_two_objectives_in_one_line_have_two_ids() -> None:
    twice = "[" + ", ".join(['{id: o1, verb: choose, text: "choose one habit", unit: m1}'] * 2) + "]"

    assert [line.split(" | ")[1] for line in wrong(curriculum_text(objectives=twice))] == [
        "`o1` is already the id of line 20"
    ]


def test_slots_and_sources_may_be_named_again() -> None:
    text = with_leaf("Ask here.", "law-slot", "{id=local-help}").replace(
        "::: key-message", "::: source {id=guide}\nThe same.\n:::\n::: key-message"
    )

    assert len(read(text).sources) == 1


def test_sources_of_the_fields_are_kept_too() -> None:
    assert wrong(curriculum_text(sources="[guide, other]")) == ["sources: [guide, other] | there is no source `other`"]


@pytest.mark.parametrize(
    ("note", "fault"),
    [
        ("{topic: a, where: m9, minutes: 5, opt_out: b}", "there is no unit `m9`"),
        ("{topic: a, where: m1, minutes: 26, opt_out: b}", "the topic takes longer than its unit `m1`"),
    ],
)
def test_a_content_note_fits_into_its_unit(note: str, fault: str) -> None:
    assert wrong(curriculum_text(content_notes=f"[{note}]")) == [f"content_notes: [{note}] | {fault}"]


def test_a_translation_has_its_original_beside_it() -> None:
    text = curriculum_text(language="es", translation=TRANSLATION)

    alone = read_curriculum(text, file=FILE, sources=SOURCES, place=Place("rest-and-routine", "es", {"es"}))
    beside = read_curriculum(text, file=FILE, sources=SOURCES, place=Place("rest-and-routine", "es", {"es", "en"}))

    assert isinstance(alone, Broken)
    assert [fault.wrong for fault in alone.faults] == ["there is no `en.md` beside this file"]
    assert isinstance(beside, Curriculum)


def test_a_file_does_not_translate_itself() -> None:
    assert [line.split(" | ")[1] for line in wrong(curriculum_text(translation=TRANSLATION))] == [
        "a file cannot translate itself"
    ]
