"""What is ahead, for who coordinates and who runs evenings."""

from collections.abc import Collection, Sequence

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.rules import Curriculum
from workshops.curricula.state import CurriculaState
from workshops.desk.pages import DeskPage
from workshops.desk.texts.sheet_ends import pressing_ends
from workshops.desk.views import ask_of, evening_of, runs_of, site_view, today_of
from workshops.schedule.pages import Option
from workshops.schedule.rules import SessionState
from workshops.schedule.staff_queries import planned_sessions, sessions_run_by
from workshops.staff.rules import Role, may_act_as
from workshops.web.answers import answer

State = CurriculaState


async def desk(request: Request[State]) -> Response:
    """The coming evenings, each with what its reader may know of it."""
    ask = ask_of(request)
    coordinates = Role.COORDINATOR in request.scope["roles"]
    catalogue = request.state["library"].catalogue
    planned = await planned_sessions(ask.now) if coordinates else []
    evenings = [evening_of(session, ask) for session in planned]
    page = DeskPage(
        coordinates=coordinates,
        site=await site_view(ask),
        runs=await runs_of(await sessions_run_by(request.scope["account_id"], ask.now), ask),
        evenings=[each for each in evenings if each.state is not SessionState.DRAFT],
        drafts=[each for each in evenings if each.state is SessionState.DRAFT],
        ends=pressing_ends(catalogue, today_of(request)) if coordinates else (),
        broken=catalogue.broken if coordinates else (),
        guides=_guides(catalogue.in_language(ask.language.code), request.scope["roles"]),
    )
    return answer(request, page)


def _guides(curricula: Sequence[Curriculum], roles: Collection[Role]) -> list[Option]:
    runs = may_act_as(roles, Role.FACILITATOR)
    return [Option(each.short_id, each.title) for each in curricula] if runs else []
