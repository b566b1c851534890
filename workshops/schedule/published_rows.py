"""What a published session keeps beside its plan; what writes is part of the caller's transaction."""

from typing import Any
from zoneinfo import ZoneInfo

from workshops.curricula.actions import keep_edition
from workshops.curricula.rules import Curriculum
from workshops.schedule.acting import Acting
from workshops.schedule.directions import sealed_copy
from workshops.schedule.models import Session, Venue
from workshops.schedule.moments import wall_at
from workshops.schedule.plan_rows import site_of
from workshops.schedule.plans import Plan, hour_of, raised_by
from workshops.schedule.publishing import NotReady, missing_for


async def kept_revision(curriculum: Curriculum, acting: Acting) -> str:
    """The digest of the text that a session is published with; the text is kept for as long as the session needs it."""
    text = acting.library.text_of(curriculum)
    if text is not None:
        await keep_edition(text)
    return curriculum.digest


async def made_public(session: Session, former: Plan, plan: Plan, venue: Venue, acting: Acting) -> dict[str, Any]:
    """What else changes with the plan of a published session: counters, its text, and its copy of the way there.

    Raises:
        NotReady: it would lack something that it does not lack now.
    """
    keeps = session.directions is not None and venue.id == session.venue_id
    directions = session.directions if keeps else sealed_copy(venue, session.id, acting.vault)
    curriculum = acting.catalogue.get(plan.teaching.curriculum, plan.teaching.language)
    before = acting.catalogue.get(former.teaching.curriculum, former.teaching.language)
    lacked = site_of(session.venue, has_directions=session.directions is not None)
    lacks = site_of(venue, has_directions=directions is not None)
    already = missing_for(former, lacked, before, acting.now)
    missing = [each for each in missing_for(plan, lacks, curriculum, acting.now) if each not in already]
    if missing:
        raise NotReady(missing)
    raised = raised_by(former, plan)
    columns: dict[str, Any] = {
        "directions": directions,
        "epoch": session.epoch + raised.epoch,
        "directions_revision": session.directions_revision + raised.directions,
    }
    if raised.epoch:
        columns["moved_on"] = wall_at(acting.now, ZoneInfo(venue.zone)).date()
    if plan.teaching != former.teaching and curriculum is not None:
        columns["revision"] = await kept_revision(curriculum, acting)
    if raised.sequence:
        columns |= {"sequence": session.sequence + raised.sequence, "modified_at": hour_of(acting.now)}
    return columns
