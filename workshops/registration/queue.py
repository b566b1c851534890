"""The queue at work: a freed seat passes to its head in the transaction that frees it.

Every function here expects an open transaction and a session row locked by it.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tortoise.expressions import F

from workshops.registration.holds import SleepHours, held_until
from workshops.registration.models import Place, Registration
from workshops.registration.rules import Event, PlaceState, Seat, step
from workshops.schedule.models import Session
from workshops.schedule.rules import SessionState
from workshops.settings import Settings


def sleep_hours(settings: Settings, session: Session) -> SleepHours:
    """The site's sleep hours by the wall clock of the session's venue, which must be fetched."""
    return SleepHours(settings.sleep_from, settings.sleep_until, ZoneInfo(session.venue.zone))


def hold_from(session: Session, sleep: SleepHours, now: datetime, *, lapses: int = 0) -> datetime | None:
    """Until when a seat of this session that comes free now would be held."""
    last_call = session.starts_at - timedelta(minutes=session.last_call)
    return held_until(now, session.starts_at, last_call, sleep, lapses=lapses)


async def lock_session(session_id: str) -> Session | None:
    """Lock a session's row for this transaction and read it with its venue."""
    session = await Session.filter(id=session_id).select_for_update().get_or_none()
    if session is not None:
        await session.fetch_related("venue")
    return session


async def settle(session: Session, sleep: SleepHours, now: datetime) -> None:
    """Let holds lapse that are over, pass their seats on, and hand free seats to who waits."""
    over = await Place.filter(session_id=session.id, state=PlaceState.HELD, held_until__lte=now)
    for place in sorted(over, key=lambda place: place.id):
        await drop(place)
        await free_seat(session, sleep, now, lapses=place.lapses + 1)
    while session.waiting and session.taken < session.registrable:
        if not await _turn(session, sleep, now, lapses=0):
            break
        await _count(session, taken=1)


async def apply(place: Place, event: Event, session: Session, sleep: SleepHours, now: datetime) -> None:
    """Let an event happen to a place: write its standing, or delete it, and do right by its seat."""
    outcome = step(place.standing, event, now)
    if outcome.standing is None:
        await drop(place)
    elif outcome.standing != place.standing:
        place.stand(outcome.standing)
        await place.save(update_fields=["state", "held_until", "number"])
    match outcome.seat:
        case Seat.FREED:
            await free_seat(session, sleep, now)
        case Seat.LEFT_QUEUE:
            await _count(session, waiting=-1)
        case Seat.TAKEN_FROM_FREE:
            await _count(session, taken=1, waiting=-1)
        case _:
            pass


async def free_seat(session: Session, sleep: SleepHours, now: datetime, *, lapses: int = 0) -> None:
    """Pass a freed seat to the head of the queue; it becomes free only where nobody can be given it."""
    if not await _turn(session, sleep, now, lapses=lapses):
        await _count(session, taken=-1)


async def drop(place: Place) -> None:
    """Delete a place, and its registration with the last of its places: no mark remains."""
    await place.delete()
    if not await Place.filter(registration_id=place.registration_id).exists():
        await Registration.filter(id=place.registration_id).delete()


async def _turn(session: Session, sleep: SleepHours, now: datetime, *, lapses: int) -> bool:
    until = hold_from(session, sleep, now, lapses=lapses)
    if until is None or session.waiting == 0 or session.state != SessionState.PUBLISHED:
        return False
    head = await Place.filter(session_id=session.id, state=PlaceState.WAITING).order_by("number").first()
    if head is None:
        return False
    standing = step(head.standing, Event.TURN, now, held_until=until).standing
    assert standing is not None
    head.stand(standing)
    head.lapses = lapses
    await head.save(update_fields=["state", "held_until", "number", "lapses"])
    await _count(session, waiting=-1)
    return True


async def _count(session: Session, *, taken: int = 0, waiting: int = 0) -> None:
    """Move a session's counters, in the table and in the row at hand."""
    await Session.filter(id=session.id).update(taken=F("taken") + taken, waiting=F("waiting") + waiting)
    session.taken += taken
    session.waiting += waiting
