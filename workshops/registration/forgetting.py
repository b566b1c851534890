"""Forgetting: sums are written, then registrations, directions and spent marks are deleted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workshops.database.connection import transaction
from workshops.database.residue import Traces
from workshops.registration.locking import lock_session
from workshops.registration.models import Feed, Place, Registration, UsedNonce
from workshops.registration.revising import revise_feed
from workshops.registration.rules import PlaceState
from workshops.registration.slip_actions import forget_batches
from workshops.schedule.models import Session, SessionSum
from workshops.schedule.ways import forget_way, forget_ways


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many sessions were forgotten, and what to look for in the database's files afterwards."""

    sessions: int
    traces: Traces


async def forget_sessions(after: timedelta, now: datetime) -> Forgotten:
    """Delete the registrations of sessions that ended `after` ago, and marks that are over."""
    due = await Session.filter(ends_at__lte=now - after, forgotten=False).order_by("id").values_list("id", flat=True)
    traces = Traces()
    for session_id in due:
        traces += await _forget_in_turn(str(session_id))
    over = UsedNonce.filter(gone_at__lte=now)
    traces += Traces([str(each) for each in await over.values_list("digest", flat=True)])
    await over.delete()
    traces += Traces(await forget_batches(now), await forget_ways())
    return Forgotten(len(due), traces)


async def _forget_in_turn(session_id: str) -> Traces:
    async with transaction():
        session = await lock_session(session_id)
        return Traces() if session is None or session.forgotten else await forget_session(session)


async def forget_session(session: Session) -> Traces:
    """Write a session's sums and delete its registrations and its way there, in the caller's transaction."""
    session_id = session.id
    places = Place.filter(session_id=session_id)
    confirmed = await places.filter(state=PlaceState.CONFIRMED).count()
    waiting = await places.filter(state=PlaceState.WAITING).count()
    await SessionSum.create(session_id=session_id, confirmed=confirmed, waiting=waiting)
    registrations = {str(each) for each in await places.values_list("registration_id", flat=True)}
    await places.delete()
    digests = await _forget_registrations(registrations, session)
    emptied = {"taken": 0, "slip_taken": 0, "waiting": 0}
    await Session.filter(id=session_id).update(forgotten=True, directions=None, evening_word="", **emptied)
    sealed = await forget_way(session.venue_id, but=session_id)
    return Traces(digests, [text for text in (session.directions, sealed) if text])


async def _forget_registrations(ids: set[str], session: Session) -> list[str]:
    """Delete what has no place left; who still waits for another evening keeps that spot as the place."""
    elsewhere = Place.filter(registration_id__in=list(ids))
    kept = {str(each) for each in await elsewhere.values_list("registration_id", flat=True)}
    gone = Registration.filter(id__in=list(ids - kept))
    feeds = Feed.filter(registration_id__in=list(ids - kept))
    digests = [str(each) for rows in (gone, feeds) for each in await rows.values_list("digest", flat=True)]
    await gone.delete()  # and with them their feeds
    homes = await elsewhere.filter(target=False).values_list("registration_id", flat=True)
    homeless = kept - {str(each) for each in homes}
    for registration_id in homeless:
        await revise_feed(registration_id, session)
    await Place.filter(registration_id__in=list(homeless), target=True).update(target=False)
    return digests
