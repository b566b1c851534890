"""Hiding the whole site, deleting everything, and saying that the clock is right: one press each."""

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.desk.pages import DeletePage
from workshops.desk.views import ask_of, site_view
from workshops.schedule import site
from workshops.web.answers import answer, see_other

State = CurriculaState


async def freeze(request: Request[State]) -> Response:
    """Hide every evening and all directions at once."""
    await site.freeze(request.scope["handle"], request.state["clock"]())
    return see_other(request, "desk")


async def thaw(request: Request[State]) -> Response:
    """Show again what was hidden."""
    await site.thaw(request.scope["handle"], request.state["clock"]())
    return see_other(request, "desk")


async def confirm_clock(request: Request[State]) -> Response:
    await site.confirm_clock(request.scope["handle"], request.state["clock"]())
    return see_other(request, "desk")


async def ask_delete(request: Request[State]) -> Response:
    """What deleting everything does, and when it must not be pressed."""
    return answer(request, DeletePage(await site_view(ask_of(request))))


async def delete_soon(request: Request[State]) -> Response:
    """Hide everything now and let it be deleted a quarter of an hour later."""
    await site.start_deletion(request.scope["handle"], request.state["clock"]())
    return see_other(request, "ask_delete")


async def stop_deleting(request: Request[State]) -> Response:
    """Keep everything after all; it stays hidden."""
    await site.stop_deletion(request.scope["handle"], request.state["clock"]())
    return see_other(request, "desk")
