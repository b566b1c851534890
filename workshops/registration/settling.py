"""Settling: holds that are over lapse and their seats pass on, whether anybody looks or not."""

from datetime import datetime

from workshops.database.connection import transaction
from workshops.registration.models import Place
from workshops.registration.queue import lock_session, settle, sleep_hours
from workshops.registration.rules import PlaceState
from workshops.settings import Settings


async def settle_due(settings: Settings, now: datetime) -> int:
    """Settle every session that has a hold which is over; returns how many sessions."""
    over = Place.filter(state=PlaceState.HELD, held_until__lte=now).distinct()
    due = sorted({str(each) for each in await over.values_list("session_id", flat=True)})
    for session_id in due:
        async with transaction():
            session = await lock_session(session_id)
            if session is not None:
                await settle(session, sleep_hours(settings, session), now)
    return len(due)
