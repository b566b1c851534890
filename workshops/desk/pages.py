"""What the pages of the desk may show; none of them shows a place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from workshops.curricula.findings import Broken
from workshops.desk.texts.overview_pages import ReportedEnd
from workshops.handouts.documents import Guide
from workshops.schedule.pages import Option, SessionRow
from workshops.schedule.publishing import Missing
from workshops.schedule.rules import SessionState, VenueKind
from workshops.schedule.words import MomentWords
from workshops.web.forms import Fault


@dataclass(frozen=True, slots=True)
class Evening:
    """A session in a coordinator's list."""

    row: SessionRow
    state: SessionState
    venue: str
    taken: int
    registrable: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something to arrange for an evening."""

    need: str
    language: str  # code, of an interpreter; else empty
    times: int  # how often it was ticked; 0 where the reader sees no numbers


@dataclass(frozen=True, slots=True)
class Run:
    """A session as those see it who run it."""

    row: SessionRow
    form: str
    edition: str  # names the text it was published with in addresses, where that is no longer the current one
    venue: str
    taken: int
    wanted: Sequence[Wanted]  # without numbers
    directions: str = field(repr=False)
    word: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SiteView:
    """How the site as a whole stands."""

    frozen: bool
    deletion: MomentWords | None  # when everything is deleted, if that was asked for
    doubted_at: MomentWords | None  # what the clock says now, if it jumped


@dataclass(frozen=True, slots=True)
class DeletePage:
    """Asks once, with a warning, before everything about participants is deleted."""

    template: ClassVar[str] = "desk/delete.html"

    site: SiteView


@dataclass(frozen=True, slots=True)
class RunPage:
    """One evening for those who run it."""

    template: ClassVar[str] = "desk/run.html"

    run: Run
    document: Guide | None  # None where the teaching file does not read


@dataclass(frozen=True, slots=True)
class DeskPage:
    """What is ahead: for coordinators every session, for facilitators those they run."""

    template: ClassVar[str] = "desk/desk.html"

    coordinates: bool
    site: SiteView
    runs: Sequence[Run]
    evenings: Sequence[Evening]
    drafts: Sequence[Evening]
    ends: Sequence[ReportedEnd]  # local sheets and contacts that somebody has to look after
    broken: Sequence[Broken]
    guides: Sequence[Option]  # topics by their ids, for who runs evenings


@dataclass(frozen=True, slots=True)
class SessionForm:
    """The fields of a session: what they hold, what is wrong with them, what there is to choose among."""

    values: Mapping[str, Any] = field(repr=False)
    faults: Mapping[str, Fault]
    curricula: Sequence[Option]
    venues: Sequence[Option]
    languages: Sequence[Option]
    opens_before: Sequence[int]  # minutes
    closes_after: Sequence[int]  # minutes
    handles: Sequence[str]


@dataclass(frozen=True, slots=True)
class NewSessionPage:
    """Where a session is planned."""

    template: ClassVar[str] = "desk/new_session.html"

    form: SessionForm


@dataclass(frozen=True, slots=True)
class SessionPage:
    """Where a session is changed, published or cancelled."""

    template: ClassVar[str] = "desk/session.html"

    evening: Evening
    wanted: Sequence[Wanted]
    form: SessionForm
    missing: Sequence[Missing]
    text_changed: bool  # since it was published
    notice: Fault | None


@dataclass(frozen=True, slots=True)
class CancelPage:
    """Asks once before a session is cancelled, or a draft deleted."""

    template: ClassVar[str] = "desk/cancel.html"

    evening: Evening


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A venue in the list."""

    id: str
    name: str
    kind: VenueKind
    area: str
    has_directions: bool
    retired: bool


@dataclass(frozen=True, slots=True)
class VenuesPage:
    """All venues and areas; an area is added here."""

    template: ClassVar[str] = "desk/venues.html"

    venues: Sequence[VenueRow]
    areas: Sequence[Option]
    values: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VenuePage:
    """Where a venue is described."""

    template: ClassVar[str] = "desk/venue.html"

    venue_id: str  # empty for a new one
    areas: Sequence[Option]
    values: Mapping[str, Any] = field(repr=False)
    faults: Mapping[str, Fault]
    notice: Fault | None = None


@dataclass(frozen=True, slots=True)
class InvitationsPage:
    """Where somebody is invited; the code is shown once."""

    template: ClassVar[str] = "desk/invitations.html"

    values: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
    groups: Sequence[str] = field(default=(), repr=False)
    until: MomentWords | None = None
