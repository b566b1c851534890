"""What the page of a revision that somebody reads before publishing it may show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from workshops.curricula.front_words import Words
from workshops.desk.texts.edit_pages import Looked
from workshops.desk.texts.pages import RevisionRow, TextHead
from workshops.desk.texts.sheet_pages import SheetLook


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """A revision as people will read it, with the faults that it has."""

    template: ClassVar[str] = "desk/texts/reading.html"

    head: TextHead
    revision: RevisionRow
    values: Words  # the first words of a teaching file, as far as they read
    objectives: Sequence[int]
    notes: Sequence[int]
    looked: Looked
    sheet: SheetLook  # of a local sheet
