"""What holds for places whatever happened, and whatever happens to them next."""

from collections.abc import Sequence
from dataclasses import dataclass

from workshops.registration.models import Place, Registration, Slip, SlipBatch, UsedNonce
from workshops.schedule.models import Session


@dataclass(frozen=True)
class Spot:
    """A place as one look at the table saw it."""

    session_id: str
    registration_id: str
    state: str
    number: int | None
    target: bool
    slip_seat: bool
    directions_shown: bool

    @property
    def seated(self) -> bool:
        return self.state != "waiting"


async def spots() -> list[Spot]:
    rows = await Place.filter().values(*Spot.__dataclass_fields__)
    return [Spot(**row) for row in rows]


async def is_empty() -> bool:
    """Whether nothing at all is kept of participants, and no session counts any."""
    counts = [await model.filter().count() for model in (Place, Registration, Slip, SlipBatch, UsedNonce)]
    return not any(counts) and all(
        each.taken == each.slip_taken == each.waiting == 0 for each in await Session.filter()
    )


def see_nobody_skipped(before: Sequence[Spot], after: Sequence[Spot], *, last_call: bool) -> None:
    """Whoever was seated came from the head of the queue, or found no queue.

    Seats of the slips' share have a queue of their own: who waits with a slip.
    """
    for session_id in {spot.session_id for spot in after}:
        was = {spot.registration_id: spot for spot in before if spot.session_id == session_id and not spot.seated}
        had = {spot.registration_id for spot in before if spot.session_id == session_id and spot.seated}
        here = [spot for spot in after if spot.session_id == session_id]
        for spot in here:
            if not spot.seated or spot.registration_id in had:
                continue
            passed = [each for each in here if each.registration_id in was and _would_have(each, spot)]
            former = was.get(spot.registration_id)
            if former is None:
                assert not passed, "somebody was seated past a queue"
            elif not last_call:
                assert all(_number(former) < _number(each) for each in passed), "the head was skipped"


async def see_nobody_led_to_two_places(before: Sequence[Spot], after: Sequence[Spot]) -> None:
    """Whoever was told a way is still at its venue, unless that evening itself went elsewhere."""
    venues = {str(each.id): each.venue_id for each in await Session.filter()}
    was = {spot.registration_id: spot for spot in before if spot.directions_shown}
    for spot in after:
        former = was.get(spot.registration_id)
        if former is not None and not spot.target and spot.session_id != former.session_id:
            assert venues[spot.session_id] == venues[former.session_id], (
                "who was told one way came to where another leads"
            )
            assert spot.directions_shown, "that a way was told was forgotten"


def _would_have(waiting: Spot, seat: Spot) -> bool:
    """Whether somebody who waits still could have had this seat: those kept for slips go to slips alone."""
    return not waiting.seated and (waiting.slip_seat or not seat.slip_seat)


def _number(spot: Spot) -> int:
    assert spot.number is not None
    return spot.number


async def see_that_sums_agree() -> None:
    """Nothing is oversold, counters are what can be counted, and nobody has two of anything."""
    now = await spots()
    for session in await Session.filter():
        here = [spot for spot in now if spot.session_id == session.id]
        assert session.taken == sum(spot.seated and not spot.slip_seat for spot in here) <= session.registrable
        assert session.slip_taken == sum(spot.seated and spot.slip_seat for spot in here) <= session.slip_share
        assert session.waiting == sum(not spot.seated for spot in here) <= session.queue_limit
        numbers = [spot.number for spot in here if spot.number is not None]
        assert len(numbers) == len(set(numbers)) == session.waiting
    own = [spot.registration_id for spot in now if not spot.target]
    targets = [spot.registration_id for spot in now if spot.target]
    assert len(own) == len(set(own))
    assert len(targets) == len(set(targets))
    assert set(targets) <= set(own)
    assert not any(spot.seated for spot in now if spot.target)
    assert {each.id for each in await Registration.filter()} == set(own)
