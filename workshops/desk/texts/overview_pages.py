"""What the pages over all texts may show: how translations stand, and what somebody has to look after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workshops.curricula.exposure import Neutral
from workshops.curricula.overlays import Standing
from workshops.curricula.translating import Cell

PRESSING = (Standing.EXPIRED, Standing.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class UnitLink:
    """A part of a text that can be opened."""

    title: str
    unit: str  # in addresses; empty where the text lacks the part
    age: int = 0  # at which it can be read, where that is the point


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A curriculum in one language."""

    language: str
    direction: str
    text: str  # in addresses; empty where there is none
    cell: Cell
    units: Sequence[UnitLink]  # that are behind
    waits: bool  # something was saved that is not published
    begin: str = ""  # word of the topic in addresses, where a translation can be begun


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A curriculum in every language."""

    title: str
    cells: Sequence[MatrixCell]


@dataclass(frozen=True, slots=True)
class TranslationsPage:
    """Every curriculum against every language."""

    template: ClassVar[str] = "desk/texts/translations.html"

    languages: Sequence[str]
    rows: Sequence[MatrixRow]


@dataclass(frozen=True, slots=True)
class ReportedText:
    """A text in the report."""

    text: str  # in addresses
    title: str
    language: str
    direction: str
    version: str
    status: str
    peer: date | None
    content: date | None
    due: date | None
    is_due: bool
    behind: bool  # its original says something else now, or is missing
    age: int | None
    target: str
    above: Sequence[UnitLink]


@dataclass(frozen=True, slots=True)
class ReportedEnd:
    """A local sheet, or a contact, with its end."""

    text: str  # in addresses
    title: str
    area: str
    language: str
    contact: str  # its name; empty for a law sheet
    fact: str  # in addresses
    checked: date | None
    ends: date | None  # of a withdrawn sheet the day on which it was withdrawn
    standing: str
    within: int | None  # 60, 30 or 7 days, as soon as it ends so soon
    sample: bool
    age: int | None = None  # at which a law sheet can be read

    @property
    def is_pressing(self) -> bool:
        """Whether it has ended, ends within 60 days or was withdrawn; samples end for nobody."""
        return not self.sample and (bool(self.within) or self.standing in PRESSING)


@dataclass(frozen=True, slots=True)
class ReportedSource:
    """A work that texts rest on."""

    title: str
    organisation: str
    address: str
    read_on: date
    is_old: bool
    used_by: Sequence[tuple[str, str, str]]  # address, title, language


@dataclass(frozen=True, slots=True)
class Telling:
    """Something neutral that tells strangers what it is about."""

    kind: Neutral
    said: str
    words: Sequence[str]
    text: str  # in addresses; empty for what is no text


@dataclass(frozen=True, slots=True)
class BrokenText:
    """A text of which nothing else can be said."""

    text: str  # in addresses; empty where no page leads to it
    file: str
    faults: int


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What somebody has to look after."""

    template: ClassVar[str] = "desk/texts/report.html"

    texts: Sequence[ReportedText]
    ends: Sequence[ReportedEnd]
    sources: Sequence[ReportedSource]
    broken: Sequence[BrokenText]
    telling: Sequence[Telling]
