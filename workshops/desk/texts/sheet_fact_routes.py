"""One contact of an area in a plain form of its own; two who edit different ones both get through."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.lined_yaml import Path
from workshops.curricula.looking import can_be_kept
from workshops.curricula.paths import fact_word, part_of, text_id
from workshops.curricula.revising import Overtaken
from workshops.curricula.sheet_parts import facts_parts
from workshops.curricula.state import CurriculaState
from workshops.desk.texts.edited import Edited
from workshops.desk.texts.forms import TOO_MUCH, read_edited
from workshops.desk.texts.queries import Kept, text_seen
from workshops.desk.texts.sent import LOOK, answered, sent
from workshops.desk.texts.sheet_contacts import contacts_of, keep_contacts, parts_of
from workshops.desk.texts.sheet_fact_forms import (
    Fact,
    fact_called,
    fact_field_of,
    fact_values,
    facts_in,
    in_order,
    new_fact_id,
    read_fact,
    same_fact,
    with_fact,
)
from workshops.desk.texts.sheet_pages import FactPage, SheetLook
from workshops.desk.texts.sheet_views import fact_slots, looked_at
from workshops.desk.texts.views import TAKEN_OUT, head_of
from workshops.desk.views import today_of
from workshops.errors import Absent
from workshops.web.answers import see_other
from workshops.web.forms import Fault, Values, first, ticked

State = CurriculaState
ANYWAY, REMOVE = "anyway", "remove"  # buttons; and a tick that saves with faults


async def new_fact(request: Request[State]) -> Response:
    """The form of a contact that is not there yet."""
    kept = await contacts_of(request)
    today = today_of(request)
    values = fact_values({"languages": [part_of(kept.path, "language")], "checked_on": today.isoformat()}, today)
    return _page(request, kept, "", Edited(kept.seen, "Facts or numbers", ""), values)


async def edit_fact(request: Request[State]) -> Response:
    """The form of a contact, as it was saved last; the list where it is gone meanwhile."""
    kept = await contacts_of(request, shown=False)
    fact = _fact_in(kept.text, request)
    if fact is None:
        return see_other(request, "edit_sheet", text=text_id(kept.path))
    again = bool(request.query_params.get("again"))
    values = fact_values(fact, today_of(request), again=again)
    edited = Edited(kept.seen, "Facts or numbers", "")
    return _page(request, kept, request.path_params["fact"], edited, values, again=again)


async def add_fact(request: Request[State]) -> Response:
    """Save a new contact, or only look at it; sent twice it is there once."""
    values, kept = await sent(request), await contacts_of(request)
    name = first(values, "name")
    fact_id = new_fact_id(name, [str(each.get("id")) for each in facts_in(parts_of(kept))])
    try:
        return await _save(request, kept, values, {"id": fact_id}, "")
    except Overtaken:
        return await add_fact(request)


async def save_fact(request: Request[State]) -> Response:
    """Save a contact, take it out, or only look at it."""
    try:
        return await _save_known(request)
    except Overtaken:
        return await save_fact(request)


async def _save_known(request: Request[State]) -> Response:
    values, kept = await sent(request), await contacts_of(request)
    seen, word = first(values, "seen"), request.path_params["fact"]
    opened = kept.text if seen == kept.seen else await text_seen(seen, request.state["library"]) or ""
    before, now = _fact_in(opened, request), _fact_in(kept.text, request)
    if before is None and now is None:
        raise Absent
    edited = replace(read_edited(values, {}), seen=kept.seen)
    if now is not None and same_fact(before, now):
        if ticked(values, REMOVE):
            edited = edited if edited.note or edited.words else replace(edited, note=TAKEN_OUT)
            return await keep_contacts(request, kept, with_fact(parts_of(kept), str(now["id"]), None), edited)
        return await _save(request, kept, values, now, word)
    typed = {name: first(values, name) for name in values}
    theirs = fact_values(now, today_of(request)) if now else {}
    return _page(request, kept, word if now else "", edited, typed, theirs=theirs)


async def _save(request: Request[State], kept: Kept, values: Values, former: Fact, word: str) -> Response:
    """Save a contact upon the newest text."""
    library, today, parts = request.state["library"], today_of(request), parts_of(kept)
    faults: dict[str, Fault] = {}
    edited = replace(read_edited(values, faults), seen=kept.seen)
    slots = fact_slots(kept.path, former.get("fills") or (), library.catalogue)
    fact = read_fact(values, former, [each.slot for each in slots], faults)
    typed = {name: first(values, name) for name in values}
    if not word and any(same_fact(each, fact) for each in facts_in(parts)):
        return see_other(request, "edit_sheet", text=text_id(kept.path))
    written = with_fact(parts, str(former["id"]), fact)
    at = next(number for number, each in enumerate(facts_in(written)) if each.get("id") == former["id"])
    if not can_be_kept(written.facts()):
        return _page(request, kept, word, edited, typed, notice=Fault(TOO_MUCH))

    def field_of(path: Path) -> str:
        return (fact_field_of(path) or "name") if path[:2] == ("facts", at) else ""

    asked = ticked(values, LOOK)
    found, look = await looked_at(kept.path, written.facts(), field_of, library, today, asked=asked)
    faults = {**found, **faults}
    look = replace(look, facts=tuple(each for each in look.facts if each.id == former["id"]), faulty=bool(faults))
    if asked or "words" in faults or (faults and not ticked(values, ANYWAY)):
        return _page(request, kept, word, edited, typed, faults=faults, look=look)
    return await keep_contacts(request, kept, written, edited)


def _fact_in(text: str, request: Request[State]) -> Fact | None:
    parts, word = facts_parts(text), request.path_params["fact"]
    names = [str(each.get("id") or "") for each in facts_in(parts)] if parts else []
    name = next((each for each in names if each and fact_word(each) == word), None)
    return fact_called(parts, name) if parts and name else None


def _page(  # noqa: PLR0913 (what a form may be shown again with)
    request: Request[State],
    kept: Kept,
    word: str,
    edited: Edited,
    values: Mapping[str, str],
    *,
    faults: Mapping[str, Fault] | None = None,
    look: SheetLook | None = None,
    notice: Fault | None = None,
    theirs: Mapping[str, str] | None = None,
    again: bool = False,
) -> Response:
    catalogue = request.state["library"].catalogue
    fills: list[Any] = [name.removeprefix("fills-") for name in values if name.startswith("fills-")]
    page = FactPage(
        head=head_of(kept, catalogue),
        fact=word,
        edited=edited,
        values=values,
        faults=in_order(faults or {}),
        slots=fact_slots(kept.path, fills, catalogue),
        looked=look or SheetLook((), ()),
        again=again,
        notice=Fault(Overtaken.reason) if theirs is not None else notice,
        theirs=theirs,
    )
    wrong = faults or notice
    return answered(request, page, 409 if theirs is not None else 422 if wrong and not (look and look.asked) else 200)
