"""Answers: a page made for one request, or bytes that lie ready."""

import asyncio
from collections.abc import AsyncIterator
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Match

from workshops.web.languages import Language
from workshops.web.memory import Ready
from workshops.web.rendering import Frame, Page

PADDED_TO = 16 * 1024


def language_of(request: Request[Any]) -> Language:
    """The language the address asked for."""
    language: Language = request.scope["language"]
    return language


def frame_of(request: Request[Any], *, handle: str = "") -> Frame:
    """What stands around a page answered to this request."""
    settings = request.state["settings"]
    return Frame(
        here=_readable(request),
        language=language_of(request),
        languages=request.state["languages"],
        site=settings.site_name,
        handle=handle or request.scope.get("handle", ""),
        indexing=settings.indexing,
        sent=request.method == "POST",
    )


def _readable(request: Request[Any]) -> str:
    """The path that links to other languages lead to: this one, or the nearest above it that can be read."""
    path: str = request.scope["path"]
    if request.method != "POST" or len(request.state["languages"]) == 1:
        return path
    above = (each.as_posix() for each in PurePosixPath(path).parents)
    return next((each for each in chain((path,), above) if _can_be_read(request, each)), "/")


def _can_be_read(request: Request[Any], path: str) -> bool:
    scope = {"type": "http", "method": "GET", "path": path}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


def answer(request: Request[Any], page: Page, status: int = 200, *, block: str = "") -> Response:
    """Render a page made for this request alone; nobody keeps it."""
    html = request.state["renderer"].html(page, frame_of(request), block)
    return Response(html, status, {"Cache-Control": "no-store"}, media_type="text/html")


def answer_streamed(request: Request[Any], page: Page) -> Response:
    """Answer a page piece by piece as it is made; nobody keeps it, and here it never lies as a whole."""

    async def pieces() -> AsyncIterator[bytes]:
        for piece in request.state["renderer"].pieces(page, frame_of(request)):
            yield piece.encode()
            await asyncio.sleep(0)  # others are answered meanwhile

    return StreamingResponse(pieces(), 200, {"Cache-Control": "no-store"}, media_type="text/html")


def answer_padded(request: Request[Any], page: Page) -> Response:
    """Answer a page around a code: whatever it says, its length tells nothing."""
    html = request.state["renderer"].html(page, frame_of(request)).encode()
    padding = b" " * (-len(html) % PADDED_TO)
    return Response(html + padding, 200, {"Cache-Control": "no-store"}, media_type="text/html")


def see_other(request: Request[Any], name: str, **params: str) -> Response:
    """Send the browser to a page by GET, in the same language."""
    path = request.app.url_path_for(name, **params)
    return RedirectResponse(language_of(request).prefix + path, 303)


def send_ready(request: Request[Any], kept: Ready) -> Response:
    """Send ready bytes, compressed where the browser takes that, or 304 when it has exactly these."""
    compressed = kept.is_compressed and accepts_gzip(request.headers.get("accept-encoding", ""))
    etag = kept.etag(compressed=compressed)
    headers = {"ETag": etag, "Vary": "Accept-Encoding"}
    if _matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    if compressed:
        headers["Content-Encoding"] = "gzip"
    if kept.file_name:
        headers["Content-Disposition"] = f'inline; filename="{kept.file_name}"'
    return Response(kept.compressed if compressed else kept.plain, 200, headers, kept.media_type)


def accepts_gzip(header: str) -> bool:
    """Whether `Accept-Encoding` allows gzip; `q=0` forbids it.

    Source: RFC 9110, 12.5.3.
    """
    for part in header.lower().split(","):
        coding, _, parameters = part.partition(";")
        if coding.strip() in {"gzip", "*"}:
            quality = parameters.replace(" ", "").removeprefix("q=")
            return quality.strip("0.") != "" if quality else True
    return False


def _matches(header: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return etag in tags or "*" in tags
