"""The first words of a teaching file go into fields of a form and back, and nothing else of the file moves."""

from pathlib import Path

import pytest

from tests.curricula.written import FIELDS, curriculum_text, faults
from workshops.curricula.front_words import places_in_front, with_words, words_of
from workshops.settings import ROOT

FILES = sorted((ROOT / "curricula").glob("*/*.md"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_file_of_ours_has_its_words_in_fields_and_only_those_change(file: Path) -> None:
    text = file.read_text()
    words = words_of(text)

    assert words is not None
    assert with_words(text, words) == text
    quoted = {name: f'{said} — "#: x"' for name, said in words.items()}
    changed = with_words(text, quoted)
    assert words_of(changed) == quoted
    assert changed.partition("\n---\n")[2] == text.partition("\n---\n")[2]
    assert len(changed.split("\n")) == len(text.split("\n"))


def test_a_word_changes_only_its_own_line() -> None:
    text = "\ufeff" + curriculum_text(materials="\n# why\n  - pens\n\n# here").replace("\n", "\r\n")
    words = words_of(curriculum_text(materials='["pens"]'))
    assert words is not None

    changed = with_words(curriculum_text(materials='["pens"]'), {**words, "title": "Late"})
    windows = with_words("\ufeff" + curriculum_text().replace("\n", "\r\n"), {**words, "materials": "one\n two "})

    assert changed == curriculum_text(materials='["pens"]').replace(FIELDS["title"], '"Late"')
    assert "\r\nmaterials:\r\n  - one\r\n  - two\r\n---\r\n" in windows
    assert words_of(text) is None  # a remark inside the list would be lost


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no fields",
        curriculum_text(title="[a, b]"),
        curriculum_text(title="&a b"),
        curriculum_text(objectives="[a, b]"),
        curriculum_text(objectives="[{id: o1, verb: [a]}]"),
        curriculum_text(materials="{a: b}"),
        curriculum_text(summary="short # why"),
        "---\n{title: a, summary: b}\n---\n",
    ],
)
def test_what_a_form_would_lose_is_no_form(text: str) -> None:
    assert words_of(text) is None
    with pytest.raises(LookupError):
        with_words(text, {})


def test_a_fault_is_named_by_its_field() -> None:
    text = curriculum_text(
        title='""', materials=f'[pens, "{"x" * 121}"]', content_notes="\n  - {topic: a, where: m1, minutes: 5}"
    )

    assert set(places_in_front(text, faults(text))) >= {"title", "materials", "content_notes-0-opt_out"}
