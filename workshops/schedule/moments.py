"""Between what a venue's wall clock shows and moments in UTC."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo


class Fold(Enum):
    """Which of two equal wall times is meant, at the end of summer time."""

    REFUSE = "refuse"
    FIRST = "first"
    SECOND = "second"


class NoSuchTime(ValueError):  # noqa: N818 (an answer to who typed it)
    """The clock skips this wall time."""


class TwoSuchTimes(ValueError):  # noqa: N818 (an answer to who typed it)
    """The clock shows this wall time twice."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to a later one, both in UTC."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


def moment_at(wall: datetime, zone: ZoneInfo, *, fold: Fold = Fold.REFUSE) -> datetime:
    """Convert what a venue's wall clock shows into a moment in UTC.

    Args:
        wall: Naive date and time as a coordinator typed it.
        zone: IANA zone of the venue.
        fold: Which of the two to take when the clock shows `wall` twice.

    Raises:
        NoSuchTime: the clock skips `wall`, at the start of summer time.
        TwoSuchTimes: the clock shows `wall` twice and `fold` is REFUSE.

    Source: PEP 495, telling a gap from a fold by a round trip through UTC.
    """
    earlier, later = (wall.replace(tzinfo=zone, fold=which).astimezone(UTC) for which in (0, 1))
    if earlier.astimezone(zone).replace(tzinfo=None) != wall.replace(fold=0):
        raise NoSuchTime(wall)
    if earlier != later and fold is Fold.REFUSE:
        raise TwoSuchTimes(wall)
    return later if fold is Fold.SECOND else earlier


def wall_at(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the wall clock of `zone` shows at a moment; aware, for its date and time of day."""
    return moment.astimezone(zone)


def span_at(start: datetime, end: datetime, zone: ZoneInfo, *, fold: Fold = Fold.REFUSE) -> Span:
    """The span between two wall times; an end at or before the start is on the next day.

    Args:
        start: Naive wall time.
        end: Naive wall time on the same date as `start`.
        zone: IANA zone of the venue.
        fold: Applied to whichever of the two the clock shows twice.

    Raises:
        NoSuchTime: the clock skips one of them.
        TwoSuchTimes: the clock shows one of them twice and `fold` is REFUSE.
    """
    if end <= start:
        end += timedelta(days=1)
    return Span(moment_at(start, zone, fold=fold), moment_at(end, zone, fold=fold))
