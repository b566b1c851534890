"""A plan: all that a coordinator decides about a session, and what a change of it raises."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import product
from string import ascii_uppercase

from workshops.curricula.rules import Form
from workshops.schedule.interpreting import NO_INTERPRETERS, Interpreting
from workshops.schedule.moments import Span
from workshops.schedule.rules import Audience, DirectionsMode, Visibility


@dataclass(frozen=True, slots=True)
class Teaching:
    """What is taught, how long, in which language."""

    curriculum: str  # id
    form: Form
    language: str


@dataclass(frozen=True, slots=True)
class Shares:
    """The seats of the room, and those that no code may take."""

    capacity: int
    walk_in: int = 0
    slips: int = 0

    @property
    def registrable(self) -> int:
        """The seats that codes may take."""
        return self.capacity - self.walk_in - self.slips

    @property
    def queue_limit(self) -> int:
        """How many may wait: no more than could ever come in."""
        return self.capacity


@dataclass(frozen=True, slots=True)
class Reach:
    """Who finds it, and whom it is for."""

    visibility: Visibility = Visibility.OPEN
    audience: Audience = Audience.ALLIES
    audience_shown: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """Who is told the way, and when."""

    mode: DirectionsMode = DirectionsMode.PLACED
    opens_before: int = 1440  # minutes before the start
    closes_after: int = 30  # minutes after the end
    word: str = ""  # of the evening, for the door
    moves_freely: bool = False  # who has seen it may still move to another venue


@dataclass(frozen=True, slots=True)
class Answers:
    """What people ask first."""

    cost: str = ""  # empty: free
    travel_money: bool = False
    food: bool = False
    child_care: bool = False
    concerns: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A session as a coordinator plans it."""

    teaching: Teaching
    venue_id: str
    span: Span
    shares: Shares
    reach: Reach = Reach()
    way: Way = Way()
    answers: Answers = Answers()
    interpreting: Interpreting = NO_INTERPRETERS
    facilitators: tuple[str, ...] = ()  # handles, sorted
    series: str = ""  # its name, for staff
    asks_again: bool = False  # who has a place, whether they still come

    @property
    def mark(self) -> str:
        """A word that differs between two plans; a form carries it to tell what its reader saw."""
        return blake2b(repr(self).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Raised:
    """By how much a change raises the counters of a published session."""

    sequence: int  # calendars take the newer facts over
    epoch: int  # open take forms become void
    directions: int = 0  # who has been told the way is told that it changed


def raised_by(former: Plan, plan: Plan) -> Raised:
    """Say what a change raises: the sequence with any public fact, the epoch with time or place."""
    moved = (former.span, former.venue_id) != (plan.span, plan.venue_id)
    told = (former.way.mode, former.way.word) != (plan.way.mode, plan.way.word)
    return Raised(sequence=int(_public(former) != _public(plan)), epoch=int(moved), directions=int(moved or told))


def _public(plan: Plan) -> tuple[object, ...]:
    """The facts that anyone may read of a session; how many seats there are is none."""
    way = (plan.way.mode, plan.way.opens_before)
    return (
        plan.teaching,
        plan.venue_id,
        plan.span,
        plan.reach,
        way,
        plan.answers,
        plan.interpreting,
        plan.facilitators,
    )


def letter_for(wanted: str, taken: Collection[str]) -> str:
    """The letter that tells a session from the others of its night: `wanted` if it is free, else the first free one.

    Raises:
        LookupError: the night has more sessions than one or two letters can tell apart.
    """
    if wanted and wanted not in taken:
        return wanted
    for letter in _letters():
        if letter not in taken:
            return letter
    raise LookupError("a night has no letter left")


def hour_of(moment: datetime) -> datetime:
    """The hour in which a moment lies: all that is kept of when a session was changed."""
    return moment.replace(minute=0, second=0, microsecond=0)


def _letters() -> Iterator[str]:
    yield from ascii_uppercase
    yield from ("".join(pair) for pair in product(ascii_uppercase, repeat=2))
