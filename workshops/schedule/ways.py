"""A venue keeps its way while it has sessions to come, or because a coordinator wants that; else it is forgotten."""

from collections.abc import Sequence

from tortoise.queryset import QuerySet

from workshops.database.connection import transaction
from workshops.schedule.models import Session, Venue
from workshops.schedule.revision import lock_schedule
from workshops.schedule.rules import SessionState


async def forget_ways() -> Sequence[bytes]:
    """Forget the ways to all venues whose sessions are over or cancelled; one that had none yet waits for its first.

    Returns:
        The sealed texts that were deleted.
    """
    told = Venue.filter(directions__not_isnull=True, keep_directions=False)
    used = {str(each) for each in await Session.all().distinct().values_list("venue_id", flat=True)}
    coming = {str(each) for each in await _coming().distinct().values_list("venue_id", flat=True)}
    due = sorted({str(each) for each in await told.values_list("id", flat=True)} & used - coming)
    if not due:
        return []
    async with transaction():
        await lock_schedule()  # whoever plans a session holds it
        sealed = [await forget_way(venue_id) for venue_id in due]
    return [text for text in sealed if text]


async def forget_way(venue_id: str, *, but: str = "") -> bytes | None:
    """Forget the way to one venue, unless it is kept or some session is to come there, as part of a transaction.

    Args:
        venue_id: Which.
        but: A session that does not count.

    Returns:
        The sealed text that was deleted.
    """
    venue = await Venue.get(id=venue_id)
    if venue.directions is None or venue.keep_directions or await _coming().filter(venue_id=venue_id).exclude(id=but):
        return None
    await Venue.filter(id=venue_id).update(directions=None)
    return venue.directions


def _coming() -> QuerySet[Session]:
    return Session.filter(forgotten=False, state__not=SessionState.CANCELLED)
