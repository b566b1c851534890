"""The edge, where every kind of no becomes a status and a page; nothing below knows status codes."""

import logging
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workshops.database.away import DatabaseAway
from workshops.errors import N_, Absent, NotNow, Refusal
from workshops.web.answers import answer, language_of

log = logging.getLogger("workshops")

SENTENCES: Mapping[int, str] = {
    400: N_("This request does not read."),
    403: N_("This came from another site, so nothing was done. Open the page here and try again."),
    404: N_("There is no such page. It may be over, or the address may have a typo."),
    405: N_("This address does not take that."),
    413: N_("That was too much at once, and nothing was kept. Go back and send less; the same again is refused again."),
    415: N_("This form takes what is typed into it, and no files. Nothing was kept. Go back and type it."),
    429: N_("There were too many tries just now. Wait a little and try again."),
}
BUG = (
    "<!doctype html><html lang=en%s><meta charset=utf-8><meta name=viewport content='width=device-width'>"
    "<title>Not available</title><h1>Something broke on our side</h1><p>Nothing more is known here. "
    "Go back and try again; trying again is safe.</p><p><a href='/'>Start page</a> <a href='/leave'>Leave</a></p>"
)


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One sentence instead of the page that was asked for."""

    template: ClassVar[str] = "errors/notice.html"

    sentence: str


@dataclass(frozen=True, slots=True)
class AwayPage:
    """The database is away: the same form again, so that asking again is safe."""

    template: ClassVar[str] = "errors/away.html"

    action: str  # empty where there is nothing to send again
    values: Sequence[tuple[str, str]]


async def absent(request: Request[Any], _: Exception) -> Response:
    return _notice(request, SENTENCES[404], 404)


async def refused(request: Request[Any], refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    return _notice(request, refusal.reason, 409, **refusal.places)


async def not_now(request: Request[Any], refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    response = _notice(request, refusal.reason, 503, **refusal.places)
    response.headers["Retry-After"] = "60"
    return response


async def http_error(request: Request[Any], error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = _notice(request, SENTENCES.get(error.status_code, SENTENCES[400]), error.status_code)
    response.headers.update(error.headers or {})
    return response


async def away(request: Request[Any], error: Exception) -> Response:
    """Answer 503 with what was sent, for the visitor to send again; log no value of it."""
    log.error("The database is away: %s", type(error).__name__)
    values = request.scope.get("again", ())
    page = AwayPage(request.scope["path"] if values else "", values)
    response = answer(request, page, 503)
    response.headers["Retry-After"] = "10"
    return response


def _notice(request: Request[Any], message: str, status: int, **places: object) -> Response:
    sentence = request.state["renderer"].text(language_of(request), message, **places)
    return answer(request, NoticePage(sentence), status)


HANDLERS = {
    Absent: absent,
    Refusal: refused,
    NotNow: not_now,
    HTTPException: http_error,
    DatabaseAway: away,
}


class Bugs:
    """Answer 500 for what nothing else catches, and log where it broke, never with what data."""

    def __init__(self, app: ASGIApp, *, emptier: str) -> None:
        self._app = app
        self._emptier = emptier  # the script by which a browser keeps no copy of what was sent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            return  # nobody is left to answer
        except Exception as error:
            if scope["type"] != "http":
                raise
            log.error("A bug: %s", where(error))  # noqa: TRY400 (an exception's own text may hold data)
            if not started:
                await self._response(scope)(scope, receive, send)

    def _response(self, scope: Scope) -> Response:
        if scope["path"].endswith((".ics", ".pdf", ".txt")):
            return PlainTextResponse("Something broke on our side.\n", 500)
        sent = f" data-afresh='/' data-sent><script src='{self._emptier}' defer></script"
        return HTMLResponse(BUG % (sent if scope["method"] == "POST" else ""), 500)


def where(error: BaseException) -> str:
    """Where something broke, innermost first, and never with which values."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(
        [type(error).__name__, *(f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in reversed(frames[-12:]))]
    )
