"""Between a plan and the rows that keep it; what writes is part of the caller's transaction."""

from collections.abc import Collection
from typing import Any

from workshops.curricula.rules import Form
from workshops.schedule.models import Series, Session, SessionFacilitator, Venue
from workshops.schedule.plans import Answers, Plan, Reach, Shares, Teaching, Way
from workshops.schedule.publishing import Site
from workshops.schedule.rules import Audience, DirectionsMode, VenueKind, Visibility
from workshops.schedule.staff_queries import accounts_named


def plan_of(session: Session) -> Plan:
    """The plan that a row keeps; its series and facilitators must have been read with it."""
    return Plan(
        teaching=Teaching(session.curriculum, Form(session.form), session.language),
        venue_id=session.venue_id,
        span=session.span,
        shares=Shares(session.capacity, session.walk_in_share, session.slip_share),
        reach=Reach(Visibility(session.visibility), Audience(session.audience), session.audience_shown),
        way=Way(
            DirectionsMode(session.directions_mode),
            session.directions_from,
            session.directions_until,
            session.evening_word,
            session.moves_freely,
        ),
        answers=Answers(session.cost, session.travel_money, session.food, session.child_care, session.concerns),
        interpreting=session.interpreting,
        facilitators=tuple(sorted(each.account.handle for each in session.facilitators)),
        series=session.series.name if session.series else "",
        asks_again=session.asks_again,
    )


def columns_of(plan: Plan) -> dict[str, Any]:
    """The columns that keep a plan, except series and facilitators, which have tables of their own."""
    return {
        "curriculum": plan.teaching.curriculum,
        "form": plan.teaching.form,
        "language": plan.teaching.language,
        "venue_id": plan.venue_id,
        "starts_at": plan.span.starts_at,
        "ends_at": plan.span.ends_at,
        "capacity": plan.shares.capacity,
        "walk_in_share": plan.shares.walk_in,
        "slip_share": plan.shares.slips,
        "registrable": plan.shares.registrable,
        "visibility": plan.reach.visibility,
        "audience": plan.reach.audience,
        "audience_shown": plan.reach.audience_shown,
        "directions_mode": plan.way.mode,
        "directions_from": plan.way.opens_before,
        "directions_until": plan.way.closes_after,
        "evening_word": plan.way.word,
        "moves_freely": plan.way.moves_freely,
        "asks_again": plan.asks_again,
        "cost": plan.answers.cost,
        "travel_money": plan.answers.travel_money,
        "food": plan.answers.food,
        "child_care": plan.answers.child_care,
        "concerns": plan.answers.concerns,
        "interpreters": " ".join(plan.interpreting.languages),
        "interpreters_until": plan.interpreting.until,
    }


def site_of(venue: Venue, *, has_directions: bool) -> Site:
    return Site(VenueKind(venue.kind), venue.retired, has_directions)


async def write(session: Session, **columns: Any) -> None:
    """Change these columns and no others: counters belong to the queue."""
    for name, value in columns.items():
        setattr(session, name, value)
    await session.save(update_fields=list(columns))


async def assign(session: Session, handles: Collection[str]) -> None:
    """Let exactly these people run a session."""
    accounts = {account.id: account for account in await accounts_named(handles)}
    await SessionFacilitator.filter(session_id=session.id).exclude(account_id__in=list(accounts)).delete()
    kept = await SessionFacilitator.filter(session_id=session.id).values_list("account_id", flat=True)
    for account_id in sorted(accounts.keys() - set(kept)):
        await SessionFacilitator.create(session=session, account=accounts[account_id])


async def series_id(name: str) -> str | None:
    """The id of the series of that name, which is made when it is new; None for no series."""
    if not name:
        return None
    series: Series = await Series.filter(name=name).order_by("id").first() or await Series.create(name=name)
    return str(series.id)
