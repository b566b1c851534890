"""Days on which something ends, and the moments at which a place's calendar turns to them."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

WARNINGS = (7, 30, 60)  # days before an end at which somebody should hear of it
YEAR = 12  # months


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def warning(ends_on: date, today: date) -> int | None:
    """The closest of the 60, 30 and 7 days before an end that has come; None before all of them and after the end."""
    left = (ends_on - today).days
    return next((days for days in WARNINGS if 0 < left <= days), None)


def next_day(days: Iterable[date], today: date) -> date | None:
    """The first of these days that is still to come."""
    return min((day for day in days if day > today), default=None)


def day_in(now: datetime, zone: str) -> date:
    """The day that the calendar on a wall of that zone shows."""
    return now.astimezone(ZoneInfo(zone)).date()


def midnight(day: date, zone: str) -> datetime:
    """The moment in UTC at which a day begins: the first midnight where there are two, else when the clock skips it."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
