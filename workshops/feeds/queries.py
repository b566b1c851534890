"""Questions about what calendars are told."""

from datetime import datetime

from tortoise.expressions import Q

from workshops.feeds.rules import AFTER_END, CANCELLED_FOR
from workshops.schedule.models import Session
from workshops.schedule.queries import FULL, Wanted, narrowed, shown_sessions
from workshops.schedule.rules import SessionState, Visibility


async def calendar_sessions(wanted: Wanted, now: datetime) -> list[Session]:
    """Open, listed sessions until a day after they end, and cancelled ones for thirty days."""
    published = Q(state=SessionState.PUBLISHED, ends_at__gt=now - AFTER_END)
    cancelled = Q(state=SessionState.CANCELLED, cancelled_on__gte=(now - CANCELLED_FOR).date())
    found = (await shown_sessions()).filter(published | cancelled, visibility=Visibility.OPEN)
    return await narrowed(found, wanted).select_related(*FULL).order_by("starts_at", "id")
