"""Our few static files, read once, compressed once, named by their content so that browsers may keep them."""

import mimetypes
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshops.web.answers import send_ready
from workshops.web.memory import Ready, ready, strong_etag
from workshops.web.state import AppState

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
HTMX = "vendor/htmx.min.js"
WORKER = "vendor/altcha-pbkdf2.js"


class StaticFiles:
    """Every file of `static/` under an address that changes with its bytes."""

    def __init__(self, folder: Path = STATIC) -> None:
        self.paths: dict[str, str] = {HTMX: "", WORKER: ""}  # empty where a file was never built
        self._ready: dict[str, Ready] = {}
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                self._add(file, file.relative_to(folder).as_posix())

    def _add(self, file: Path, name: str) -> None:
        body = file.read_bytes()
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        address = f"{strong_etag(body)[1:9]}/{file.name}"
        self._ready[address] = ready(body, media_type)
        self.paths[name] = f"/static/{address}"

    async def static_file(self, request: Request[AppState]) -> Response:
        found = self._ready.get(request.path_params["address"])
        if found is None:
            raise HTTPException(404)
        response = send_ready(request, found)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def static_routes(files: StaticFiles) -> list[Route]:
    """The one route outside the table: bytes that are the same for everyone."""
    return [Route("/static/{address:path}", files.static_file, methods=["GET"], name="static_file")]
