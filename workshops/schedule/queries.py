"""Questions about the schedule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from workshops.database.statements import Row, read_row
from workshops.schedule.models import Area, Session, Venue
from workshops.schedule.rules import SessionState, Visibility
from workshops.schedule.site import is_frozen

FULL = ("venue", "venue__area")
PUBLIC_STATES = (SessionState.PUBLISHED, SessionState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sessions a list is about; None means any."""

    curricula: Sequence[str] | None = None  # ids
    language: str | None = None
    area_id: str | None = None


async def coming_sessions(wanted: Wanted, now: datetime) -> list[Session]:
    """Open, listed sessions that are not over, in the order of their starts."""
    found = narrowed((await shown_sessions()).filter(_listed(), ends_at__gt=now), wanted)
    return await found.select_related(*FULL).order_by("starts_at", "id")


def narrowed(found: QuerySet[Session], wanted: Wanted) -> QuerySet[Session]:
    """Those of some sessions that a list is about."""
    if wanted.curricula is not None:
        found = found.filter(curriculum__in=list(wanted.curricula))
    if wanted.language is not None:
        found = found.filter(language=wanted.language)
    if wanted.area_id is not None:
        found = found.filter(venue__area_id=wanted.area_id)
    return found


async def public_session(session_id: str, now: datetime) -> Session | None:
    """A session whose page anyone with the address may see: until a day after it ended."""
    found = (await shown_sessions()).filter(id=session_id, ends_at__gt=now - timedelta(days=1))
    return await found.select_related(*FULL).prefetch_related("facilitators__account").first()


async def sibling_sessions(session: Session, now: datetime) -> list[Session]:
    """Other coming sessions of the same curriculum, to choose among."""
    others = (await shown_sessions()).filter(_listed(), curriculum=session.curriculum).exclude(id=session.id)
    return await others.filter(starts_at__gt=now).select_related(*FULL).order_by("starts_at", "id").limit(6)


def read_session(row: Row) -> Session:
    """The session in a row under `s`, with its venue under `v`."""
    session = read_row(Session, row, "s")
    session.venue = read_row(Venue, row, "v")
    return session


async def areas() -> list[Area]:
    return await Area.all().order_by("label")


async def coming_languages(now: datetime) -> list[str]:
    """The languages in which coming sessions are held."""
    found = (await shown_sessions()).filter(_listed(), ends_at__gt=now).distinct().values_list("language", flat=True)
    return sorted({str(code) for code in await found})


async def shown_languages() -> list[str]:
    """The languages of all sessions that lists and calendars may show, over or not."""
    found = (await shown_sessions()).filter(_listed()).distinct().values_list("language", flat=True)
    return [str(code) for code in await found]


async def count_coming(now: datetime) -> int:
    """How many sessions the list has while nothing narrows it."""
    return await (await shown_sessions()).filter(_listed(), ends_at__gt=now).count()


async def shown_sessions() -> QuerySet[Session]:
    """What the public may know of at all: nothing while the site is hidden."""
    shown = Session.filter(frozen=False, state__in=PUBLIC_STATES)
    return shown.filter(id="") if await is_frozen() else shown


def _listed() -> Q:
    return Q(visibility=Visibility.OPEN)
