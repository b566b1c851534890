"""What a calendar is told of a session, and for how long: values, and text that no calendar stumbles over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from workshops.schedule.moments import Span

AFTER_END = timedelta(days=1)  # as long as the page of a session is there
CANCELLED_FOR = timedelta(days=30)
MOST_EVENTS = 500  # more than an evening a day for a year; a bound on what one address can make us work

BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# marks that reorder or hide what stands beside them, halves of pairs, and what is no character
HIDDEN = re.compile(
    "[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


class Status(StrEnum):
    """What an entry says of itself; in the words of RFC 5545, 3.8.1.11."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """All that a public calendar learns of a session."""

    session_id: str
    title: str  # neutral, with the letter
    area: str
    span: Span
    sequence: int
    modified_at: datetime
    cancelled_on: date | None = None

    @property
    def uid(self) -> str:
        return f"{self.session_id}@evenings"  # names no host: an entry must not say where it came from

    @property
    def status(self) -> Status:
        return Status.CONFIRMED if self.cancelled_on is None else Status.CANCELLED

    @property
    def leaves_at(self) -> datetime:
        """The moment from which the public calendar is silent about it."""
        if self.cancelled_on is None:
            return self.span.ends_at + AFTER_END
        return datetime.combine(self.cancelled_on + CANCELLED_FOR + timedelta(days=1), time(), UTC)


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """All that a private calendar learns of a place: less than the public one, and nothing to join the two by."""

    uid: str
    title: str  # one of the neutral ones
    span: Span
    sequence: int
    modified_at: datetime
    status: Status
    area: str = ""


def own_status(*, waits: bool, cancelled: bool) -> Status:
    """What the entry of a place says: a spot in a waiting list and a place that is held are not certain yet."""
    if cancelled:
        return Status.CANCELLED
    return Status.TENTATIVE if waits else Status.CONFIRMED


def first_leave(entries: Sequence[Entry]) -> datetime | None:
    """The moment at which a calendar of these entries changes by itself; None if it never does."""
    return min((each.leaves_at for each in entries), default=None)


def plain(text: str) -> str:
    """The text on one line, without characters that calendars write raw or that reorder what is read."""
    shown = text.replace("\\", "/")  # readers disagree on what a written backslash before an n is
    return " ".join(HIDDEN.sub("", BREAKS.sub(" ", shown)).split())


def file_name(letter: str) -> str:
    """A neutral name for the file of one evening, for people who save several."""
    tidy = letter.lower() if letter.isascii() and letter.isalnum() else ""
    return f"evening-{tidy}.ics" if tidy else "evening.ics"
