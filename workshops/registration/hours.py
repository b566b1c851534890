"""The hours of one session: when its people sleep, how long they are kept a place, and when they are asked."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from workshops.registration.asking import Asking, asking_of
from workshops.registration.holds import HoldLimits, SleepHours, held_until, promised_until
from workshops.schedule.models import Session
from workshops.settings import Settings


def sleep_hours(settings: Settings, session: Session) -> SleepHours:
    """The site's sleep hours by the wall clock of the session's venue, which must be fetched."""
    return SleepHours(settings.sleep_from, settings.sleep_until, ZoneInfo(session.venue.zone))


def hold_limits(settings: Settings) -> HoldLimits:
    return HoldLimits(settings.hold_part, settings.hold_least, settings.hold_most)


def hold_from(session: Session, settings: Settings, now: datetime, *, lapses: int = 0) -> datetime | None:
    """Until when a seat of this session that comes free now would be held."""
    sleep, limits = sleep_hours(settings, session), hold_limits(settings)
    return held_until(now, session.starts_at, last_call(session), sleep, limits, lapses=lapses)


def promise_from(session: Session, settings: Settings, now: datetime, *, lapses: int = 0) -> datetime | None:
    """Until when nobody who waits for this session now can miss a turn."""
    sleep, limits = sleep_hours(settings, session), hold_limits(settings)
    return promised_until(now, session.starts_at, last_call(session), sleep, limits, lapses=lapses)


def asking_from(session: Session, sleep: SleepHours) -> Asking:
    """When this session asks who is still coming, if it does."""
    return asking_of(last_call(session), sleep)


def last_call(session: Session) -> datetime:
    return session.starts_at - timedelta(minutes=session.last_call)
