"""The schedule's revision: raised by what changes public pages, never by a place.

Its row is also the lock under which the schedule changes. Whoever changes it takes this row
first and sessions after it, in the order of their ids: nobody waits for somebody who waits for them.
"""

from tortoise.expressions import F

from workshops.curricula.actions import forget_editions
from workshops.curricula.state import Library
from workshops.database.connection import transaction
from workshops.database.news import tell
from workshops.schedule.models import Schedule, Session
from workshops.schedule.rules import SessionState
from workshops.web.memory import Memory


async def bump_revision() -> None:
    """Make every process render its public pages anew; part of the caller's transaction."""
    await Schedule.filter(id=1).update(revision=F("revision") + 1)
    await tell()


async def current_revision() -> int:
    """The number of the newest state of the public pages."""
    row = await Schedule.get(id=1)
    return int(row.revision)


async def show_newest(library: Library, memory: Memory) -> None:
    """Let public pages show what any process changed: first the texts they are made from, then the pages."""
    revision = await current_revision()
    if revision != memory.revision:
        await library.turn_to_newest(await taught_editions())
        memory.turn_to(revision)


async def taught_editions() -> frozenset[str]:
    """Digests of the texts that published sessions teach until they are forgotten."""
    found = Session.filter(state=SessionState.PUBLISHED, forgotten=False).exclude(revision="")
    return frozenset(map(str, await found.distinct().values_list("revision", flat=True)))


async def forget_texts() -> None:
    """Delete the texts that nothing needs any more; the lock keeps out who is about to need one."""
    async with transaction():
        await lock_schedule()
        await forget_editions(await taught_editions())


async def lock_schedule() -> None:
    """Let one change of the schedule happen at a time; part of the caller's transaction."""
    await Schedule.filter(id=1).select_for_update().get()
