"""What the pages on which a text is edited may show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from workshops.curricula.beside import Original
from workshops.curricula.differences import Difference
from workshops.curricula.looking import Reading
from workshops.desk.texts.edited import Edited
from workshops.desk.texts.pages import FaultRow, TextHead
from workshops.web.forms import Fault


@dataclass(frozen=True, slots=True)
class LeafField:
    """One text of a unit in its form."""

    key: str
    kind: str
    title: str
    scenario: str
    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What somebody sees who looks before saving."""

    faults: Sequence[FaultRow]
    units: Sequence[tuple[str, Sequence[Reading]]]  # with their titles
    asked: bool  # whether somebody asked to look
    overtaken: bool = False  # somebody else saved meanwhile
    alone: bool = False  # it is sent while somebody types, without the form around it


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit of a text in a plain form."""

    template: ClassVar[str] = "desk/texts/unit.html"

    head: TextHead
    unit: str  # in addresses
    name: str  # its title as it is saved
    edited: Edited
    values: Mapping[str, Any]  # title and minutes
    leaves: Sequence[LeafField]
    faults: Mapping[str, Fault]
    looked: Looked
    notice: Fault | None = None
    difference: Difference | None = None  # from what is saved to what was typed
    homeless: Sequence[tuple[str, str]] = ()  # kind, and what was typed for a text that is gone
    original: Original | None = None  # of a translation
    original_direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class FilePage:
    """A whole text in one field."""

    template: ClassVar[str] = "desk/texts/file.html"

    head: TextHead
    edited: Edited
    text: str
    looked: Looked
    notice: Fault | None = None
    difference: Difference | None = None
    homeless: Sequence[tuple[str, str]] = ()
