"""The one cookie there is: of staff who are signed in. Visitors never get any."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from workshops.staff.rules import NeedsHttps
from workshops.staff.tokens import Token, read_cookie_token
from workshops.web.origin import LOOPBACK

NAME = "workshops"
HOST_NAME = "__Host-workshops"  # a browser takes it over https only, for this very host and all of its paths


def cookie_name(scheme: str, host: str | None) -> str | None:
    """How the cookie is called at this address; None where it would cross a network in the clear.

    Source: draft-ietf-httpbis-rfc6265bis, 4.1.3.2.
    """
    if scheme == "https":
        return HOST_NAME
    return NAME if host in LOOPBACK else None


def sent_token(request: Request[Any]) -> Token | None:
    """The token of the cookie that came with a request, if it can be one of ours."""
    name = _name_for(request)
    return read_cookie_token(request.cookies.get(name, "")) if name else None


def hand_out(response: Response, request: Request[Any], token: Token) -> None:
    """Set the cookie; it ends with the browser, and its row in the table ends by itself.

    Raises:
        NeedsHttps: the cookie would cross a network in the clear.
    """
    name = ensure_safe(request)
    response.set_cookie(name, token.value, path="/", secure=name == HOST_NAME, httponly=True, samesite="strict")


def take_back(response: Response, request: Request[Any]) -> None:
    """Delete the cookie, and whatever else of ours the browser holds."""
    name = _name_for(request)
    if name:
        response.delete_cookie(name, path="/", secure=name == HOST_NAME, httponly=True, samesite="strict")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'  # "cookies" would reach neighbours under our domain


def ensure_safe(request: Request[Any]) -> str:
    """The cookie's name, wherever signing in is safe.

    Raises:
        NeedsHttps: it is not.
    """
    name = _name_for(request)
    if name is None:
        raise NeedsHttps
    return name


def _name_for(request: Request[Any]) -> str | None:
    return cookie_name(request.scope["scheme"], request.url.hostname)
