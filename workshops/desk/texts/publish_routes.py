"""Putting texts on the pages, and taking them back."""

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.revising import BehindOriginal, NotNewest, NotReadable, Overtaken, SecondPersonNeeded
from workshops.curricula.state import CurriculaState
from workshops.desk.texts import actions
from workshops.desk.texts import publish_actions as publishing
from workshops.desk.texts.list_routes import number_in, show_text
from workshops.desk.texts.queries import kept_text
from workshops.desk.views import acting_of
from workshops.errors import N_
from workshops.web.answers import see_other
from workshops.web.forms import Fault, first, read_form

State = CurriculaState
CHANGED = N_("Somebody changed this text since you opened the page. Read what is there now before you answer for it.")


async def publish_text(request: Request[State]) -> Response:
    path, number = await _named(request), await _number(request)
    try:
        await publishing.publish_text(path, number, acting_of(request))
    except (NotNewest, NotReadable, SecondPersonNeeded) as refusal:
        return await show_text(request, notice=Fault(refusal.reason, refusal.places))
    return _back(request)


async def note_reader(request: Request[State]) -> Response:
    """Say that one has read what others saved, so that one of those can publish it."""
    path, number = await _named(request), await _number(request)
    try:
        await publishing.note_reader(path, number, acting_of(request))
    except NotNewest as refusal:
        return await show_text(request, notice=Fault(refusal.reason))
    return _back(request)


async def answer_for_text(request: Request[State]) -> Response:
    """Take responsibility for a translation that a machine made."""
    path, seen = await _named(request), first(await read_form(request), "seen")
    try:
        await publishing.answer_for(path, seen, acting_of(request))
    except Overtaken:
        return await show_text(request, notice=Fault(CHANGED))
    except (BehindOriginal, NotReadable) as refusal:
        return await show_text(request, notice=Fault(refusal.reason, refusal.places))
    return _back(request)


async def restore_revision(request: Request[State]) -> Response:
    await actions.restore_revision(await _named(request), await _number(request), acting_of(request))
    return _back(request)


async def use_released(request: Request[State]) -> Response:
    try:
        await publishing.use_released(await _named(request), acting_of(request))
    except SecondPersonNeeded as refusal:
        return await show_text(request, notice=Fault(refusal.reason))
    return _back(request)


async def accept_release(request: Request[State]) -> Response:
    await publishing.accept_release(await _named(request), acting_of(request))
    return _back(request)


async def _named(request: Request[State]) -> str:
    return (await kept_text(request.path_params["text"], request.state["library"])).path


async def _number(request: Request[State]) -> int:
    return number_in(first(await read_form(request), "number"))


def _back(request: Request[State]) -> Response:
    return see_other(request, "text", text=request.path_params["text"])
