"""Editing a unit in a plain form or a whole text in one field; looking first."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.differences import Difference, difference
from workshops.curricula.editing import MINUTES, UnitChange, UnitText, unit_of, units_of, with_unit
from workshops.curricula.looking import can_be_kept
from workshops.curricula.merging import Clash, put_in
from workshops.curricula.paths import text_id, unit_word
from workshops.curricula.revising import CHANGE_NOTES, Overtaken
from workshops.curricula.state import CurriculaState
from workshops.curricula.versions import is_original
from workshops.desk.texts import actions
from workshops.desk.texts.forms import (
    TOO_MUCH,
    as_it_stands,
    note_in,
    read_edited,
    read_unit,
    whole_text,
)
from workshops.desk.texts.pages import Edited, FilePage, Looked, UnitPage
from workshops.desk.texts.queries import Kept, kept_text, text_seen
from workshops.desk.texts.routes import LONGEST_FORM
from workshops.desk.texts.views import head_of, leaf_fields, looked_at, original_beside, shown_text
from workshops.desk.views import acting_of
from workshops.errors import Absent
from workshops.web.answers import answer, see_other
from workshops.web.forms import Fault, Values, first, read_form, ticked
from workshops.web.htmx import wanted_block
from workshops.web.languages import direction_of

State = CurriculaState
TRANSLATED = "Translation"  # one of the change notes
LOOK = "look"  # block, element and button


async def edit_unit(request: Request[State]) -> Response:
    """The form of a unit, as it was saved last."""
    kept = await _kept(request)
    unit = _unit_in(kept.text, request)
    if unit is None:
        raise Absent
    original = original_beside(kept, unit, request.state["library"])
    edited = Edited(kept.seen, TRANSLATED if original else CHANGE_NOTES[0], "")
    change = replace(as_it_stands(unit), source_version=original.version if original and original.is_behind else "")
    return await _unit_page(request, kept, unit, edited, change, text=kept.text)


async def save_unit(request: Request[State]) -> Response:
    """Save a unit, or only look at what it would be."""
    values, kept = await _sent(request), await _kept(request)
    faults: dict[str, Fault] = {}
    edited, change = read_edited(values, faults), read_unit(values, faults)
    opened = await _opened(request, kept, edited)
    unit = _unit_in(kept.text, request) or _unit_in(opened, request)
    if unit is None:
        raise Absent
    original = original_beside(kept, unit, request.state["library"])
    if original and original.is_behind and ticked(values, "current"):
        change = replace(change, source_version=original.version)
    merged = put_in(opened, kept.text, unit.id, change)
    if isinstance(merged, Clash):
        return await _clash(request, kept, merged, edited, unit.id)
    if not can_be_kept(merged):
        return await _unit_page(request, kept, unit, edited, change, text=merged, notice=Fault(TOO_MUCH))
    if ticked(values, LOOK) or faults:
        return await _unit_page(request, kept, unit, edited, change, text=merged, faults=faults, asked=True)
    upon = actions.Upon(edited.seen, note_in(edited), bool(edited.meaning))
    clash = await actions.save_unit(kept.path, unit.id, change, upon, acting_of(request))
    if clash is not None:
        return await _clash(request, await _kept(request), clash, edited, unit.id)
    return see_other(request, "text", text=text_id(kept.path))


async def edit_file(request: Request[State]) -> Response:
    """The whole text, as it was saved last."""
    kept = await _kept(request)
    return await _file_page(request, kept, Edited(kept.seen, CHANGE_NOTES[0], ""), kept.text)


async def save_file(request: Request[State]) -> Response:
    """Save a whole text, or only look at what it would be."""
    values, kept = await _sent(request), await _kept(request)
    faults: dict[str, Fault] = {}
    edited = read_edited(values, faults)
    text = whole_text(first(values, "text"), await _opened(request, kept, edited))
    if not can_be_kept(text):
        return await _file_page(request, kept, edited, text, notice=Fault(TOO_MUCH), status=422)
    if ticked(values, LOOK) or faults:
        notice = next(iter(faults.values()), None)
        return await _file_page(request, kept, edited, text, notice=notice, status=422 if faults else 200, asked=True)
    upon = actions.Upon(edited.seen, note_in(edited), bool(edited.meaning))
    try:
        await actions.save_file(kept.path, text, upon, acting_of(request))
    except Overtaken as refusal:
        kept = await _kept(request)
        changed = await to_thread.run_sync(difference, kept.text, text)
        anew, notice = replace(edited, seen=kept.seen), Fault(refusal.reason)
        return await _file_page(request, kept, anew, text, notice=notice, changed=changed, status=409)
    return see_other(request, "text", text=text_id(kept.path))


async def _sent(request: Request[State]) -> Values:
    """What a form holds; it comes back as it was typed when the database is away."""
    values = await read_form(request, longest=LONGEST_FORM)
    request.scope["again"] = [(name, each) for name, several in values.items() for each in several]
    return values


async def _kept(request: Request[State]) -> Kept:
    return await kept_text(request.path_params["text"], request.state["library"])


async def _opened(request: Request[State], kept: Kept, edited: Edited) -> str:
    """The text that a form was opened with."""
    if edited.seen == kept.seen:
        return kept.text
    return await text_seen(edited.seen, request.state["library"]) or ""


def _unit_in(text: str, request: Request[State]) -> UnitText | None:
    word = request.path_params["unit"]
    return next((unit for unit in units_of(text) if unit.id and unit_word(unit.id) == word), None)


async def _unit_page(  # noqa: PLR0913 (what a form may be shown again with)
    request: Request[State],
    kept: Kept,
    unit: UnitText,
    edited: Edited,
    change: UnitChange,
    *,
    text: str,
    faults: Mapping[str, Fault] | None = None,
    notice: Fault | None = None,
    changed: Difference | None = None,
    homeless: tuple[tuple[str, str], ...] = (),
    asked: bool = False,
) -> Response:
    values: dict[str, Any] = {"title": change.title, **{form: change.minutes.get(form, "") for form in MINUTES}}
    original = original_beside(kept, unit, request.state["library"])
    page = UnitPage(
        head=head_of(kept, request.state["library"].catalogue),
        unit=unit_word(unit.id),
        name=unit.title,
        edited=_asked(kept, edited),
        values=values | {"current": change.source_version},
        leaves=leaf_fields(unit, change.texts),
        faults=faults or {},
        looked=await _look(request, kept, text, unit_of(text, unit.id), edited, asked=asked),
        notice=notice,
        difference=changed,
        homeless=homeless,
        original=original,
        original_direction=direction_of(original.language) if original else "ltr",
    )
    return _answered(request, page, 409 if changed else 422 if faults or notice else 200)


async def _clash(request: Request[State], kept: Kept, clash: Clash, edited: Edited, unit_id: str) -> Response:
    """What was typed, on what somebody else saved meanwhile, with the difference."""
    homeless = tuple((leaf.kind, typed) for leaf, typed in clash.homeless)
    anew, notice = replace(edited, seen=kept.seen), Fault(Overtaken.reason)
    if clash.unit is None:
        return await _file_page(request, kept, anew, kept.text, notice=notice, homeless=homeless, status=409)
    text = with_unit(kept.text, unit_id, clash.change)
    changed = await to_thread.run_sync(difference, kept.text, text)
    return await _unit_page(
        request, kept, clash.unit, anew, clash.change, text=text, notice=notice, changed=changed, homeless=homeless
    )


async def _file_page(  # noqa: PLR0913 (what a form may be shown again with)
    request: Request[State],
    kept: Kept,
    edited: Edited,
    text: str,
    *,
    notice: Fault | None = None,
    changed: Difference | None = None,
    homeless: tuple[tuple[str, str], ...] = (),
    asked: bool = False,
    status: int = 200,
) -> Response:
    looked = await _look(request, kept, text, None, edited, asked=asked)
    head = head_of(kept, request.state["library"].catalogue)
    page = FilePage(head, _asked(kept, edited), shown_text(text), looked, notice, changed, homeless)
    return _answered(request, page, status)


def _asked(kept: Kept, edited: Edited) -> Edited:
    """What a form holds of a change; whether translations have to follow it is asked of originals only."""
    return edited if is_original(kept.path, kept.text) else replace(edited, meaning=None)


async def _look(  # noqa: PLR0913 (what is looked at)
    request: Request[State], kept: Kept, text: str, unit: UnitText | None, edited: Edited, *, asked: bool
) -> Looked:
    looked = await looked_at(kept.path, text, unit, request.state["library"], asked=asked)
    return replace(looked, overtaken=edited.seen != kept.seen)


def _answered(request: Request[State], page: UnitPage | FilePage, status: int) -> Response:
    """The whole page, or what somebody sees beside the form while typing."""
    if wanted_block(request) == LOOK:
        return answer(request, page, block=LOOK)
    return answer(request, page, status)
