"""What a session is, when it can be registered for, and what its page may say of free places."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workshops.errors import N_, Refusal
from workshops.schedule.moments import Span


class SessionState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Visibility(StrEnum):
    """Who finds a session: everyone, holders of a slip, or who was given its address."""

    OPEN = "open"
    SLIP = "slip"
    UNLISTED = "unlisted"


class Audience(StrEnum):
    """Who a session is for."""

    WORKERS = "workers"
    ALLIES = "allies"  # workers and allies
    PROVIDERS = "providers"


class VenueKind(StrEnum):
    ROOM = "room"
    MEETING = "meeting"
    PHONE = "phone"
    ONLINE = "online"


class DirectionsMode(StrEnum):
    """Who is told where."""

    PUBLIC = "public"
    PLACED = "placed"  # anyone with a confirmed place
    SLIPS = "slips"  # holders of a slip only
    MEETING = "meeting"  # a meeting point, to anyone with a confirmed place


def usual_directions_mode(audience: Audience) -> DirectionsMode:
    """Who is told where unless a coordinator decides otherwise: where only workers come, who holds a slip."""
    return DirectionsMode.SLIPS if audience is Audience.WORKERS else DirectionsMode.PLACED


class Availability(StrEnum):
    """All that public pages say about places."""

    FREE = "free"
    FEW = "few"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Seats:
    """The counters of a session."""

    registrable: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        return self.registrable - self.taken


@dataclass(frozen=True, slots=True)
class Opening:
    """What decides whether a session takes registrations."""

    state: SessionState
    frozen: bool
    span: Span
    closes_before: timedelta

    @property
    def closes_at(self) -> datetime:
        return self.span.starts_at - self.closes_before


@dataclass(frozen=True, slots=True)
class DirectionsWindow:
    """When directions may be read by who has a place."""

    span: Span
    before_start: timedelta
    after_end: timedelta

    @property
    def opens_at(self) -> datetime:
        return self.span.starts_at - self.before_start

    @property
    def closes_at(self) -> datetime:
        return self.span.ends_at + self.after_end

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at


class RegistrationClosed(Refusal):
    """The session takes no registrations any more, or not yet."""

    reason = N_("Registration for this evening is closed. Walk-in places are given at the door.")


class SessionCancelled(Refusal):
    """The session will not take place."""

    reason = N_("This evening is cancelled.")


def ensure_open(opening: Opening, now: datetime) -> None:
    """Let a registration pass only while the session takes them.

    Raises:
        SessionCancelled: it will not take place.
        RegistrationClosed: not published, frozen, or too late.
    """
    if opening.state is SessionState.CANCELLED:
        raise SessionCancelled
    if opening.state is not SessionState.PUBLISHED or opening.frozen or now >= opening.closes_at:
        raise RegistrationClosed


def availability(seats: Seats, shown: Availability) -> Availability:
    """What pages say from now on, given what they say already.

    A label changes back only after two places more than it took to get there, so that
    who watches a page cannot count single registrations near a boundary.
    """
    few = max(2, seats.registrable // 5)
    if seats.free <= 0 or seats.waiting > 0:
        return Availability.QUEUE
    if shown is Availability.QUEUE and seats.free < min(2, seats.registrable):
        return Availability.QUEUE
    slack = 0 if shown is Availability.FREE else 2
    return Availability.FREE if seats.free > few + slack else Availability.FEW


def quarter_after(moment: datetime) -> datetime:
    """The next full quarter of an hour, or the moment itself when it is one."""
    past = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not past else moment - past + timedelta(minutes=15)
