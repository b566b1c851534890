"""Builders for coordinators: a plan, and what they change the schedule with."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tests.make import NOW
from workshops.curricula.rules import Form
from workshops.database.fields import random_id
from workshops.schedule.acting import Acting
from workshops.schedule.actions import add_session, publish_session
from workshops.schedule.directions import sealed_for_venue
from workshops.schedule.models import Session, Venue
from workshops.schedule.moments import Span
from workshops.schedule.plans import Answers, Plan, Shares, Teaching
from workshops.schedule.staff_queries import planned_session

WAY = "The green door, second bell."
CONCERNS = "Robin, at the door."


def at(hours: float, minutes: int = 90) -> Span:
    """A span that starts so many hours from now."""
    starts_at = NOW + timedelta(hours=hours)
    return Span(starts_at, starts_at + timedelta(minutes=minutes))


def make_plan(venue: Venue | None = None, **changes: Any) -> Plan:
    """A plan that can be published wherever the venue has directions."""
    plan = Plan(
        teaching=Teaching("know-your-rights", Form.STANDARD, "en"),
        venue_id=venue.id if venue else random_id(),
        span=at(48),
        shares=Shares(10),
        answers=Answers(concerns=CONCERNS),
    )
    return replace(plan, **changes)


async def tell_way(venue: Venue, acting: Acting, text: str = WAY) -> None:
    """Give a venue directions."""
    await Venue.filter(id=venue.id).update(directions=sealed_for_venue(text, venue.id, acting.vault))


async def keep(plan: Plan, acting: Acting) -> Session:
    """A draft of this plan."""
    session_id = random_id()
    await add_session(session_id, plan, acting)
    return await kept(session_id)


async def publish(plan: Plan, acting: Acting) -> Session:
    """A published session of this plan."""
    session = await keep(plan, acting)
    await publish_session(session.id, acting)
    return await kept(session.id)


async def kept(session_id: str) -> Session:
    session = await planned_session(session_id)
    assert session is not None
    return session


def later(acting: Acting, now: datetime) -> Acting:
    return replace(acting, now=now)
