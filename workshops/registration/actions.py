"""Looking at a place, which uses its code, and giving it back; what that changes is one transaction, safe to repeat."""

from datetime import datetime

from workshops.registration.codes import Code
from workshops.registration.counters import has_seat
from workshops.registration.locking import locked_queues
from workshops.registration.models import Place, Registration
from workshops.registration.opening import opened
from workshops.registration.queries import Found, find_place, target_of, use_code
from workshops.registration.queue import Queues
from workshops.registration.rules import Event, PlaceState, TooLate
from workshops.registration.telling import tell_way
from workshops.schedule.models import Session
from workshops.schedule.rules import SessionState
from workshops.settings import Settings
from workshops.vault import Purpose, Vault


async def look_at_place(
    code: Code, *, vault: Vault, settings: Settings, now: datetime, telling: bool = False
) -> Place | None:
    """Open the place behind a code; looking confirms a held place and marks the code as used.

    With `telling` the answer may say the way there, and the place is marked as having been told.

    Returns:
        The place with its session and venue, or None where there is none (any more).
    """
    found = await use_code(code, vault)
    if found is not None and _is_at_rest(found.place):
        place = found.place
        place.session.hushed = not found.site.tells(now)
        if not telling or await tell_way(place, now):
            return place
    return await _happen(Event.LOOK, found, settings=settings, now=now, telling=telling)


async def cancel_place(code: Code, *, vault: Vault, settings: Settings, now: datetime) -> None:
    """Give a place or a waiting spot back; giving it back twice is the same as once.

    Raises:
        TooLate: the evening has begun.
    """
    await _happen(Event.CANCEL, await find_place(code, vault), settings=settings, now=now)


async def stop_showing(code: Code, *, vault: Vault) -> None:
    """Show the code to nobody who only holds the form: its owner has written it down."""
    given = Registration.filter(digest__in=vault.digests(Purpose.CODE, code.digits))
    await given.update(used=True, slip_batch_id=None)


def _is_at_rest(place: Place) -> bool:
    """Whether a look changes nothing of a queue, so that it need not wait for whoever changes one."""
    waits = place.state != PlaceState.CONFIRMED or place.waits_elsewhere or place.session.asks_again
    return not waits and not place.asked and place.registration.slip_batch_id is None


async def _happen(
    event: Event, found: Found | None, *, settings: Settings, now: datetime, telling: bool = False
) -> Place | None:
    if found is None:
        return None
    async with locked_queues([found.place.session_id], settings, now, of=found.place.registration_id) as queues:
        place = await opened(found.place, queues)
        if place is None:
            return None
        await _answer(place)
        if event is Event.CANCEL:
            await _give_back(place, place.session, queues)
            return None
        await queues.apply(place, _at_last_call(event, place, place.session, queues), place.session)
        if telling:
            await tell_way(place, now)
        return place


async def _give_back(place: Place, session: Session, queues: Queues) -> None:
    """Give back a place and what its code waits for elsewhere.

    Raises:
        TooLate: the evening has begun.
    """
    if queues.now >= session.starts_at:
        raise TooLate
    target = await target_of(place)
    if target is not None:
        await queues.end_target(target)
    await queues.apply(place, Event.CANCEL, session)


def _at_last_call(event: Event, place: Place, session: Session, queues: Queues) -> Event:
    """A look becomes a claim where a seat is free that nobody can be promised any more."""
    waits = place.standing.state is PlaceState.WAITING
    free = has_seat(session, slip_seat=False) or (place.slip_seat and has_seat(session, slip_seat=True))
    promised = queues.hold(session) is not None
    takes_place = session.state == SessionState.PUBLISHED and queues.now < session.ends_at
    return Event.SEAT_FREE if event is Event.LOOK and waits and free and takes_place and not promised else event


async def _answer(place: Place) -> None:
    """A look says that its owner is still coming."""
    if place.asked:
        place.asked = False
        await Place.filter(id=place.id).update(asked=False)
