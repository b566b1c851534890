"""What the pages around a place may show; none names a topic or an area once a code is on it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from workshops.registration.rules import PlaceState
from workshops.schedule.words import MomentWords, WhenWords
from workshops.web.moulds import HOLE


@dataclass(frozen=True, slots=True)
class Lasts:
    """How long a place is kept for who waits."""

    part: str  # of the time left, such as 1/3
    least: str  # waking hours
    most: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How a waiting spot stands."""

    ahead: int
    look_by: MomentWords | None  # a turn that comes from now on lasts at least until then
    last_call: MomentWords
    slips: bool  # some places are kept for slips
    lasts: Lasts


@dataclass(frozen=True, slots=True)
class Evening:
    """A session as pages with a code show it: neutral."""

    title: str
    letter: str
    when: WhenWords
    cancelled: bool
    over: bool
    moved_on: str  # the day on which its time or venue was changed last, or empty


class Telling(StrEnum):
    """What people with a place are told."""

    WAY = "way"  # to a room
    MEETING = "meeting"  # where somebody meets them
    JOINING = "joining"  # how to dial in or come online


class Way(StrEnum):
    """Where, and whether by now, the way to an evening is told to whoever has a place."""

    SHOWN = "shown"  # the page of the place shows it now
    LATER = "later"  # and will, once its window opens
    NOT_NOW = "not now"  # the window is over, or the evening is frozen
    PUBLIC = "public"  # the evening's own page says it
    SLIPS = "slips"  # only the paper slips say it


class Check(StrEnum):
    """What became of the last four digits that were typed from paper."""

    NOT_YET = "not yet"
    RIGHT = "right"
    COMPARE = "compare"


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """The code, shown once, and what to do with it."""

    template: ClassVar[str] = "registration/receipt.html"

    session_id: str
    groups: tuple[str, ...] = field(repr=False, metadata=HOLE)
    aloud: tuple[str, ...] = field(repr=False, metadata=HOLE)  # each group, digit by digit
    evening: Evening
    state: PlaceState
    waiting: Waiting | None
    way: Way
    telling: Telling
    directions_from: MomentWords
    nonce: str = field(repr=False, metadata=HOLE)
    check: Check = Check.NOT_YET


@dataclass(frozen=True, slots=True)
class CodePage:
    """Where a code is typed in; says the same for unknown, cancelled and deleted codes."""

    template: ClassVar[str] = "registration/code.html"

    typo: bool = False
    unknown: bool = False
    given_back: bool = False
    typed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another evening that a place could go to, or wait for."""

    session_id: str
    letter: str
    when: WhenWords
    waits: bool
    wish_lost: bool  # for an interpreter
    way_lost: bool  # to be told the way: there only slips lead, and this one was for another evening


@dataclass(frozen=True, slots=True)
class Target:
    """The evening that a code waits for while it keeps its place."""

    letter: str
    when: WhenWords
    ahead: int
    ends: MomentWords
    wish_lost: bool  # for an interpreter
    way_lost: bool  # as above


@dataclass(frozen=True, slots=True)
class Moves:
    """Where a place can go."""

    others: tuple[Elsewhere, ...]
    target: Target | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Whether people are asked if they still come, and whether this place's look has said so."""

    opens: MomentWords
    closes: MomentWords
    answered: bool


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place, opened with its code."""

    template: ClassVar[str] = "registration/place.html"

    session_id: str
    code: str = field(repr=False, metadata=HOLE)
    evening: Evening
    state: PlaceState
    waiting: Waiting | None
    directions: str = field(repr=False)
    evening_word: str = field(repr=False)
    directions_changed: bool  # since they were first shown with this code
    way: Way
    telling: Telling
    directions_from: MomentWords
    cancellable: bool
    wish_lost: bool  # for an interpreter, by a move
    moves: Moves | None
    asked: Asked | None
    calendar: bool  # the code has a private feed


@dataclass(frozen=True, slots=True)
class DonePage:
    """The code is written down; this page shows it no more."""

    template: ClassVar[str] = "registration/done.html"
