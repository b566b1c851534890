"""Questions about what calendars are told."""

from datetime import datetime

from tortoise.expressions import Q

from workshops.feeds.rules import AFTER_END, CANCELLED_FOR
from workshops.schedule.models import Session
from workshops.schedule.queries import FULL, Wanted
from workshops.schedule.rules import SessionState, Visibility


async def calendar_sessions(wanted: Wanted, now: datetime) -> list[Session]:
    """Open, listed sessions until a day after they end, and cancelled ones for thirty days."""
    published = Q(state=SessionState.PUBLISHED, ends_at__gt=now - AFTER_END)
    cancelled = Q(state=SessionState.CANCELLED, cancelled_on__gte=(now - CANCELLED_FOR).date())
    found = Session.filter(published | cancelled, frozen=False, visibility=Visibility.OPEN)
    if wanted.curricula is not None:
        found = found.filter(curriculum__in=list(wanted.curricula))
    if wanted.language is not None:
        found = found.filter(language=wanted.language)
    if wanted.area_id is not None:
        found = found.filter(venue__area_id=wanted.area_id)
    return await found.select_related(*FULL).order_by("starts_at", "id")
