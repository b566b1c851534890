"""Moving a code to another session of the same curriculum or series: new before old, never two seats."""

from datetime import datetime

from workshops.errors import Absent
from workshops.registration.codes import Code
from workshops.registration.interpreters import still_asked
from workshops.registration.locking import locked_queues
from workshops.registration.models import Place
from workshops.registration.moving import Leaving, ensure_may_leave, target_ends_at
from workshops.registration.opening import opened
from workshops.registration.queries import find_place, target_of
from workshops.registration.queue import Queues
from workshops.registration.rules import PlaceState, QueueFull
from workshops.registration.telling import tell_way
from workshops.schedule.models import Session
from workshops.schedule.rules import RegistrationClosed, Visibility, ensure_open
from workshops.settings import Settings
from workshops.vault import Vault


async def move_place(code: Code, session_id: str, *, vault: Vault, settings: Settings, now: datetime) -> Place | None:
    """Move a code's place to another session, or wait there with the old place kept; repeating it changes nothing.

    Returns:
        The place as it stands then, or None where the code has none (any more).

    Raises:
        Absent: there is no such session to choose from here.
        MoveClosed, WaySeen: it may not leave its evening.
        SessionCancelled, RegistrationClosed, QueueFull: it may not go there.
    """
    found = await find_place(code, vault)
    if found is None:
        return None
    both = [found.place.session_id, session_id]
    async with locked_queues(both, settings, now, of=found.place.registration_id) as queues:
        place = await opened(found.place, queues)
        if place is None:
            return None
        if place.session_id != session_id:
            await _leave(place, queues.session(session_id), queues, settings, now)
        await tell_way(place, now)
        return place


async def stop_waiting(code: Code, *, vault: Vault, settings: Settings, now: datetime) -> Place | None:
    """Give up waiting to move and keep the place at home; doing it twice is the same as once."""
    found = await find_place(code, vault)
    if found is None:
        return None
    home = found.place
    async with locked_queues([home.session_id], settings, now, of=home.registration_id) as queues:
        place = await opened(home, queues)
        if place is None:
            return None
        target = await target_of(place)
        if target is not None:
            await queues.end_target(target)
        await tell_way(place, now)
        return place


async def _leave(place: Place, there: Session | None, queues: Queues, settings: Settings, now: datetime) -> None:
    """Let a place leave its session for another, or wait there."""
    if there is None or not _same_evening(place.session, there):
        raise Absent
    await queues.settle(there)
    ensure_open(there.opening, now)
    ensure_may_leave(_leaving(place, there, settings), now)
    await _take_or_wait(place, there, queues)


async def _take_or_wait(place: Place, there: Session, queues: Queues) -> None:
    target = await target_of(place)
    if target is not None and target.session_id == there.id:
        return
    if await queues.claim(there):
        if target is not None:
            await queues.end_target(target)
        await queues.move(place, there)
        return
    if queues.now >= target_ends_at(place.session.starts_at, there.starts_at):
        raise RegistrationClosed
    number = await queues.join(there)
    if number is None:
        raise QueueFull
    if target is not None:
        await queues.end_target(target)
    spot = Place(registration_id=place.registration_id, session=there, target=True, needs=place.needs)
    spot.state, spot.number = PlaceState.WAITING, number
    spot.interpreters = still_asked(place.interpreters, there, queues.now)
    await spot.save(force_create=True)


def _same_evening(home: Session, there: Session) -> bool:
    """Whether two sessions teach the same, and the other can be chosen by who sees the list."""
    same = home.curriculum == there.curriculum or (home.series_id is not None and home.series_id == there.series_id)
    return same and there.visibility == Visibility.OPEN


def _leaving(place: Place, there: Session, settings: Settings) -> Leaving:
    home = place.session
    return Leaving(
        starts_at=home.starts_at,
        late=settings.late_move,
        way_seen=place.directions_shown,
        same_venue=home.venue_id == there.venue_id,
        free_to_move=home.moves_freely,
    )
