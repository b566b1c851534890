"""A whole text in one field."""

from dataclasses import replace

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.differences import Difference, difference
from workshops.curricula.looking import can_be_kept
from workshops.curricula.paths import text_id
from workshops.curricula.revising import CHANGE_NOTES, Overtaken
from workshops.curricula.state import CurriculaState
from workshops.desk.texts import actions
from workshops.desk.texts.edit_pages import FilePage
from workshops.desk.texts.edited import Edited
from workshops.desk.texts.forms import TOO_MUCH, note_in, read_edited, whole_text
from workshops.desk.texts.queries import Kept
from workshops.desk.texts.sent import LOOK, answered, asked_of, kept_of, look_at, opened_with, sent
from workshops.desk.texts.views import head_of, shown_text
from workshops.desk.views import acting_of
from workshops.web.answers import see_other
from workshops.web.forms import Fault, first, ticked

State = CurriculaState


async def edit_file(request: Request[State]) -> Response:
    """The whole text, as it was saved last."""
    kept = await kept_of(request)
    return await file_page(request, kept, Edited(kept.seen, CHANGE_NOTES[0], ""), kept.text)


async def save_file(request: Request[State]) -> Response:
    """Save a whole text, or only look at what it would be."""
    values, kept = await sent(request), await kept_of(request)
    faults: dict[str, Fault] = {}
    edited = read_edited(values, faults)
    text = whole_text(first(values, "text"), await opened_with(request, kept, edited.seen))
    if not can_be_kept(text):
        return await file_page(request, kept, edited, text, notice=Fault(TOO_MUCH), status=422)
    if ticked(values, LOOK) or faults:
        notice = next(iter(faults.values()), None)
        return await file_page(request, kept, edited, text, notice=notice, status=422 if faults else 200, asked=True)
    upon = actions.Upon(edited.seen, note_in(edited), bool(edited.meaning))
    try:
        await actions.save_file(kept.path, text, upon, acting_of(request))
    except Overtaken as refusal:
        kept = await kept_of(request)
        changed = await to_thread.run_sync(difference, kept.text, text)
        anew, notice = replace(edited, seen=kept.seen), Fault(refusal.reason)
        return await file_page(request, kept, anew, text, notice=notice, changed=changed, status=409)
    return see_other(request, "text", text=text_id(kept.path))


async def file_page(  # noqa: PLR0913 (what a form may be shown again with)
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
    """The form of a whole text."""
    looked = await look_at(request, kept, text, None, edited, asked=asked)
    head = head_of(kept, request.state["library"].catalogue)
    page = FilePage(head, asked_of(kept, edited), shown_text(text), looked, notice, changed, homeless)
    return answered(request, page, status)
