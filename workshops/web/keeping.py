"""Kept routes: from a declared line of the table to an answer out of memory."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from workshops.web.answers import accepts_gzip, frame_of, language_of, send_ready
from workshops.web.htmx import VARY, wanted_block
from workshops.web.memory import NOTHING, Ask, Document, Ready, ready
from workshops.web.state import AppState
from workshops.web.table import Declared, Keeping

CHOICE = re.compile(r"[0-9a-z-]{1,16}", re.ASCII)


def kept_endpoint(declared: Declared) -> Callable[[Request[AppState]], Awaitable[Response]]:
    """The handler of a kept route: look it up, or render it once from an `Ask`."""
    assert declared.kept_handler is not None

    async def endpoint(request: Request[AppState]) -> Response:
        state = request.state
        now = state["clock"]()
        choice = await _choice(request, declared, now)
        language = language_of(request)
        block = wanted_block(request)
        block = block if block in declared.blocks else ""

        async def make() -> Ready:
            here = request.scope["path"]
            ask = Ask(here, dict(request.path_params), choice, language, now, state)
            return await _render(declared, ask, request, block)

        key = (request.scope["path"], _canonical(choice), language.code, block)
        found = await state["memory"].get(key, now, make)
        return _send_validated(request, found) if declared.keeping is Keeping.VALIDATED else _send_page(request, found)

    return endpoint


async def _render(declared: Declared, ask: Ask[Any], request: Request[AppState], block: str) -> Ready:
    assert declared.kept_handler is not None
    kept = await declared.kept_handler(ask)
    content = kept.content
    if isinstance(content, Document):
        return ready(content.body, content.media_type, file_name=content.file_name, until=kept.until)
    html = request.state["renderer"].html(content, frame_of(request), block)
    return ready(html.encode(), "text/html; charset=utf-8", until=kept.until)


async def _choice(request: Request[AppState], declared: Declared, now: datetime) -> Mapping[str, str]:
    """The declared words of the query; all values that name nothing are one and the same."""
    given = ((name, request.query_params.get(name, "")) for name in declared.query)
    choice = {name: value for name, value in given if CHOICE.fullmatch(value)}
    if declared.known is None or not choice:
        return choice
    words = await request.state["memory"].words(declared.known, request.state, now)
    return {name: value if value in words[name] else NOTHING for name, value in choice.items()}


def _canonical(choice: Mapping[str, str]) -> str:
    return "&".join(f"{name}={choice[name]}" for name in sorted(choice))


def _send_validated(request: Request[AppState], found: Ready) -> Response:
    """Send what a browser may keep as long as it asks each time whether that is still true."""
    response = send_ready(request, found)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _send_page(request: Request[AppState], found: Ready) -> Response:
    headers = {"Cache-Control": "no-store", "Vary": f"Accept-Encoding, {VARY}"}
    compressed = accepts_gzip(request.headers.get("accept-encoding", ""))
    if compressed:
        headers["Content-Encoding"] = "gzip"
    return Response(found.compressed if compressed else found.plain, 200, headers, found.media_type)
