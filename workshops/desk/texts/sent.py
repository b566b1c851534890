"""What a form of a text was sent with, the text that it was opened with, and the answer to it."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.editing import UnitText
from workshops.curricula.state import CurriculaState
from workshops.curricula.versions import is_original
from workshops.desk.texts.edit_pages import Looked
from workshops.desk.texts.edited import Edited
from workshops.desk.texts.queries import Kept, kept_text, text_seen
from workshops.desk.texts.routes import LONGEST_FORM
from workshops.desk.texts.views import looked_at
from workshops.web.answers import answer
from workshops.web.forms import Values, read_form
from workshops.web.htmx import wanted_block

State = CurriculaState
LOOK = "look"  # block, element and button
MOST_FIELDS = 400  # of a sheet with as many sources as one may have


async def sent(request: Request[State]) -> Values:
    """What a form holds; it comes back as it was typed when the database is away."""
    values = await read_form(request, longest=LONGEST_FORM, most=MOST_FIELDS)
    request.scope["again"] = [(name, each) for name, several in values.items() for each in several]
    return values


async def kept_of(request: Request[State]) -> Kept:
    """The text that an address names, as it was saved last."""
    return await kept_text(request.path_params["text"], request.state["library"])


async def opened_with(request: Request[State], kept: Kept, seen: str) -> str:
    """The text that a form was opened with; empty where nobody knows it."""
    if seen == kept.seen:
        return kept.text
    return await text_seen(seen, request.state["library"]) or ""


def asked_of(kept: Kept, edited: Edited) -> Edited:
    """What a form holds of a change; whether translations have to follow it is asked of originals only."""
    return edited if is_original(kept.path, kept.text) else replace(edited, meaning=None)


async def look_at(  # noqa: PLR0913 (what is looked at)
    request: Request[State], kept: Kept, text: str, unit: UnitText | None, edited: Edited, *, asked: bool
) -> Looked:
    """What somebody sees who looks before saving."""
    looked = await looked_at(kept.path, text, unit, request.state["library"], asked=asked)
    return replace(looked, overtaken=edited.seen != kept.seen)


def answered(request: Request[State], page: Any, status: int) -> Response:
    """The whole page, or its look alone while somebody types, which then stands for all that was said before."""
    if wanted_block(request) != LOOK:
        return answer(request, page, status)
    return answer(request, replace(page, looked=replace(page.looked, alone=True)), block=LOOK)
