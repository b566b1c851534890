"""What the pages of teaching texts may show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from workshops.curricula.differences import Difference
from workshops.curricula.findings import Note
from workshops.curricula.paths import TextKind
from workshops.curricula.translating import Cell
from workshops.web.forms import Fault


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A revision in a list."""

    number: int
    handle: str
    day: date
    note: str
    published: bool
    published_by: str  # empty where it never was, or before that was kept
    published_on: date | None
    read_by: str  # of who read what others saved, up to this one
    read_on: date | None
    restored: int = 0  # number of the revision that it brought back
    listed: bool = False  # the note is one of ours, and can be translated


@dataclass(frozen=True, slots=True)
class Ends:
    """The day on which something in a local sheet no longer holds."""

    what: str  # the name of a number; empty: the sheet as a whole
    day: date
    over: bool
    within: int | None  # 60, 30 or 7 days, as soon as it ends so soon
    fact: str = ""  # of a number, in addresses


@dataclass(frozen=True, slots=True)
class TextHead:
    """A text as every page about it names it."""

    id: str  # in addresses
    path: str
    title: str  # of its curriculum
    place: str  # for which a local sheet is, as prints name it
    kind: TextKind
    language: str  # code; empty for the list of sources
    direction: str
    newest: RevisionRow | None
    published: int  # number of the revision that stands on the pages; 0: none
    released: bool  # whether a file came with the program
    changed_since: bool  # a later release brought another text than this one was saved beside
    needs_second: bool

    @property
    def waits(self) -> bool:
        """Whether something was saved that is not published."""
        return self.newest is not None and self.newest.number != self.published


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text in the list."""

    head: TextHead
    faults: int  # of what was saved last, as all that follows
    status: str  # empty where that does not read
    due: date | None  # day of the next review
    overdue: bool
    translation: Cell | None  # of a teaching file whose first lines read
    ends: Sequence[Ends]


@dataclass(frozen=True, slots=True)
class TextGroup:
    """The texts of one topic: its original, its translations, its local sheets; or others of one kind."""

    kind: TextKind  # teaching where it is a topic
    title: str  # of the topic
    language: str  # in which its title stands
    rows: Sequence[TextRow]


@dataclass(frozen=True, slots=True)
class TextsPage:
    """Every text of this installation."""

    template: ClassVar[str] = "desk/texts/texts.html"

    groups: Sequence[TextGroup]
    refused: Fault | None  # why an archive was not taken in
    taken: str  # how many texts one brought; empty where none was sent


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the list of a text."""

    id: str  # in addresses; empty where the unit has no name of its own
    title: str


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A fault in words, and where it stands in the form that is open."""

    line: int
    wrong: str
    right: str
    leaf: str = ""  # key of the text of the form
    leaf_line: int = 0
    quote: str = ""  # what stands in the line
    unit: str = ""  # in addresses, where another form mends it


@dataclass(frozen=True, slots=True)
class TextPage:
    """One text: its parts, its faults, its revisions."""

    template: ClassVar[str] = "desk/texts/text.html"

    head: TextHead
    row: TextRow  # the same as in the list
    units: Sequence[UnitRow]
    faults: Sequence[FaultRow]
    notes: Sequence[Note]
    revisions: Sequence[RevisionRow]
    behind: Sequence[UnitRow] | None  # parts of a translation that are; None: its original is missing
    by_machine: bool  # a translation that nobody answers for yet
    may_read: bool  # the reader saved some of what would be published, others saved the rest
    seen: str  # digest of what is shown
    change: (
        Difference | None
    )  # from what stands on the pages to what was saved last; None: nothing waits, or stands there
    may_publish: bool  # whether whoever looks may let it stand there
    may_remove: bool
    notice: Fault | None


@dataclass(frozen=True, slots=True)
class RevisionPage:
    """What one revision changed, or what a later release did."""

    template: ClassVar[str] = "desk/texts/revision.html"

    head: TextHead
    revision: RevisionRow | None  # None: the released file
    before: int  # number of the revision that it is compared with; 0: the released text
    difference: Difference


@dataclass(frozen=True, slots=True)
class NewTextPage:
    """Where a text is begun: first its kind, then what that needs."""

    template: ClassVar[str] = "desk/texts/new.html"

    kind: str  # empty: it is still to be chosen
    curricula: Sequence[tuple[str, str]]  # id and title
    languages: Sequence[tuple[str, str]]  # code, and its own name
    values: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
