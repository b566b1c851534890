"""`workshops check`: everything about a folder of teaching files."""

from datetime import date
from pathlib import Path

import pytest

from tests.curricula.test_library import SPANISH, folder, write
from tests.curricula.test_sources import ENTRY
from tests.curricula.written import curriculum_text, with_leaf
from tests.shipped import FOLDER, said_of_shipped
from workshops.curricula.check import check

__all__ = ["folder"]

TODAY = date(2026, 11, 23)


def test_a_folder_in_order_says_only_what_cannot_be_checked(folder: Path) -> None:
    write(folder / "rest-and-routine" / "pt.md", curriculum_text(**{**SPANISH, "language": "pt"}))

    report = check(folder, today=TODAY)

    assert report.faults == ()
    assert [str(note) for note in report.notes] == [
        (
            "curricula/rest-and-routine/pt.md:10: note: there are no word lists for this language: "
            "read verbs and law by eye"
        )
    ]


def test_faults_come_first_and_each_finding_is_one_line(folder: Path) -> None:
    write(folder / "another" / "en.md", curriculum_text(id="another", level="expert"))
    write(folder / "rest-and-routine" / "en.md", with_leaf("You must go."))

    lines = str(check(folder, today=TODAY)).split("\n")

    assert lines[0].startswith("curricula/another/en.md:13: `level` has a value that is not known: ")
    assert lines[1].startswith("curricula/rest-and-routine/en.md:49: note: `must` may be law: ")


def test_old_and_future_sources_are_noted_in_their_list(folder: Path) -> None:
    old = ENTRY.replace("2026-11-01", "2024-11-22").replace("guide\n", "old\n")
    write(folder / "sources.yaml", ENTRY.replace("2026-11-01", "2026-11-24") + old)

    assert [(note.line, note.seen) for note in check(folder, today=TODAY).notes if "sources" in note.file] == [
        (1, "`guide` was read on 2026-11-24, which is to come"),
        (6, "`old` was last read on 2024-11-22"),
    ]


def test_a_translation_behind_its_original_is_noted(folder: Path) -> None:
    write(folder / "rest-and-routine" / "en.md", curriculum_text(version="0.2.0"))

    assert "the original has changed since in start, m1, end" in str(check(folder, today=TODAY))


def test_a_translation_with_other_minutes_is_noted(folder: Path) -> None:
    text = curriculum_text(**SPANISH, minutes="{short: 26, standard: 40}").replace("short=15", "short=16")
    write(folder / "rest-and-routine" / "es.md", text)

    assert "units or minutes differ from the original" in str(check(folder, today=TODAY))


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert str(check(tmp_path / "curricula", today=TODAY)).startswith("curricula:1: there is no such folder: ")


def test_the_example_of_the_manual_is_valid(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "curricula.md").read_text("utf-8")
    write(tmp_path / "rest-and-routine" / "en.md", manual.split("```text\n")[1].split("```")[0])
    write(tmp_path / "sources.yaml", manual.split("```yaml\n")[1].split("```")[0])

    assert str(check(tmp_path, today=TODAY)) == ""


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.md")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_that_ships_is_valid(path: Path) -> None:
    assert not [fault for fault in said_of_shipped().faults if path.parent.name in fault.file]
