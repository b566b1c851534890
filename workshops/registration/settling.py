"""Settling: holds that are over lapse and their seats pass on, whether anybody looks or not."""

from datetime import datetime

from tortoise.expressions import Q

from workshops.registration.locking import locked_queues
from workshops.registration.models import Place
from workshops.registration.rules import PlaceState
from workshops.settings import Settings


async def settle_due(settings: Settings, now: datetime) -> int:
    """Settle every session with a hold that is over or somebody who waits there to move; returns how many."""
    due_places = Place.filter(Q(state=PlaceState.HELD, held_until__lte=now) | Q(target=True))
    due = sorted({str(each) for each in await due_places.values_list("session_id", flat=True)})
    for session_id in due:
        async with locked_queues([session_id], settings, now) as queues:
            session = queues.session(session_id)
            if session is not None:
                await queues.settle(session)
    return len(due)
