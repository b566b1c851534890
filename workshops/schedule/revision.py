"""The schedule's revision: raised by what changes public pages, never by a place.

Its row is also the lock under which the schedule changes. Whoever changes it takes this row
first and sessions after it, in the order of their ids: nobody waits for somebody who waits for them.
"""

from tortoise.expressions import F

from workshops.database.news import tell
from workshops.schedule.models import Schedule


async def bump_revision() -> None:
    """Make every process render its public pages anew; part of the caller's transaction."""
    await Schedule.filter(id=1).update(revision=F("revision") + 1)
    await tell()


async def lock_schedule() -> None:
    """Let one change of the schedule happen at a time; part of the caller's transaction."""
    await Schedule.filter(id=1).select_for_update().get()
