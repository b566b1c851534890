"""One unit of a text in a plain form."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.differences import Difference, difference
from workshops.curricula.editing import MINUTES, UnitChange, UnitText, plain, unit_of, units_of, with_unit
from workshops.curricula.fences import holds_fence
from workshops.curricula.looking import can_be_kept
from workshops.curricula.merging import Clash, put_in
from workshops.curricula.paths import text_id, unit_word
from workshops.curricula.revising import CHANGE_NOTES, Overtaken
from workshops.curricula.state import CurriculaState
from workshops.desk.texts import actions
from workshops.desk.texts.edit_pages import UnitPage
from workshops.desk.texts.edited import Edited
from workshops.desk.texts.file_routes import file_page
from workshops.desk.texts.forms import TOO_MUCH, as_it_stands, note_in, read_edited, read_unit, without_fences
from workshops.desk.texts.naming import named
from workshops.desk.texts.pages import FaultRow
from workshops.desk.texts.queries import Kept
from workshops.desk.texts.sent import LOOK, answered, asked_of, kept_of, look_at, opened_with, sent
from workshops.desk.texts.views import head_of, leaf_fields, original_beside
from workshops.desk.views import acting_of
from workshops.errors import Absent
from workshops.web.answers import see_other
from workshops.web.forms import Fault, Values, ticked
from workshops.web.languages import direction_of

State = CurriculaState
TRANSLATED = "Translation"  # one of the change notes


async def edit_unit(request: Request[State]) -> Response:
    """The form of a unit, as it was saved last."""
    kept = await kept_of(request)
    unit = _unit_in(kept.text, request)
    if unit is None:
        raise Absent
    original = original_beside(kept, unit, request.state["library"])
    edited = Edited(kept.seen, TRANSLATED if original else CHANGE_NOTES[0], "")
    change = replace(as_it_stands(unit), source_version=original.version if original and original.is_behind else "")
    return await _unit_page(request, kept, unit, edited, change, text=kept.text)


async def save_unit(request: Request[State]) -> Response:
    """Save a unit, or only look at what it would be."""
    values, kept = await sent(request), await kept_of(request)
    faults: dict[str, Fault] = {}
    edited, change = read_edited(values, faults), read_unit(values, faults)
    opened = await opened_with(request, kept, edited.seen)
    unit = _unit_in(kept.text, request) or _unit_in(opened, request)
    if unit is None:
        raise Absent
    change = replace(change, source_version=_confirmed(request, kept, unit, values))
    if change != (told := without_fences(change)):
        seen = put_in(opened, kept.text, unit.id, told)
        text = kept.text if isinstance(seen, Clash) else seen
        return await _unit_page(request, kept, unit, edited, change, text=text, faults=faults, asked=True)
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
        return await _clash(request, await kept_of(request), clash, edited, unit.id)
    return see_other(request, "text", text=text_id(kept.path))


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
    looked = await look_at(request, kept, text, unit_of(text, unit.id), edited, asked=asked)
    page = UnitPage(
        head=head_of(kept, request.state["library"].catalogue),
        unit=unit_word(unit.id),
        name=unit.title,
        edited=asked_of(kept, edited),
        values=values | {"current": change.source_version},
        leaves=leaf_fields(named(unit, request.state["library"].catalogue.sources), change.texts),
        faults=faults or {},
        looked=replace(looked, faults=[*_torn(unit, change), *looked.faults]),
        notice=notice,
        difference=changed,
        homeless=homeless,
        original=original,
        original_direction=direction_of(original.language) if original else "ltr",
    )
    return answered(request, page, 409 if changed else 422 if faults or notice else 200)


def _confirmed(request: Request[State], kept: Kept, unit: UnitText, values: Values) -> str:
    """The version of the original of which somebody says that this unit says the same; empty where nobody does."""
    original = original_beside(kept, unit, request.state["library"])
    return original.version if original and original.is_behind and ticked(values, "current") else ""


def _torn(unit: UnitText, change: UnitChange) -> list[FaultRow]:
    """The texts of a form that would end before their ends, as whoever looks before saving is told of them."""
    typed = [(leaf, plain(change.texts.get(leaf.key, ""))) for leaf in unit.leaves]
    return [
        FaultRow(leaf.line, "a line begins with three colons", "leave them out: they end a text", leaf.key, line)
        for leaf, text in typed
        for line, each in enumerate(text.split("\n"), 1)
        if holds_fence(each)
    ]


async def _clash(request: Request[State], kept: Kept, clash: Clash, edited: Edited, unit_id: str) -> Response:
    """What was typed, on what somebody else saved meanwhile, with the difference."""
    homeless = tuple((leaf.kind, typed) for leaf, typed in clash.homeless)
    anew, notice = replace(edited, seen=kept.seen), Fault(Overtaken.reason)
    if clash.unit is None:
        return await file_page(request, kept, anew, kept.text, notice=notice, homeless=homeless, status=409)
    text = with_unit(kept.text, unit_id, clash.change)
    changed = await to_thread.run_sync(difference, kept.text, text)
    return await _unit_page(
        request, kept, clash.unit, anew, clash.change, text=text, notice=notice, changed=changed, homeless=homeless
    )
