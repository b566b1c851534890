"""Questions that only staff may ask of the schedule."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tortoise.expressions import Q

from workshops.schedule.models import Area, Session, SessionFacilitator, Venue
from workshops.schedule.nights import night_of
from workshops.schedule.queries import FULL, PUBLIC_STATES
from workshops.schedule.rules import SessionState
from workshops.staff.models import Account

ALL = (*FULL, "series")
PEOPLE = "facilitators__account"
AFTERWARDS = timedelta(hours=6)  # as long as who ran an evening may still need its page


async def planned_sessions(now: datetime) -> list[Session]:
    """Every session that is not over, drafts too."""
    found = Session.filter(ends_at__gt=now).select_related(*ALL).prefetch_related(PEOPLE)
    return await found.order_by("starts_at", "id")


async def sessions_run_by(account_id: str, now: datetime) -> list[Session]:
    """The sessions that somebody runs, as far as the public knows of them, until some hours after."""
    mine = await SessionFacilitator.filter(account_id=account_id).values_list("session_id", flat=True)
    found = Session.filter(id__in=list(mine), state__in=PUBLIC_STATES, ends_at__gt=now - AFTERWARDS)
    return await found.select_related(*ALL).prefetch_related(PEOPLE).order_by("starts_at", "id")


async def planned_session(session_id: str) -> Session | None:
    """A session in whatever state, with all that its plan says."""
    return await Session.filter(id=session_id).select_related(*ALL).prefetch_related(PEOPLE).first()


async def venues() -> list[Venue]:
    """All venues, those no longer used last."""
    return await Venue.all().select_related("area").order_by("retired", "name", "id")


async def venue(venue_id: str) -> Venue | None:
    return await Venue.filter(id=venue_id).select_related("area").first()


async def usable_venues(also: str | None) -> list[Venue]:
    """The venues that a session may be held at; `also` names one that it keeps."""
    return await Venue.filter(Q(retired=False) | Q(id=also or "")).select_related("area").order_by("name", "id")


async def handles_that_run() -> list[str]:
    """Handles of everybody who may run a session."""
    found = Account.filter(Q(facilitator=True) | Q(coordinator=True), active=True).order_by("handle")
    return [str(handle) for handle in await found.values_list("handle", flat=True)]


async def accounts_named(handles: Collection[str]) -> list[Account]:
    return await Account.filter(handle__in=list(handles))


async def coming_at(venue_id: str, now: datetime) -> list[Session]:
    """The sessions still to be held at a venue, drafts too, in the order in which they are locked."""
    found = Session.filter(venue_id=venue_id, state__not=SessionState.CANCELLED, ends_at__gt=now)
    return await found.order_by("id")


async def letters_around(moment: datetime, zone: ZoneInfo, small_hours_end: time, *, but: str) -> set[str]:
    """The letters that a night's sessions have already, except that of the session named by `but`."""
    day = timedelta(hours=36)  # wherever on earth its venue is
    near = Session.filter(starts_at__gt=moment - day, starts_at__lt=moment + day).exclude(id=but)
    night = night_of(moment, zone, small_hours_end)
    return {
        each.letter
        for each in await near.select_related("venue")
        if night_of(each.starts_at, ZoneInfo(each.venue.zone), small_hours_end) == night
    }


async def area_exists(label: str) -> bool:
    return await Area.filter(label=label).exists()


async def area_labels() -> list[str]:
    """Every part of town, as strangers read it."""
    return [str(label) for label in await Area.all().order_by("label").values_list("label", flat=True)]
