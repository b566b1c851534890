"""The quarter-hour tick: what public pages say about places moves then and at no other time."""

from datetime import datetime

from workshops.database.connection import transaction
from workshops.schedule.models import Session
from workshops.schedule.revision import bump_revision
from workshops.schedule.rules import SessionState, availability


async def tick_availability(now: datetime) -> int:
    """Say anew how many places coming sessions have; returns how many labels changed."""
    coming = await Session.filter(state=SessionState.PUBLISHED, ends_at__gt=now).order_by("id")
    changed = [
        each for each in coming if availability(each.seats, each.shown_availability) is not each.shown_availability
    ]
    if not changed:
        return 0
    async with transaction():
        await bump_revision()  # locks the schedule before any session, as everything that changes it does
        for each in changed:
            label = availability(each.seats, each.shown_availability)
            await Session.filter(id=each.id).update(availability=label)
    return len(changed)
