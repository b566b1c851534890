"""Who may write: no other site in the visitor's name, and nobody under another host's name."""

from functools import lru_cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class KnownHost:
    """Refuse requests for a host that is not ours; without a set origin only this machine is ours."""

    def __init__(self, app: ASGIApp, *, origin: str | None) -> None:
        self._app = app
        self._hosts = LOOPBACK | ({urlsplit(origin).hostname or ""} if origin else frozenset())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _host_name(scope) not in self._hosts:
            await PlainTextResponse("This address is not known here.\n", 400)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _host_name(scope: Scope) -> str:
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return _named(hosts[0]) if len(hosts) == 1 else ""


@lru_cache(maxsize=64)
def _named(header: bytes) -> str:
    try:
        return urlsplit("//" + header.decode("ascii")).hostname or ""
    except ValueError:
        return ""


def is_cross_site(headers: Headers, *, scheme: str, origin: str | None, strict: bool) -> bool:
    """Whether a write comes from another site.

    `Sec-Fetch-Site` decides where a browser sends it, else `Origin`. A visitor's browser
    may send neither: it carries no ambient authority, and old phones know neither header.
    Where a cookie could speak for staff, `strict` refuses that too.
    """
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site is not None:
        return fetch_site != "same-origin"
    sent = headers.get("origin")
    if sent is not None:
        ours = {f"{scheme}://{headers.get('host', '')}", *([origin] if origin else [])}
        return sent not in ours
    return strict
