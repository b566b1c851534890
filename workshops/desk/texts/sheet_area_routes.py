"""The list of an area's contacts, and what prints call the area."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.paths import text_id
from workshops.curricula.revising import CHANGE_NOTES, Overtaken
from workshops.curricula.sheet_parts import SheetParts, facts_parts
from workshops.curricula.state import CurriculaState
from workshops.desk.texts.edited import Edited
from workshops.desk.texts.queries import Kept
from workshops.desk.texts.sheet_contacts import contacts_of, keep_contacts, parts_of
from workshops.desk.texts.sheet_forms import LONGEST_TITLE
from workshops.desk.texts.sheet_pages import FactsPage
from workshops.desk.texts.sheet_views import fact_rows
from workshops.desk.texts.views import NAMED, head_of
from workshops.desk.views import today_of
from workshops.web.answers import answer, see_other
from workshops.web.forms import Fault, Values, first, short_text

State = CurriculaState


async def list_facts(request: Request[State], kept: Kept) -> Response:
    """The contacts of an area; a file that no form can show is edited as a whole."""
    parts = facts_parts(kept.text)
    if parts is None:
        return see_other(request, "edit_file", text=text_id(kept.path))
    label = parts.fields.get("label")
    return _list(request, kept, parts, Edited(kept.seen, CHANGE_NOTES[0], ""), {"label": str(label or "")})


async def save_label(request: Request[State], kept: Kept, values: Values) -> Response:
    """Save what prints call the area."""
    faults: dict[str, Fault] = {}
    edited = Edited(first(values, "seen"), NAMED, "")
    label = short_text(values, "label", LONGEST_TITLE, faults, needed=True)
    parts = parts_of(kept)
    if faults:
        return _list(request, kept, parts, edited, {"label": first(values, "label")}, faults=faults)
    written = SheetParts({**parts.fields, "label": label}, comment=parts.comment)
    try:
        return await keep_contacts(request, kept, written, edited)
    except Overtaken as refusal:
        kept = await contacts_of(request)
        anew, notice = replace(edited, seen=kept.seen), Fault(refusal.reason)
        return _list(request, kept, parts_of(kept), anew, {"label": label}, notice=notice)


def _list(  # noqa: PLR0913 (what a list may be shown again with)
    request: Request[State],
    kept: Kept,
    parts: SheetParts,
    edited: Edited,
    values: Mapping[str, str],
    *,
    faults: Mapping[str, Fault] | None = None,
    notice: Fault | None = None,
) -> Response:
    head = head_of(kept, request.state["library"].catalogue)
    rows = fact_rows(parts, today_of(request))
    page = FactsPage(head, edited, values, faults or {}, rows, notice)
    return answer(request, page, 409 if notice else 422 if faults else 200)
