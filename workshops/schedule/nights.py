"""Nights and bands: which evening a session belongs to, and which part of the day it starts in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from workshops.schedule.moments import wall_at


class BandName(StrEnum):
    """The parts of the day; the value is what addresses carry, pages have their own words."""

    DAY = "a"
    EARLY = "b"
    LATE = "c"
    SMALL_HOURS = "d"


@dataclass(frozen=True, slots=True)
class Band:
    """A named part of the day as the clock on the venue's wall shows it."""

    name: BandName
    opens: time
    closes: time  # may lie before `opens`: the band then ends the next day

    def holds(self, at: time) -> bool:
        if self.opens < self.closes:
            return self.opens <= at < self.closes
        return at >= self.opens or at < self.closes


BANDS = (
    Band(BandName.DAY, time(6), time(17)),
    Band(BandName.EARLY, time(17), time(20)),
    Band(BandName.LATE, time(20), time(0)),
    Band(BandName.SMALL_HOURS, time(0), time(6)),
)


def band_of(starts_at: datetime, bands: Sequence[Band], zone: ZoneInfo) -> BandName:
    """Name the band in which a session starts, read off the venue's wall clock.

    Raises:
        LookupError: the bands leave a gap at that hour.
    """
    at = wall_at(starts_at, zone).time()
    for band in bands:
        if band.holds(at):
            return band.name
    message = f"no band holds {at:%H:%M}"
    raise LookupError(message)


def night_of(moment: datetime, zone: ZoneInfo, small_hours_end: time) -> date:
    """The evening a moment belongs to: before the small hours end it is still last night."""
    wall = wall_at(moment, zone)
    return wall.date() - timedelta(days=1) if wall.time() < small_hours_end else wall.date()


def next_night(moment: datetime, zone: ZoneInfo, small_hours_end: time) -> datetime:
    """The moment at which "tonight" next rolls over, in UTC."""
    tomorrow = night_of(moment, zone, small_hours_end) + timedelta(days=1)
    # a wall time that the clock skips moves forward by the gap, which is all a roll-over needs
    return datetime.combine(tomorrow, small_hours_end, zone).astimezone(UTC)
