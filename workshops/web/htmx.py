"""What only htmx knows: its request headers, and which answers differ by them."""

from typing import Any

from starlette.requests import Request

VARY = "HX-Request, HX-History-Restore-Request"


def wanted_block(request: Request[Any]) -> str:
    """The id of the element htmx will replace, which is also the block's name; empty for a whole page."""
    headers = request.headers
    if headers.get("hx-request") != "true" or "hx-history-restore-request" in headers:
        return ""
    _, _, name = headers.get("hx-target", "").rpartition("#")
    return name if name.isidentifier() else ""
