"""Asking for an interpreter with a place: only into what the session offers, and only in time."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from workshops.registration.models import Place
from workshops.registration.rules import Need
from workshops.schedule.models import Session
from workshops.schedule.moments import wall_at


def ask_for(languages: Collection[str], place: Place, now: datetime) -> bool:
    """Note on a new place which of these languages can be asked for now; says whether any can."""
    asked = [each for each in bookable(place.session, now) if each in languages]
    if asked:
        place.interpreters = " ".join(asked)
        place.needs |= Need.INTERPRETER
    return bool(asked)


def still_asked(languages: str, session: Session, now: datetime) -> str:
    """What is left of a wish for interpreters in another session: the languages that can be asked for there now.

    The tick itself stays, so that a tick without a language tells its owner of a wish that was dropped.
    """
    return " ".join(each for each in bookable(session, now) if each in languages.split())


def loses_wish(place: Place, session: Session, now: datetime) -> bool:
    """Whether a place asks for an interpreter whom this session cannot offer."""
    return bool(place.interpreters) and not still_asked(place.interpreters, session, now)


def lost_wish(place: Place) -> bool:
    """Whether a place came here by a move that dropped its wish for an interpreter."""
    return Need.INTERPRETER in Need(place.needs) and not place.interpreters


def bookable(session: Session, now: datetime) -> tuple[str, ...]:
    """The languages of interpreters that can be asked for today; the session's venue must be fetched."""
    return session.interpreting.bookable(_today(session, now))


def _today(session: Session, now: datetime) -> date:
    return wall_at(now, ZoneInfo(session.venue.zone)).date()
