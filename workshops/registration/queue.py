"""The queues at work: a freed seat passes to the head of its queue in the transaction that frees it.

A head may hold a place elsewhere and wait here to move; its turn then frees a seat there, and
so on. `locking` therefore locks every session that such a chain can reach.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from workshops.registration.counters import Counters, has_seat
from workshops.registration.hours import asking_from, hold_from, sleep_hours
from workshops.registration.interpreters import still_asked
from workshops.registration.models import Place, Registration
from workshops.registration.moving import target_ends_at
from workshops.registration.queries import own_place
from workshops.registration.revising import revise_feed
from workshops.registration.rules import CONFIRMED, Event, PlaceState, Seat, Standing, step
from workshops.schedule.models import Session
from workshops.schedule.rules import SessionState
from workshops.settings import Settings


def _standing(place: Place, session: Session) -> Standing:
    """How a place stands; what is held in an evening that is cancelled stays, for its owner to be told."""
    standing = place.standing
    return replace(standing, held_until=None) if session.state == SessionState.CANCELLED else standing


class Queues(Counters):
    """The queues of sessions that one transaction has locked."""

    def __init__(self, sessions: Collection[Session], settings: Settings, now: datetime) -> None:
        super().__init__(sessions)
        self._settings = settings
        self.now = now

    def hold(self, session: Session, *, lapses: int = 0) -> datetime | None:
        """Until when a seat of a session that comes free now would be held."""
        return hold_from(session, self._settings, self.now, lapses=lapses)

    async def settle(self, session: Session) -> None:
        """Let what is over end, pass seats on, and hand free seats to who waits."""
        await self._end_targets(session)
        await self._end_holds(session)
        await self._ask(session)
        for slip_seat in (True, False):
            while session.waiting and has_seat(session, slip_seat=slip_seat):
                await self.count_seats(session, 1, slip_seat=slip_seat)
                if not await self._turn(session, lapses=0, slip_seat=slip_seat):
                    await self.count_seats(session, -1, slip_seat=slip_seat)
                    break

    async def _end_holds(self, session: Session) -> None:
        """Pass on what is held no longer; not once an evening is cancelled, so that its people are told of that."""
        if session.state == SessionState.CANCELLED:
            return
        over = Place.filter(session_id=session.id, state=PlaceState.HELD, held_until__lte=self.now)
        for place in await over.order_by("id"):
            await self._drop(place)
            await self.free_seat(session, lapses=place.lapses + 1, slip_seat=place.slip_seat)

    async def apply(self, place: Place, event: Event, session: Session) -> None:
        """Let an event happen to a place: write its standing, or delete it, and do right by its seat."""
        outcome = step(_standing(place, session), event, self.now)
        if outcome.seat is Seat.TAKEN_FROM_FREE:
            place.slip_seat = place.slip_seat and has_seat(session, slip_seat=True)
        if outcome.standing is None:
            await self._drop(place)
        elif outcome.standing != place.standing:
            place.stand(outcome.standing)
            await place.save(update_fields=["state", "held_until", "number", "slip_seat"])
            await revise_feed(place.registration_id, session)
        match outcome.seat:
            case Seat.FREED:
                await self.free_seat(session, slip_seat=place.slip_seat)
            case Seat.LEFT_QUEUE:
                await self.count(session, waiting=-1)
            case Seat.TAKEN_FROM_FREE:
                await self.count(session, waiting=-1)
                await self.count_seats(session, 1, slip_seat=place.slip_seat)
            case _:
                pass

    async def free_seat(self, session: Session, *, lapses: int = 0, slip_seat: bool = False) -> None:
        """Pass a freed seat to the head of the queue; it becomes free only where nobody can be given it.

        A seat of the slips' share passes to the first who waits with a slip, and else is there for the next slip.
        """
        if not await self._turn(session, lapses=lapses, slip_seat=slip_seat):
            await self.count_seats(session, -1, slip_seat=slip_seat)

    async def leave(self, place: Place) -> None:
        """Give up whatever a place has in its session: a seat passes on, a number is not used again."""
        session = self._sessions[place.session_id]
        if place.state == PlaceState.WAITING:
            await self.count(session, waiting=-1)
        else:
            await self.free_seat(session, slip_seat=place.slip_seat)

    async def end_target(self, target: Place) -> None:
        """Stop waiting for another evening; the place at home stays as it is."""
        there = self._sessions[target.session_id]
        await target.delete()
        await revise_feed(target.registration_id, there)
        await self.count(there, waiting=-1)

    async def _drop(self, place: Place) -> None:
        """Delete a place; what its code waits for becomes its place, and without that its registration goes too."""
        await place.delete()
        if await Place.filter(registration_id=place.registration_id, target=True).update(target=False):
            await revise_feed(place.registration_id, self._sessions[place.session_id])
            return
        if not await Place.filter(registration_id=place.registration_id).exists():
            await Registration.filter(id=place.registration_id).delete()

    async def _turn(self, session: Session, *, lapses: int, slip_seat: bool) -> bool:
        """Give a seat that is counted as taken to the head of its queue; False where nobody can have it."""
        waiting = Place.filter(session_id=session.id, state=PlaceState.WAITING).order_by("number")
        while session.waiting and session.state == SessionState.PUBLISHED:
            head = await (waiting.filter(slip_seat=True) if slip_seat else waiting).first()
            if head is None:
                return False
            if not head.target:
                return await self._hold(head, session, lapses=lapses, slip_seat=slip_seat)
            home = await own_place(head.registration_id)
            assert home is not None  # a code waits to move only with a place at home
            await self.end_target(head)
            if not self._is_tied(home, session):
                await self.move(home, session)  # the seat here first, then the place at home goes
                return True
        return False

    async def _hold(self, head: Place, session: Session, *, lapses: int, slip_seat: bool) -> bool:
        until = self.hold(session, lapses=lapses)
        if until is None:
            return False
        standing = step(head.standing, Event.TURN, self.now, held_until=until).standing
        assert standing is not None
        head.stand(standing)
        head.lapses, head.slip_seat = lapses, slip_seat
        await head.save(update_fields=["state", "held_until", "number", "lapses", "slip_seat"])
        await self.count(session, waiting=-1)
        return True

    async def move(self, place: Place, session: Session) -> None:
        """Seat a place in another session, where a seat is counted for it already, and leave the old one."""
        former = Place(session_id=place.session_id, state=place.state, slip_seat=place.slip_seat)
        place.session = session
        place.stand(CONFIRMED)
        place.interpreters = still_asked(place.interpreters, session, self.now)
        place.lapses = 0
        place.slip_seat = False
        place.vouched = False  # for this one nobody of ours has
        place.asked = False
        place.directions_told = session.directions_revision
        columns = ["session_id", "state", "held_until", "number", "lapses", "slip_seat", "directions_told", "asked"]
        await place.save(update_fields=[*columns, "interpreters", "vouched"])
        await Registration.filter(id=place.registration_id, slip_batch_id__not_isnull=True).update(slip_batch_id=None)
        await revise_feed(place.registration_id, self._sessions[former.session_id])
        await self.leave(former)

    async def _ask(self, session: Session) -> None:
        """Ask who is still coming, once; afterwards pass on unanswered seats to as many as wait."""
        if not session.asks_again or session.state != SessionState.PUBLISHED:
            return
        sleep = sleep_hours(self._settings, session)
        asking = asking_from(session, sleep)
        if not session.asked and asking.may_begin(self.now, sleep):
            session.asked = True
            await Session.filter(id=session.id).update(asked=True)
            seated = Place.filter(session_id=session.id, state=PlaceState.CONFIRMED, vouched=False)
            await seated.update(asked=True)
        if session.asked and asking.is_over(self.now):
            await self._pass_on_unanswered(session)

    async def _pass_on_unanswered(self, session: Session) -> None:
        unanswered = Place.filter(session_id=session.id, asked=True)
        for place in await unanswered.order_by("id"):  # ids are random: nobody is preferred
            if not session.waiting or self.hold(session) is None:
                return
            await self._drop(place)
            await self.free_seat(session)

    async def _end_targets(self, session: Session) -> None:
        """End what waits here to move and cannot any more."""
        for target in await Place.filter(session_id=session.id, target=True).order_by("number"):
            home = await Place.get(registration_id=target.registration_id, target=False)
            if self._is_tied(home, session) or session.state != SessionState.PUBLISHED:
                await self.end_target(target)

    def _is_tied(self, home: Place, session: Session) -> bool:
        """Whether a place cannot move to this session any more when its turn comes: too late, or its way was seen."""
        at_home = self._sessions[home.session_id]
        seen = home.directions_shown and at_home.venue_id != session.venue_id and not at_home.moves_freely
        return seen or self.now >= target_ends_at(at_home.starts_at, session.starts_at)
