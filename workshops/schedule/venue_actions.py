"""Adding and changing areas and venues; one transaction each, and the schedule's row first."""

from collections.abc import Collection
from typing import Any

from workshops.database.connection import transaction
from workshops.errors import Absent
from workshops.schedule.acting import Acting
from workshops.schedule.directions import sealed_copy, sealed_for_venue, venue_directions
from workshops.schedule.models import Area, Session, Venue
from workshops.schedule.plans import hour_of
from workshops.schedule.revision import bump_revision, lock_schedule
from workshops.schedule.rules import DirectionsMode, SessionState, VenueKind
from workshops.schedule.staff_queries import area_exists, coming_at
from workshops.schedule.venue_rules import AreaExists, DirectionsInUse, VenueFacts, VenueInUse, ZoneInUse
from workshops.staff.actions import record


async def add_area(label: str, acting: Acting) -> None:
    """Name a part of town that public pages may show.

    Raises:
        AreaExists: it has been named already.
    """
    async with transaction():
        await bump_revision()
        if await area_exists(label):
            raise AreaExists
        await Area.create(label=label)
        await record(acting.handle, "added area", acting.now)


async def add_venue(venue_id: str, facts: VenueFacts, acting: Acting) -> None:
    """Keep a venue under an id that its form was given; a form sent twice adds one venue."""
    async with transaction():
        await lock_schedule()
        if not await Venue.filter(id=venue_id).exists():
            await Venue.create(id=venue_id, **_columns(facts, venue_id, acting))
            await record(acting.handle, "added venue", acting.now)


async def change_venue(venue_id: str, facts: VenueFacts, acting: Acting) -> None:
    """Describe a venue anew; published sessions there tell the new way at once.

    Raises:
        Absent: there is no such venue.
        ZoneInUse, VenueInUse, DirectionsInUse: sessions still to come depend on what it was.
    """
    async with transaction():
        await lock_schedule()
        venue = await Venue.filter(id=venue_id).select_for_update().get_or_none()
        if venue is None:
            raise Absent
        former = facts_of(venue, acting)
        if facts == former:
            return
        await bump_revision()
        coming = await coming_at(venue_id, acting.now)
        _ensure_free(former, facts, coming)
        columns = _columns(facts, venue_id, acting)
        await venue.update_from_dict(columns).save(update_fields=list(columns))
        for session in coming:
            if session.state == SessionState.PUBLISHED:
                await _tell(session, venue, acting, former, facts)
        await record(acting.handle, "retired venue" if facts.retired else "changed venue", acting.now)


def facts_of(venue: Venue, acting: Acting) -> VenueFacts:
    """How a venue is described now."""
    return VenueFacts(
        venue.name,
        VenueKind(venue.kind),
        venue.area_id,
        venue.zone,
        venue.step_free,
        venue.last_transport,
        venue_directions(venue, acting.vault),
        venue.keep_directions,
        venue.retired,
    )


def _ensure_free(former: VenueFacts, facts: VenueFacts, coming: Collection[Session]) -> None:
    if coming and facts.zone != former.zone:
        raise ZoneInUse
    if coming and facts.retired:
        raise VenueInUse(count=len(coming))
    told = [each for each in coming if each.state == SessionState.PUBLISHED and _tells(each)]
    if told and not facts.directions and former.directions:
        raise DirectionsInUse


def _tells(session: Session) -> bool:
    return session.directions_mode != DirectionsMode.SLIPS


def _columns(facts: VenueFacts, venue_id: str, acting: Acting) -> dict[str, Any]:
    directions = "" if facts.retired else facts.directions
    return {
        "name": facts.name,
        "kind": facts.kind,
        "area_id": facts.area_id,
        "zone": facts.zone,
        "step_free": facts.step_free,
        "last_transport": facts.last_transport,
        "directions": sealed_for_venue(directions, venue_id, acting.vault),
        "keep_directions": facts.keep_directions,
        "retired": facts.retired,
    }


async def _tell(session: Session, venue: Venue, acting: Acting, former: VenueFacts, facts: VenueFacts) -> None:
    """Give a published session the venue's present directions, and calendars the changed facts."""
    columns: dict[str, Any] = {"directions": sealed_copy(venue, session.id, acting.vault)}
    if facts.directions != former.directions:
        columns["directions_revision"] = session.directions_revision + 1
    if facts.shown != former.shown:
        columns |= {"sequence": session.sequence + 1, "modified_at": hour_of(acting.now)}
    await Session.filter(id=session.id).update(**columns)
