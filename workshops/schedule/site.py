"""Hiding the whole site, being about to empty it, and confirming its clock: columns of the schedule's one row."""

from datetime import datetime

from workshops.database.connection import transaction
from workshops.database.statements import Row, Statement, look_up, read_row
from workshops.schedule.models import Schedule
from workshops.schedule.revision import bump_revision
from workshops.schedule.site_rules import (
    DELETION_AFTER,
    ClockDoubted,
    DeletionWaits,
    Frozen,
    SiteState,
    hour_lived,
)
from workshops.staff.actions import record

_FROZEN = Statement("SELECT 1 AS hidden FROM schedule WHERE id = 1 AND frozen")
_SITE = Statement("SELECT {m} FROM schedule m WHERE id = 1", m=Schedule)


async def site_state() -> SiteState:
    """How the site stands, by one query."""
    (row,) = await look_up(_SITE())
    return read_site(row)


def read_site(found: Row) -> SiteState:
    """The state of the site in a row that holds the schedule under `m`."""
    row = read_row(Schedule, found, "m")
    return SiteState(row.frozen, row.deletion_due, row.high_water)


async def is_frozen() -> bool:
    """Whether everything is hidden."""
    return bool(await look_up(_FROZEN()))


async def ensure_not_frozen() -> None:
    """Let visitors pass only while the site is not hidden.

    Raises:
        Frozen: it is.
    """
    if await is_frozen():
        raise Frozen


async def freeze(handle: str, now: datetime) -> None:
    """Hide every session and all directions at once; hiding twice is the same as once."""
    async with transaction():
        await bump_revision()
        if not (await site_state()).frozen:
            await Schedule.filter(id=1).update(frozen=True)
            await record(handle, "hid everything", now)


async def thaw(handle: str, now: datetime) -> None:
    """Show again what was hidden.

    Raises:
        DeletionWaits: it is about to be deleted.
    """
    async with transaction():
        await bump_revision()
        state = await site_state()
        if state.deletion_due is not None:
            raise DeletionWaits
        if state.frozen:
            await Schedule.filter(id=1).update(frozen=False)
            await record(handle, "showed everything", now)


async def start_deletion(handle: str, now: datetime) -> datetime:
    """Hide everything now and let it be deleted soon; says when. Asking twice does not put it off.

    Raises:
        ClockDoubted: nobody knows when that would be.
    """
    async with transaction():
        await bump_revision()
        state = await site_state()
        if state.doubts(now):
            raise ClockDoubted
        if state.deletion_due is not None:
            return state.deletion_due
        await Schedule.filter(id=1).update(frozen=True, deletion_due=now + DELETION_AFTER)
        await record(handle, "started deletion", now)
        return now + DELETION_AFTER


async def stop_deletion(handle: str, now: datetime) -> bool:
    """Keep what was about to be deleted; it stays hidden. Says whether there was anything to stop."""
    async with transaction():
        await bump_revision()
        if (await site_state()).deletion_due is None:
            return False
        await Schedule.filter(id=1).update(deletion_due=None)
        await record(handle, "stopped deletion", now)
        return True


async def confirm_clock(handle: str, now: datetime) -> None:
    """Believe the clock again, however far it jumped."""
    async with transaction():
        await bump_revision()
        if (await site_state()).doubts(now):
            await Schedule.filter(id=1).update(high_water=now.replace(minute=0, second=0, microsecond=0))
            await record(handle, "confirmed clock", now)


async def remember_hour(state: SiteState, now: datetime) -> None:
    """Remember the hour the site lives through, unless it is too far off to be believed."""
    hour = hour_lived(state, now)
    if hour is not None:
        async with transaction():
            await Schedule.filter(id=1).update(high_water=hour)
