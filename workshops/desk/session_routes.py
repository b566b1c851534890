"""Planning, changing, publishing and cancelling sessions in the browser."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.database.fields import random_id
from workshops.desk import actions
from workshops.desk.forms import ID, as_typed, read_new_id
from workshops.desk.pages import CancelPage, NewSessionPage
from workshops.desk.queries import ticked_needs
from workshops.desk.views import acting_of, ask_of, evening_of, offers_for, session_form, session_page
from workshops.errors import Absent, Refusal
from workshops.schedule.actions import add_session as keep_session
from workshops.schedule.actions import cancel_session as call_off
from workshops.schedule.actions import move_text_on as teach_newest
from workshops.schedule.actions import publish_session as make_public
from workshops.schedule.forms import read_plan
from workshops.schedule.models import Session
from workshops.schedule.plan_rows import plan_of
from workshops.schedule.plan_texts import texts_of, texts_of_new
from workshops.schedule.publishing import ChangedMeanwhile, Missing, NotReady, PlacesGiven, SlipPlacesGiven
from workshops.schedule.staff_queries import planned_session
from workshops.web.answers import answer, see_other
from workshops.web.forms import Fault, Rejected, Values, first, read_form

State = CurriculaState


async def new_session(request: Request[State]) -> Response:
    """The form for a session, filled with what an earlier one says where the address names it."""
    like = request.query_params.get("like", "")
    texts = texts_of_new(request.state["settings"].default_language)
    if like:
        session = await _session(like)
        texts = dict(texts_of(plan_of(session), ZoneInfo(session.venue.zone))) | {"date": "", "fold": "", "seen": ""}
    return await _new(request, {**texts, "id": random_id()}, {})


async def add_session(request: Request[State]) -> Response:
    values = await read_form(request)
    acting = acting_of(request)
    offers, _ = await offers_for(acting)
    plan = read_plan(values, offers, acting.now)
    if isinstance(plan, Rejected):
        return await _new(request, plan.values, plan.faults)
    session_id = read_new_id(values)
    await keep_session(session_id, plan, acting)
    return see_other(request, "edit_session", session_id=session_id)


async def edit_session(request: Request[State]) -> Response:
    session = await _session(request.path_params["session_id"])
    return await _edit(request, session, texts_of(plan_of(session), ZoneInfo(session.venue.zone)))


async def change_session(request: Request[State]) -> Response:
    values = await read_form(request)
    acting = acting_of(request)
    session = await _session(request.path_params["session_id"])
    offers, _ = await offers_for(acting, session)
    plan = read_plan(values, offers, acting.now, plan_of(session))
    if isinstance(plan, Rejected):
        return await _edit(request, session, plan.values, faults=plan.faults, status=422)
    try:
        await actions.change_session(session.id, plan, first(values, "seen"), acting)
    except (PlacesGiven, ChangedMeanwhile, NotReady) as refusal:
        return await _not_changed(request, values, refusal)
    return see_other(request, "edit_session", session_id=session.id)


async def publish_session(request: Request[State]) -> Response:
    session_id = request.path_params["session_id"]
    try:
        await make_public(session_id, acting_of(request))
    except NotReady as refusal:
        session = await _session(session_id)
        texts = texts_of(plan_of(session), ZoneInfo(session.venue.zone))
        return await _edit(request, session, texts, refusal=refusal, status=409)
    return see_other(request, "edit_session", session_id=session_id)


async def move_text_on(request: Request[State]) -> Response:
    """Let an evening teach the text as it stands now."""
    session_id = request.path_params["session_id"]
    try:
        await teach_newest(session_id, acting_of(request))
    except NotReady as refusal:
        session = await _session(session_id)
        texts = texts_of(plan_of(session), ZoneInfo(session.venue.zone))
        return await _edit(request, session, texts, refusal=refusal, status=409)
    return see_other(request, "edit_session", session_id=session_id)


async def ask_cancel(request: Request[State]) -> Response:
    """Ask once before an evening is called off."""
    session = await _session(request.path_params["session_id"])
    return answer(request, CancelPage(evening_of(session, ask_of(request))))


async def cancel_session(request: Request[State]) -> Response:
    await call_off(request.path_params["session_id"], acting_of(request))
    return see_other(request, "desk")


async def _session(session_id: str) -> Session:
    session = await planned_session(session_id) if ID.fullmatch(session_id) else None
    if session is None:
        raise Absent
    return session


async def _new(request: Request[State], texts: Mapping[str, Any], faults: Mapping[str, Fault]) -> Response:
    offers, venues = await offers_for(acting_of(request))
    page = NewSessionPage(session_form(offers, venues, texts, faults))
    return answer(request, page, 422 if faults else 200)


async def _edit(  # noqa: PLR0913 (what a page may be shown again with)
    request: Request[State],
    session: Session,
    texts: Mapping[str, Any],
    *,
    faults: Mapping[str, Fault] | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> Response:
    acting = acting_of(request)
    offers, venues = await offers_for(acting, session)
    form = session_form(offers, venues, texts, faults or {})
    missing: Sequence[Missing] = refusal.missing if isinstance(refusal, NotReady) else ()
    notice = Fault(refusal.reason, refusal.places) if refusal else None
    ticked = (await ticked_needs([session.id]))[session.id]
    page = session_page(session, form, ask_of(request), acting, ticked=ticked, missing=missing, notice=notice)
    return answer(request, page, status)


async def _not_changed(request: Request[State], values: Values, refusal: Refusal) -> Response:
    """The form again as it was typed, with what is saved meanwhile as what was seen."""
    session = await _session(request.path_params["session_id"])
    texts = dict(as_typed(values))
    if isinstance(refusal, ChangedMeanwhile):
        texts["seen"] = plan_of(session).mark
    seats = "slips" if isinstance(refusal, SlipPlacesGiven) else "capacity"
    faults = {seats: Fault(refusal.reason, refusal.places)} if isinstance(refusal, PlacesGiven) else {}
    return await _edit(request, session, texts, faults=faults, refusal=None if faults else refusal, status=409)
