"""The desk: what is ahead, for who coordinates and who runs evenings; and invitations."""

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.desk import (
    actions,
    caller_routes,
    run_routes,
    session_routes,
    site_routes,
    slip_routes,
    venue_routes,
)
from workshops.desk.forms import read_roles
from workshops.desk.pages import DeskPage, InvitationsPage
from workshops.desk.texts import routes as text_routes
from workshops.desk.texts.sheet_ends import pressing_ends
from workshops.desk.views import acting_of, ask_of, evening_of, runs_of, site_view
from workshops.schedule.rules import SessionState
from workshops.schedule.staff_queries import planned_sessions, sessions_run_by
from workshops.schedule.words import moment_words
from workshops.staff.rules import Role, invited_until
from workshops.web.answers import answer, language_of
from workshops.web.forms import Rejected, read_form
from workshops.web.table import Audience, Declared, done, shown

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
        ends=pressing_ends(request.state["library"].catalogue, ask.now.date()) if coordinates else (),
        broken=request.state["library"].catalogue.broken if coordinates else (),
    )
    return answer(request, page)


async def invitations(request: Request[State]) -> Response:
    return answer(request, InvitationsPage())


async def make_invitation(request: Request[State]) -> Response:
    """Show the code of a new invitation, once."""
    roles = read_roles(await read_form(request))
    if isinstance(roles, Rejected):
        return answer(request, InvitationsPage(roles.values, roles.faults), 422)
    acting = acting_of(request)
    token = await actions.invite(roles, acting)
    until = moment_words(invited_until(acting.now), acting.settings.zone, language_of(request).locale)
    return answer(request, InvitationsPage(groups=token.groups, until=until))


ROUTES: tuple[Declared, ...] = (
    shown("/desk", desk, audience=Audience.STAFF),
    shown("/desk/invitations", invitations, audience=Audience.COORDINATOR),
    done("/desk/invitations", make_invitation, audience=Audience.COORDINATOR),
    *run_routes.ROUTES,
    *session_routes.ROUTES,
    *slip_routes.ROUTES,
    *caller_routes.ROUTES,
    *site_routes.ROUTES,
    *text_routes.ROUTES,
    *venue_routes.ROUTES,
)
