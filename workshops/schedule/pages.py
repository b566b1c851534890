"""What the pages of the schedule may show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from workshops.schedule.choices import Choice
from workshops.schedule.nights import BandName
from workshops.schedule.rules import Audience, Availability, DirectionsMode, VenueKind
from workshops.schedule.words import NightWords, WhenWords


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session in a list."""

    id: str
    title: str
    topic: str  # opaque id, empty when the curriculum is not shown
    letter: str
    when: WhenWords
    area: str
    language: str
    availability: Availability
    cancelled: bool
    closed: bool
    step_free: bool
    sample: bool


@dataclass(frozen=True, slots=True)
class NightView:
    """The sessions of an evening, or those of the day before it."""

    night: NightWords
    by_day: bool
    tonight: bool
    sessions: Sequence[SessionRow]


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """The coming nights under one choice of filters; public, kept by revision."""

    template: ClassVar[str] = "schedule/programme.html"

    nights: Sequence[NightView]
    choice: Choice
    themes: Sequence[Option]
    topics: Sequence[Option]
    areas: Sequence[Option]
    languages: Sequence[str]
    bands: Sequence[BandName]
    total: int
    earlier: str  # query of the page before, or empty
    later: str


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session: everything people ask before they come."""

    template: ClassVar[str] = "schedule/session.html"

    row: SessionRow
    summary: str
    audience: Audience | None
    kind: VenueKind
    cost: str
    travel_money: bool
    food: bool
    child_care: bool
    last_transport: str
    facilitators: Sequence[str]
    directions_mode: DirectionsMode
    directions_hours: int
    public_directions: str
    walk_in: int
    interpreters: Sequence[str]  # codes of languages
    interpreters_until: str  # the last day on which one can be asked for
    content_notes: Sequence[str]
    concerns: str
    siblings: Sequence[SessionRow]
    takes_places: bool
    by_slip: bool  # places are taken with a paper slip only
    slips: bool  # some places are kept for paper slips
