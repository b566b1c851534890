"""Telling the way: who may read it now, and the mark on a place without which no page shows it."""

from datetime import datetime

from workshops.database.statements import Statement, change
from workshops.registration.models import Place
from workshops.registration.rules import PlaceState
from workshops.schedule.models import Session
from workshops.schedule.rules import DirectionsMode, SessionState

# Fails where the place has moved since it was read: nobody is shown a way of which no mark is left.
_MARK = Statement(
    "UPDATE place SET directions_shown = TRUE, directions_told = ?"
    " WHERE id = ? AND session_id = ? AND state = 'confirmed' AND NOT directions_shown RETURNING id"
)


async def tell_way(place: Place, now: datetime) -> bool:
    """Let the page of a place tell the way there if it may, having marked the place; later looks leave no trace.

    Returns:
        False where the place is not any more what was read: it must be read again.
    """
    if not shows_directions(place, now):
        return True
    if not place.directions_shown:
        revision = place.session.directions_revision
        [marked] = await change(_MARK(revision, place.id, place.session_id))
        if not marked:
            return False
        place.directions_shown, place.directions_told = True, revision
    place.tells_way = True
    return True


def shows_directions(place: Place, now: datetime) -> bool:
    """Whether this place may read the way there now: confirmed, inside the window, by slip where only slips lead."""
    session = place.session
    tells = is_told_now(session, now) and (session.directions is not None or session.evening_word != "")
    return tells and is_led(place, session) and place.state == PlaceState.CONFIRMED


def is_led(place: Place, session: Session) -> bool:
    """Whether a place is ever told a session's way; where only slips lead, who came without one asks its people."""
    return place.vouched or session.directions_mode != DirectionsMode.SLIPS


def is_told_now(session: Session, now: datetime) -> bool:
    stands = session.state == SessionState.PUBLISHED and not session.frozen and not session.hushed
    return stands and session.directions_window.is_open(now)
