"""Local law sheets in plain forms: what was typed is written as a file, read by the same reader, kept as a revision."""

from collections.abc import Mapping
from dataclasses import replace

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.differences import Difference, difference
from workshops.curricula.looking import can_be_kept
from workshops.curricula.paths import TextKind, kind_of, text_id
from workshops.curricula.revising import CHANGE_NOTES, Overtaken
from workshops.curricula.sheet_parts import SheetParts, overlay_parts
from workshops.curricula.state import CurriculaState
from workshops.desk.texts import actions, sheet_area_routes
from workshops.desk.texts.edited import Edited
from workshops.desk.texts.forms import TOO_MUCH, note_in, read_edited
from workshops.desk.texts.queries import Kept, kept_text, text_seen
from workshops.desk.texts.sent import LOOK, answered, sent
from workshops.desk.texts.sheet_forms import (
    field_of,
    in_order,
    overlay_values,
    read_overlay_form,
    slots_in,
)
from workshops.desk.texts.sheet_pages import OverlayPage, SheetLook
from workshops.desk.texts.sheet_sources import filled_groups, groups_in
from workshops.desk.texts.sheet_views import looked_at, overlay_slots
from workshops.desk.texts.views import head_of
from workshops.desk.views import acting_of, today_of
from workshops.errors import Absent
from workshops.web.answers import see_other
from workshops.web.forms import Fault, Values, first, ticked

State = CurriculaState
MORE, ANYWAY = "more", "anyway"  # buttons; and a tick that saves with faults


async def edit_sheet(request: Request[State]) -> Response:
    """The form of a law sheet, or the list of an area's contacts; what a form cannot show is edited as a whole."""
    kept = await _kept(request)
    if kind_of(kept.path) is TextKind.FACTS:
        return await sheet_area_routes.list_facts(request, kept)
    parts = overlay_parts(kept.text)
    if parts is None:
        return see_other(request, "edit_file", text=text_id(kept.path))
    again = ticked({"again": request.query_params.getlist("again")}, "again")
    values = overlay_values(parts, today_of(request), again=again)
    note = "After a review" if again else CHANGE_NOTES[0]
    return _page(request, kept, parts, Edited(kept.seen, note, ""), values, again=again)


async def save_sheet(request: Request[State]) -> Response:
    """Save a law sheet, or only look at what it would be."""
    values = await sent(request)
    kept = await _kept(request)
    if kind_of(kept.path) is TextKind.FACTS:
        return await sheet_area_routes.save_label(request, kept, values)
    return await _save_overlay(request, kept, values)


async def _save_overlay(request: Request[State], kept: Kept, values: Values) -> Response:
    library, today = request.state["library"], today_of(request)
    faults: dict[str, Fault] = {}
    edited = read_edited(values, faults)
    parts = overlay_parts(kept.text) or overlay_parts(await text_seen(edited.seen, library) or "") or SheetParts({})
    slots = overlay_slots(kept.path, [*parts.texts, *slots_in(values)], library.catalogue)
    written = read_overlay_form(values, parts, [each.slot for each in slots], today, faults)
    typed, text = {name: first(values, name) for name in values}, written.overlay()
    if ticked(values, MORE):
        return _page(request, kept, parts, edited, typed, more=True)
    if not can_be_kept(text):
        return _page(request, kept, parts, edited, typed, notice=Fault(TOO_MUCH))
    asked, filled = ticked(values, LOOK), filled_groups(values)
    found, look = await looked_at(kept.path, text, lambda path: field_of(path, filled), library, today, asked=asked)
    others = [each for each in look.others if written.texts or "law slot" not in each.wrong]  # said at the first text
    look, faults = replace(look, overtaken=edited.seen != kept.seen, others=others), {**found, **faults}
    if asked or "words" in faults or ((faults or look.faulty) and not ticked(values, ANYWAY)):
        return _page(request, kept, parts, edited, typed, faults=faults, look=look)
    if written.says() == parts.says() and edited.seen == kept.seen:
        return see_other(request, "text", text=text_id(kept.path))
    try:
        await actions.save_file(kept.path, text, actions.Upon(edited.seen, note_in(edited)), acting_of(request))
    except Overtaken:
        return await _overtaken(request, parts, edited, typed, text)
    return see_other(request, "text", text=text_id(kept.path))


async def _overtaken(
    request: Request[State], parts: SheetParts, edited: Edited, typed: Mapping[str, str], text: str
) -> Response:
    """What was typed, beside what somebody else saved meanwhile."""
    kept = await _kept(request)
    changed = await to_thread.run_sync(difference, kept.text, text)
    anew, notice = replace(edited, seen=kept.seen), Fault(Overtaken.reason)
    return _page(request, kept, parts, anew, typed, notice=notice, changed=changed)


async def _kept(request: Request[State]) -> Kept:
    """The sheet that an address names.

    Raises:
        Absent: there is none, or it is another kind of text.
    """
    kept = await kept_text(request.path_params["text"], request.state["library"])
    if kind_of(kept.path) not in {TextKind.OVERLAY, TextKind.FACTS}:
        raise Absent
    return kept


def _page(  # noqa: PLR0913 (what a form may be shown again with)
    request: Request[State],
    kept: Kept,
    parts: SheetParts,
    edited: Edited,
    values: Mapping[str, str],
    *,
    faults: Mapping[str, Fault] | None = None,
    look: SheetLook | None = None,
    notice: Fault | None = None,
    changed: Difference | None = None,
    again: bool = False,
    more: bool = False,
) -> Response:
    catalogue = request.state["library"].catalogue
    groups = groups_in(values) or [0]
    slots = overlay_slots(kept.path, [*parts.texts, *slots_in(values)], catalogue)
    page = OverlayPage(
        head=head_of(kept, catalogue),
        edited=edited,
        values=values,
        faults=in_order(faults or {}, [each.slot for each in slots], groups),
        slots=slots,
        groups=[*groups, groups[-1] + 1] if more else groups,
        looked=look or SheetLook((), ()),
        again=again,
        notice=notice,
        difference=changed,
    )
    wrong = faults or notice or (look and look.faulty)
    return answered(request, page, 409 if changed else 422 if wrong and not (look and look.asked) else 200)
