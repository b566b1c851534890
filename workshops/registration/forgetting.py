"""Forgetting: sums are written, then registrations, directions and spent marks are deleted."""

from datetime import datetime, timedelta

from workshops.database.connection import transaction
from workshops.registration.locking import lock_session
from workshops.registration.models import Place, Registration, UsedNonce
from workshops.registration.rules import PlaceState
from workshops.schedule.models import Session, SessionSum, Venue
from workshops.schedule.rules import SessionState


async def forget_sessions(after: timedelta, now: datetime) -> int:
    """Delete the registrations of sessions that ended `after` ago; returns how many sessions."""
    due = await Session.filter(ends_at__lte=now - after, forgotten=False).order_by("id").values_list("id", flat=True)
    for session_id in due:
        await _forget_session(str(session_id))
    await UsedNonce.filter(gone_at__lte=now).delete()
    return len(due)


async def _forget_session(session_id: str) -> None:
    async with transaction():
        session = await lock_session(session_id)
        if session is None or session.forgotten:
            return
        places = Place.filter(session_id=session_id)
        confirmed = await places.filter(state=PlaceState.CONFIRMED).count()
        waiting = await places.filter(state=PlaceState.WAITING).count()
        await SessionSum.create(session_id=session_id, confirmed=confirmed, waiting=waiting)
        registrations = {str(each) for each in await places.values_list("registration_id", flat=True)}
        await places.delete()
        await _forget_registrations(registrations)
        await Session.filter(id=session_id).update(forgotten=True, directions=None, evening_word="", taken=0, waiting=0)
        await _forget_venue(session, session.venue)


async def _forget_registrations(ids: set[str]) -> None:
    """Delete what has no place left; who still waits for another evening keeps that spot as the place."""
    elsewhere = Place.filter(registration_id__in=list(ids))
    kept = {str(each) for each in await elsewhere.values_list("registration_id", flat=True)}
    await Registration.filter(id__in=list(ids - kept)).delete()
    homes = await elsewhere.filter(target=False).values_list("registration_id", flat=True)
    homeless = kept - {str(each) for each in homes}
    await Place.filter(registration_id__in=list(homeless), target=True).update(target=False)


async def _forget_venue(session: Session, venue: Venue) -> None:
    """A venue keeps its directions while it has coming sessions or a coordinator wants that."""
    coming = Session.filter(venue_id=venue.id, forgotten=False, state__not=SessionState.CANCELLED)
    if not venue.keep_directions and not await coming.exclude(id=session.id).exists():
        await Venue.filter(id=venue.id).update(directions=None)
