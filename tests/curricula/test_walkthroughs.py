"""Every evening that ships comes with what somebody who runs it for the first time asks, and where it is answered."""

import re
from pathlib import Path

import pytest

from workshops.settings import ROOT

NOTES = ROOT / "docs" / "walkthroughs"
EVENINGS = sorted((ROOT / "curricula").glob("*/en.md"))


@pytest.mark.parametrize("evening", EVENINGS, ids=lambda path: path.parent.name)
def test_every_evening_has_the_questions_of_a_first_time_facilitator(evening: Path) -> None:
    lines = (NOTES / f"{evening.parent.name}.md").read_text("utf-8").splitlines()

    questions = [line for line in lines if re.match(r"[0-9]+\. \*\*|\| (?!---|Question)", line)]
    assert len(questions) >= 9
    assert "## Left to the local group" in lines
    assert any(f"curricula/{evening.parent.name}/en.md" in line for line in lines)


def test_no_note_is_about_an_evening_that_is_gone() -> None:
    assert {path.stem for path in NOTES.glob("*.md")} == {path.parent.name for path in EVENINGS}
