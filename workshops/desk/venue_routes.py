"""Venues and areas in the browser."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.database.fields import random_id
from workshops.desk.forms import as_typed, read_new_id
from workshops.desk.pages import VenuePage, VenuesPage
from workshops.desk.views import acting_of, venue_row
from workshops.errors import Absent
from workshops.schedule import venue_actions as actions
from workshops.schedule.pages import Option
from workshops.schedule.queries import areas
from workshops.schedule.site import ensure_not_frozen
from workshops.schedule.staff_queries import venue as find_venue
from workshops.schedule.staff_queries import venues as all_venues
from workshops.schedule.venue_forms import read_area, read_venue, texts_of_venue
from workshops.schedule.venue_rules import AreaExists, DirectionsInUse, VenueInUse, ZoneInUse
from workshops.web.answers import answer, see_other
from workshops.web.forms import Fault, Rejected, read_form

State = CurriculaState


async def venues(request: Request[State]) -> Response:
    """Every venue and area."""
    return await _venues(request, {}, {}, 200)


async def add_area(request: Request[State]) -> Response:
    values = await read_form(request)
    label = read_area(values)
    if isinstance(label, Rejected):
        return await _venues(request, label.values, label.faults, 422)
    try:
        await actions.add_area(label, acting_of(request))
    except AreaExists as refusal:
        return await _venues(request, {"label": label}, {"label": Fault(refusal.reason)}, 409)
    return see_other(request, "venues")


async def new_venue(request: Request[State]) -> Response:
    start = {"id": random_id(), "kind": "room", "zone": request.state["settings"].zone}
    return await _venue(request, start, {})


async def add_venue(request: Request[State]) -> Response:
    values = await read_form(request)
    facts = read_venue(values, [area.id for area in await areas()])
    if isinstance(facts, Rejected):
        return await _venue(request, facts.values, facts.faults)
    await actions.add_venue(read_new_id(values), facts, acting_of(request))
    return see_other(request, "venues")


async def edit_venue(request: Request[State]) -> Response:
    """Describe a venue anew; its directions stand here, so not while everything is hidden."""
    await ensure_not_frozen()
    found = await find_venue(request.path_params["venue_id"])
    if found is None:
        raise Absent
    return await _venue(request, texts_of_venue(actions.facts_of(found, acting_of(request))), {})


async def change_venue(request: Request[State]) -> Response:
    values = await read_form(request)
    facts = read_venue(values, [area.id for area in await areas()])
    if isinstance(facts, Rejected):
        return await _venue(request, facts.values, facts.faults)
    try:
        await actions.change_venue(request.path_params["venue_id"], facts, acting_of(request))
    except (ZoneInUse, VenueInUse, DirectionsInUse) as refusal:
        return await _venue(request, as_typed(values), {}, notice=Fault(refusal.reason, refusal.places))
    return see_other(request, "venues")


async def _venues(
    request: Request[State], values: Mapping[str, Any], faults: Mapping[str, Fault], status: int
) -> Response:
    rows = [venue_row(each) for each in await all_venues()]
    return answer(request, VenuesPage(rows, await _area_options(), values, faults), status)


async def _venue(
    request: Request[State], values: Mapping[str, Any], faults: Mapping[str, Fault], *, notice: Fault | None = None
) -> Response:
    venue_id = request.path_params.get("venue_id", "")
    page = VenuePage(venue_id, await _area_options(), values, faults, notice)
    return answer(request, page, 409 if notice else 422 if faults else 200)


async def _area_options() -> list[Option]:
    return [Option(area.id, area.label) for area in await areas()]
