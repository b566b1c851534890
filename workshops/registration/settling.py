"""Settling: holds that are over lapse and their seats pass on, whether anybody looks or not."""

from datetime import datetime

from tortoise.expressions import Q

from workshops.registration.locking import locked_queues
from workshops.registration.models import Place
from workshops.registration.rules import PlaceState
from workshops.schedule.models import Session
from workshops.schedule.rules import SessionState
from workshops.settings import Settings


async def settle_due(settings: Settings, now: datetime) -> int:
    """Settle every session with a hold that is over, somebody who waits to move, or a question; returns how many."""
    held = Q(state=PlaceState.HELD, held_until__lte=now, session__state=SessionState.PUBLISHED)
    due_places = Place.filter(held | Q(target=True))
    asking = Session.filter(asks_again=True, state=SessionState.PUBLISHED, starts_at__gt=now)
    found = [*await due_places.values_list("session_id", flat=True), *await asking.values_list("id", flat=True)]
    due = sorted({str(each) for each in found})
    for session_id in due:
        async with locked_queues([session_id], settings, now) as queues:
            session = queues.session(session_id)
            if session is not None:
                await queues.settle(session)
    return len(due)
