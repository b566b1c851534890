"""Invitations for staff, each shown once."""

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.desk import actions
from workshops.desk.forms import read_roles
from workshops.desk.pages import InvitationsPage
from workshops.desk.views import acting_of
from workshops.schedule.words import moment_words
from workshops.staff.rules import invited_until
from workshops.web.answers import answer, language_of
from workshops.web.forms import Rejected, read_form

State = CurriculaState


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
