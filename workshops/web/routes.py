"""The way out, on every page."""

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from workshops.web.table import Audience, Declared, shown


async def leave(request: Request[Any]) -> Response:
    """Quick exit: forget what the browser holds of us and go to the neutral page; takes no parameter."""
    # not "storage": there leave.js keeps, for the life of the tab, that Back must show nothing
    headers = {"Clear-Site-Data": '"cache", "cookies"', "Cache-Control": "no-store"}
    return RedirectResponse(request.state["settings"].leave_to, 303, headers)


ROUTES: tuple[Declared, ...] = (shown("/leave", leave, audience=Audience.PUBLIC),)
