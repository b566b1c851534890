"""Deleting everything about participants at once, because somebody asked for it a quarter of an hour ago."""

from datetime import datetime

from tortoise.expressions import F

from workshops.database.connection import transaction
from workshops.database.residue import Traces
from workshops.registration.forgetting import forget_session
from workshops.registration.holdings import MODELS
from workshops.registration.locking import lock_session
from workshops.schedule.models import Schedule, Session, Venue
from workshops.schedule.revision import bump_revision
from workshops.schedule.site import site_state
from workshops.staff.actions import record

BY_ITSELF = "-"  # handles are longer


async def delete_everything(now: datetime) -> Traces | None:
    """Delete registrations, places, slips, marks and every way there, if that is still due; the site stays hidden.

    Sessions and venues stay, with nothing in them that came from a participant or leads to a door.
    Forms that are open now give nothing any more.

    Returns:
        What was deleted; None when somebody stopped it meanwhile.
    """
    async with transaction():
        await bump_revision()  # the schedule's row first, as everywhere
        if not (await site_state()).is_deletion_due(now):
            return None
        traces = await _empty_sessions(now)
        for model in MODELS:  # before anything is deleted: rows go with those they belong to
            if "digest" in model._meta.fields_map:  # noqa: SLF001 (Tortoise's own way to its fields)
                traces += Traces([str(each) for each in await model.all().values_list("digest", flat=True)])
        for model in MODELS:
            await model.all().delete()
        traces += Traces((), [each for each in await _ways(Venue) if each])
        await Venue.all().update(directions=None)
        await Schedule.filter(id=1).update(deletion_due=None)
        await record(BY_ITSELF, "deleted everything", now)
        return traces


async def _empty_sessions(now: datetime) -> Traces:
    """Write the sums of what has ended, and empty the rest; in the order of ids, as everywhere."""
    traces = Traces()
    for session_id in await Session.filter(forgotten=False).order_by("id").values_list("id", flat=True):
        session = await lock_session(str(session_id))
        assert session is not None, "sessions are only deleted by who locks the schedule"
        if session.ends_at <= now:
            traces += await forget_session(session)
    traces += Traces((), [each for each in await _ways(Session) if each])
    await Session.filter(forgotten=False).update(
        taken=0, slip_taken=0, waiting=0, recent_takes=0, directions=None, evening_word="", epoch=F("epoch") + 1
    )
    return traces


async def _ways(model: type[Session] | type[Venue]) -> list[bytes | None]:
    found = await model.filter(directions__not_isnull=True).values_list("directions", flat=True)
    return [bytes(each) for each in found]
