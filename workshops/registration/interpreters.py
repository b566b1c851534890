"""Asking for an interpreter with a place: only into what the session offers, and only in time."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from workshops.registration.models import Place
from workshops.registration.rules import Need
from workshops.schedule.models import Session
from workshops.schedule.moments import wall_at


async def ask_for(languages: Collection[str], place: Place, session: Session, now: datetime) -> None:
    """Note on a place that is about to be kept which of these languages can be asked for now."""
    if not languages:
        return
    await session.fetch_related("venue")
    asked = [each for each in bookable(session, now) if each in languages]
    if asked:
        place.interpreters = " ".join(asked)
        place.needs |= Need.INTERPRETER


def bookable(session: Session, now: datetime) -> tuple[str, ...]:
    """The languages of interpreters that can be asked for today; the session's venue must be fetched."""
    return session.interpreting.bookable(_today(session, now))


def _today(session: Session, now: datetime) -> date:
    return wall_at(now, ZoneInfo(session.venue.zone)).date()
