"""Printing slips and withdrawing them."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.database.fields import random_id
from workshops.desk.forms import as_typed, read_new_id
from workshops.desk.slip_forms import SlipOffers, read_batch, texts_of_new_batch
from workshops.desk.slip_pages import SlipSheetPage, SlipsPage
from workshops.desk.slip_views import batch_row, evening_name, sheet_evening
from workshops.desk.views import acting_of, ask_of
from workshops.registration.codes import Code
from workshops.registration.slip_actions import make_batch, withdraw_batch
from workshops.registration.slip_queries import printed_batches
from workshops.registration.slip_rules import BatchPlan, ShareTooSmall
from workshops.schedule.models import Series, Session
from workshops.schedule.pages import Option
from workshops.schedule.rules import SessionState
from workshops.schedule.staff_queries import planned_sessions
from workshops.schedule.words import moment_words
from workshops.web.answers import answer, answer_streamed, language_of, see_other
from workshops.web.forms import Fault, Rejected, read_form

State = CurriculaState


async def slips(request: Request[State]) -> Response:
    """The batches that are out, and the form for another; the address may name the evening it is for."""
    acting = acting_of(request)
    chosen = request.query_params.get("for", "")
    texts = texts_of_new_batch(chosen, acting.now, ZoneInfo(acting.settings.zone))
    return await _page(request, {**texts, "id": random_id()}, {})


async def print_slips(request: Request[State]) -> Response:
    """Make a batch and answer with its sheet; there is no second time."""
    values = await read_form(request)
    acting = acting_of(request)
    sessions = {each.id: each for each in await _evenings(request)}
    offers = SlipOffers(
        ends={each.id: each.ends_at for each in sessions.values()},
        zones={each.id: ZoneInfo(each.venue.zone) for each in sessions.values()},
        series=[each.id for each in await _series()],
        zone=ZoneInfo(acting.settings.zone),
    )
    plan = read_batch(values, offers, acting.now)
    if isinstance(plan, Rejected):
        return await _page(request, plan.values, plan.faults, status=422)
    try:
        codes = await make_batch(read_new_id(values), plan, acting)
    except ShareTooSmall as refusal:
        faults = {"count": Fault(refusal.reason, refusal.places)}
        return await _page(request, as_typed(values), faults, status=409)
    if codes is None:
        return await _page(request, {**as_typed(values), "id": random_id()}, {}, status=409, gone=True)
    return answer_streamed(request, _sheet(request, codes, plan, sessions.get(plan.reach.session_id or "")))


async def withdraw_slips(request: Request[State]) -> Response:
    await withdraw_batch(request.path_params["batch_id"], acting_of(request))
    return see_other(request, "slips")


def _sheet(request: Request[State], codes: Sequence[Code], plan: BatchPlan, session: Session | None) -> SlipSheetPage:
    settings = request.state["settings"]
    zone = session.venue.zone if session else settings.zone
    return SlipSheetPage(
        strips=[code.groups for code in codes],
        placed=plan.placed,
        evening=sheet_evening(session, ask_of(request)) if session else None,
        host=urlsplit(settings.origin).netloc if settings.origin else "",
        until=moment_words(plan.expires_at, zone, language_of(request).locale),
    )


async def _page(
    request: Request[State],
    values: Mapping[str, Any],
    faults: Mapping[str, Fault],
    *,
    status: int = 200,
    gone: bool = False,
) -> Response:
    ask = ask_of(request)
    page = SlipsPage(
        batches=[batch_row(each, ask) for each in await printed_batches(ask.now)],
        evenings=[Option(each.id, evening_name(each, ask)) for each in await _evenings(request)],
        series=[Option(each.id, each.name) for each in await _series()],
        values=values,
        faults=faults,
        gone=gone,
    )
    return answer(request, page, status)


async def _evenings(request: Request[State]) -> list[Session]:
    """The evenings that slips can be for."""
    planned = await planned_sessions(request.state["clock"]())
    return [each for each in planned if each.state != SessionState.CANCELLED]


async def _series() -> list[Series]:
    return await Series.all().order_by("name", "id")
