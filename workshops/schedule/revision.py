"""The schedule's revision: raised by what changes public pages, never by a place."""

from tortoise.expressions import F

from workshops.schedule.models import Schedule


async def bump_revision() -> None:
    """Make every process render its public pages anew; part of the caller's transaction."""
    await Schedule.filter(id=1).update(revision=F("revision") + 1)
