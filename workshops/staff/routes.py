"""The door for staff: sign in, take up an invitation, leave."""

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from workshops.errors import Refusal
from workshops.staff import actions
from workshops.staff.cookies import ensure_safe, hand_out, sent_token, take_back
from workshops.staff.forms import read_acceptance, read_sign_in
from workshops.staff.gate import who_is
from workshops.staff.pages import InvitationPage, SignInPage
from workshops.staff.rules import HandleTaken, InvitationOver, NotLetIn
from workshops.staff.state import StaffState
from workshops.staff.tokens import Token
from workshops.web.answers import answer, see_other
from workshops.web.forms import Fault, Rejected, read_form
from workshops.web.origin import is_cross_site
from workshops.web.table import Audience, Counted, Declared, Handler, done, shown

AFTERWARDS = "desk"  # the page that staff come to once they are in


async def sign_in_page(request: Request[StaffState]) -> Response:
    ensure_safe(request)
    if await who_is(request):
        return see_other(request, AFTERWARDS)
    return answer(request, SignInPage())


async def sign_in(request: Request[StaffState]) -> Response:
    _ensure_ours(request)
    given = read_sign_in(await read_form(request))
    if isinstance(given, Rejected):
        return answer(request, SignInPage(given.values, given.faults), 422)
    state = request.state
    try:
        token = await actions.sign_in(given, state["porter"], state["vault"], state["clock"]())
    except NotLetIn as refusal:
        return answer(request, SignInPage({"handle": given.handle}, _fault("password", refusal)), 409)
    return await _let_in(request, token)


async def invitation_page(request: Request[StaffState]) -> Response:
    ensure_safe(request)
    return answer(request, InvitationPage())


async def accept_invitation(request: Request[StaffState]) -> Response:
    _ensure_ours(request)
    given = read_acceptance(await read_form(request))
    if isinstance(given, Rejected):
        return answer(request, InvitationPage(given.values, given.faults), 422)
    state = request.state
    vault, now = state["vault"], state["clock"]()
    typed = {"code": "-".join(given.token.groups), "handle": given.chosen.handle}
    try:
        account = await actions.accept_invitation(given.token, given.chosen, state["porter"].passwords, vault, now)
    except InvitationOver as refusal:
        return answer(request, InvitationPage(typed, _fault("code", refusal)), 409)
    except HandleTaken as refusal:
        return answer(request, InvitationPage(typed, _fault("handle", refusal)), 409)
    return await _let_in(request, await actions.open_session(account, vault, now))


async def sign_out(request: Request[StaffState]) -> Response:
    token = sent_token(request)
    if token:
        await actions.sign_out(token, request.state["vault"])
    response = see_other(request, "sign_in_page")
    take_back(response, request)
    return response


async def _let_in(request: Request[StaffState], token: Token) -> Response:
    """Hand out the cookie; whoever was signed in on this browser before is not any more."""
    former = sent_token(request)
    if former:
        await actions.sign_out(former, request.state["vault"])
    response = see_other(request, AFTERWARDS)
    hand_out(response, request, token)
    return response


def _ensure_ours(request: Request[StaffState]) -> None:
    """Refuse what may come from another site: it could sign somebody in to an account that reads along.

    Raises:
        HTTPException: 403 for another site's form, also where the browser does not say whose it is.
        NeedsHttps: the cookie would cross a network in the clear.
    """
    origin = request.state["settings"].origin
    if is_cross_site(request.headers, scheme=request.scope["scheme"], origin=origin, strict=True):
        raise HTTPException(403)
    ensure_safe(request)


def _fault(name: str, refusal: Refusal) -> dict[str, Fault]:
    return {name: Fault(refusal.reason, refusal.places)}


def _door(path: str, handler: Handler, *, writes: bool = False) -> Declared:
    """Declare a route that staff use before they are signed in: open to all, counted as theirs."""
    declare = done if writes else shown
    return replace(declare(path, handler, audience=Audience.PUBLIC), counted=Counted.STAFF)


ROUTES = [
    _door("/staff", sign_in_page),
    _door("/staff", sign_in, writes=True),
    _door("/staff/invitation", invitation_page),
    _door("/staff/invitation", accept_invitation, writes=True),
    done("/staff/leave", sign_out, audience=Audience.STAFF),
]
