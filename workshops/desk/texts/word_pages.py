"""What the form of a text's first words may show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from workshops.curricula.differences import Difference
from workshops.curricula.front_words import Words
from workshops.desk.texts.edit_pages import Looked
from workshops.desk.texts.edited import Edited
from workshops.desk.texts.pages import TextHead
from workshops.web.forms import Fault


@dataclass(frozen=True, slots=True)
class WordsPage:
    """Titles, summaries, aims, notes and materials of a teaching file in a plain form."""

    template: ClassVar[str] = "desk/texts/words.html"

    head: TextHead
    edited: Edited
    values: Words
    objectives: Sequence[int]  # numbers of the fields of each
    notes: Sequence[int]
    faults: Mapping[str, Fault]
    looked: Looked
    notice: Fault | None = None
    difference: Difference | None = None
    original: Words = field(default_factory=dict)  # of a translation, as far as its original reads
    original_language: str = ""
    original_direction: str = "ltr"
