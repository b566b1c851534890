"""The gate before every route for staff: who they are, whether they may, whether they proved it lately."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from workshops.errors import Absent
from workshops.staff.cookies import sent_token
from workshops.staff.queries import find_signed_in
from workshops.staff.rules import FactorNeeded, Role, SignedIn, may_act_as
from workshops.web.answers import see_other
from workshops.web.table import Audience, Declared

WANTED: Mapping[Audience, Role] = {
    Audience.COORDINATOR: Role.COORDINATOR,
    Audience.FACILITATOR: Role.FACILITATOR,
    Audience.REPORTER: Role.REPORTER,
}


async def admit(request: Request[Any], declared: Declared) -> Response | None:
    """Let staff in to a route of theirs, or answer by sending them to sign in; nothing is remembered meanwhile.

    The scope is told `account_id`, `handle` and `roles`.

    Raises:
        Absent: their role does not lead here.
        FactorNeeded: the route needs a second factor given lately.
    """
    signed_in = await who_is(request)
    if signed_in is None:
        return see_other(request, "sign_in_page")
    ensure_may(signed_in, declared.audience)
    if declared.fresh_factor and not signed_in.has_fresh_factor(request.state["clock"]()):
        raise FactorNeeded
    request.scope.update(account_id=signed_in.account_id, handle=signed_in.handle, roles=signed_in.roles)
    return None


async def who_is(request: Request[Any]) -> SignedIn | None:
    """Who of staff sent a request, by its cookie."""
    token = sent_token(request)
    return await find_signed_in(token, request.state["vault"], request.state["clock"]()) if token else None


def ensure_may(signed_in: SignedIn, audience: Audience) -> None:
    """Raises: Absent: the route is for others; to them alone it exists."""
    if audience is not Audience.STAFF and not may_act_as(signed_in.roles, WANTED[audience]):
        raise Absent
