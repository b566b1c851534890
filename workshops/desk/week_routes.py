"""What is ahead, for who coordinates and who runs evenings."""

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.desk.pages import DeskPage
from workshops.desk.texts.sheet_ends import pressing_ends
from workshops.desk.views import ask_of, evening_of, runs_of, site_view, today_of
from workshops.schedule.rules import SessionState
from workshops.schedule.staff_queries import planned_sessions, sessions_run_by
from workshops.staff.rules import Role
from workshops.web.answers import answer

State = CurriculaState


async def desk(request: Request[State]) -> Response:
    """The coming evenings, each with what its reader may know of it."""
    ask = ask_of(request)
    coordinates = Role.COORDINATOR in request.scope["roles"]
    planned = await planned_sessions(ask.now) if coordinates else []
    evenings = [evening_of(session, ask) for session in planned]
    page = DeskPage(
        coordinates=coordinates,
        site=await site_view(ask),
        runs=await runs_of(await sessions_run_by(request.scope["account_id"], ask.now), ask),
        evenings=[each for each in evenings if each.state is not SessionState.DRAFT],
        drafts=[each for each in evenings if each.state is SessionState.DRAFT],
        ends=pressing_ends(request.state["library"].catalogue, today_of(request)) if coordinates else (),
        broken=request.state["library"].catalogue.broken if coordinates else (),
    )
    return answer(request, page)
