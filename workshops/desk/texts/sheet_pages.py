"""What the pages of local sheets may show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from markupsafe import Markup

from workshops.curricula.differences import Difference
from workshops.curricula.law_cards import LawCard
from workshops.curricula.local_facts import Fact
from workshops.desk.texts.edited import Edited
from workshops.desk.texts.pages import FaultRow, TextHead
from workshops.web.forms import Fault


@dataclass(frozen=True, slots=True)
class SlotField:
    """The text for one law slot in the form of a sheet."""

    slot: str
    name: str  # its first words, for the label
    neutral: Markup | None  # what stands there without a sheet; None for a slot that the curriculum does not list
    topic: str = ""  # title of its curriculum; empty for the one that every topic has


@dataclass(frozen=True, slots=True)
class SheetLook:
    """What somebody sees who looks before saving."""

    cards: Sequence[tuple[str, LawCard, Markup]]  # names of slots, and what would be printed in each
    facts: tuple[Fact, ...]
    asked: bool = False
    others: Sequence[FaultRow] = ()  # faults that stand in no field
    faulty: bool = False  # it does not read yet
    overtaken: bool = False  # somebody else saved meanwhile
    alone: bool = False  # it is sent while somebody types, without the form around it


@dataclass(frozen=True, slots=True)
class OverlayPage:
    """A law sheet in a plain form."""

    template: ClassVar[str] = "desk/texts/sheet_overlay.html"

    head: TextHead
    edited: Edited
    values: Mapping[str, str]
    faults: Mapping[str, Fault]
    slots: Sequence[SlotField]
    groups: Sequence[int]  # numbers of the sources
    looked: SheetLook
    again: bool  # it was opened to be checked again
    notice: Fault | None = None
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class FactRow:
    """A contact in the list."""

    id: str  # in addresses; empty where it cannot be opened
    name: str
    kind: str
    ends: date | None
    over: bool
    within: int | None  # 60, 30 or 7 days, as soon as it ends so soon


@dataclass(frozen=True, slots=True)
class FactsPage:
    """The contacts of an area, and what prints call the area."""

    template: ClassVar[str] = "desk/texts/sheet_facts.html"

    head: TextHead
    edited: Edited
    values: Mapping[str, str]
    faults: Mapping[str, Fault]
    rows: Sequence[FactRow]
    notice: Fault | None = None


@dataclass(frozen=True, slots=True)
class FactPage:
    """One contact in a plain form."""

    template: ClassVar[str] = "desk/texts/sheet_fact.html"

    head: TextHead
    fact: str  # in addresses; empty for a new one
    edited: Edited
    values: Mapping[str, str]
    faults: Mapping[str, Fault]
    slots: Sequence[SlotField]
    looked: SheetLook
    again: bool  # it was opened to be checked again
    notice: Fault | None = None
    theirs: Mapping[str, str] | None = None  # what somebody else saved meanwhile
