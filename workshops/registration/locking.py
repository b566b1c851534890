"""Locks for whoever changes a queue: all sessions that a chain of moves can reach, in the order of their ids."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import datetime

from workshops.database.connection import transaction
from workshops.registration.models import Place
from workshops.registration.queue import Queues
from workshops.schedule.models import Session
from workshops.schedule.revision import lock_schedule
from workshops.schedule.site import site_state
from workshops.settings import Settings


@asynccontextmanager
async def locked_queues(
    session_ids: Collection[str], settings: Settings, now: datetime, *, with_schedule: bool = False, of: str = ""
) -> AsyncIterator[Queues]:
    """One transaction that has locked these sessions and all that a chain of moves from them can reach.

    `of` names a registration, whose places may move until they are locked.
    """
    wanted = set(session_ids)
    while True:
        wanted = await _reachable(wanted, of)
        async with transaction():
            if with_schedule:
                await lock_schedule()
            sessions = [await lock_session(session_id) for session_id in sorted(wanted)]
            if await _reachable(wanted, of) == wanted:  # nobody has tied another session to these meanwhile
                site = await site_state()
                found = [session for session in sessions if session]
                for session in found:
                    session.hushed = not site.tells(now)
                yield Queues(found, settings, site.sure(now))
                return


async def _reachable(session_ids: set[str], of: str) -> set[str]:
    """These sessions and a registration's, those in which codes that wait here to move hold a place, and so on."""
    own = await Place.filter(registration_id=of).values_list("session_id", flat=True) if of else ()
    found = session_ids | {str(each) for each in own}
    while True:
        movers = Place.filter(session_id__in=list(found), target=True)
        registrations = await movers.values_list("registration_id", flat=True)
        if not registrations:
            return found
        homes = Place.filter(registration_id__in=list(registrations), target=False)
        further = found | {str(each) for each in await homes.values_list("session_id", flat=True)}
        if further == found:
            return found
        found = further


async def lock_session(session_id: str) -> Session | None:
    """Lock one session for the caller's transaction and read it with its venue."""
    session = await Session.filter(id=session_id).select_for_update().get_or_none()
    if session is not None:
        await session.fetch_related("venue")
    return session
