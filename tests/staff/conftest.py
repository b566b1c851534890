"""What the tests of staff share: a vault, and a house that is little more than its door."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.staff.people import NOW, CountingHasher, cheap_porter
from workshops.database.connection import Database
from workshops.settings import Settings
from workshops.staff.gate import admit
from workshops.staff.routes import ROUTES
from workshops.vault import Vault, make_vault
from workshops.web import errors
from workshops.web.forms import BODY_LIMIT
from workshops.web.headers import Headers
from workshops.web.inside import InDatabase
from workshops.web.languages import read_languages
from workshops.web.prefix import LanguagePrefix
from workshops.web.rendering import Renderer
from workshops.web.static import StaticFiles
from workshops.web.table import Audience, Declared, shown

OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return make_vault(tmp_path / "keys")


@pytest.fixture
def hasher() -> CountingHasher:
    return CountingHasher()


@pytest.fixture
def house(database: Database, settings: Settings, vault: Vault, hasher: CountingHasher) -> "House":
    return House(database, settings, vault, hasher)


class House:
    """The door, a room for each kind of staff, and nothing but name plates elsewhere."""

    def __init__(self, database: Database, settings: Settings, vault: Vault, hasher: CountingHasher) -> None:
        self.now = NOW
        self.vault = vault
        languages = read_languages(["en", "es"])
        files = StaticFiles()
        self._app = _app(settings, languages)
        self._state = {
            "settings": settings,
            "clock": lambda: self.now,
            "vault": vault,
            "database": database,
            "languages": languages,
            "renderer": Renderer(self._app.url_path_for, files.paths),
            "porter": cheap_porter(hasher),
        }

    def browser(self, address: str = "http://localhost", **headers: str) -> httpx2.AsyncClient:
        """A browser of its own, with a jar for cookies; its posts come from our pages."""
        transport = httpx2.ASGITransport(self)
        return httpx2.AsyncClient(transport=transport, base_url=address, headers=OURS | headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "state": dict(self._state)}, receive, send)


async def room(request: Request[Any]) -> Response:
    """Tell what the gate has written on the request."""
    scope = request.scope
    roles = sorted(role.value for role in scope["roles"])
    return JSONResponse({"handle": scope["handle"], "account": scope["account_id"], "roles": roles})


ROOMS = [
    *(
        replace(shown(f"/room/{audience.name.lower()}", room, audience=audience), name=f"room_{audience.name}")
        for audience in Audience
        if audience.signed_in
    ),
    replace(shown("/room/safe", room, audience=Audience.STAFF, fresh_factor=True), name="room_safe"),
]


async def name_plate(_: Request[Any]) -> Response:
    return Response("a page of another part")


PLATES = ("programme", "topics", "place", "safety", "what_we_hold", "calendar", "desk", "leave")


def _app(settings: Settings, languages: Any) -> Starlette:
    return Starlette(
        routes=[
            *(
                Route(each.path, _guarded(each), methods=list(each.methods), name=each.name)
                for each in (*ROUTES, *ROOMS)
            ),
            *(Route(f"/elsewhere/{name}", name_plate, name=name) for name in PLATES),
        ],
        middleware=[
            Middleware(Headers, trusted_proxy=False, indexing=settings.indexing),
            Middleware(errors.Bugs, emptier="/static/0/code.js"),
            Middleware(RequestBodyLimitMiddleware, max_body_size=BODY_LIMIT),
            Middleware(LanguagePrefix, languages=languages),
            Middleware(InDatabase),
        ],
        exception_handlers=errors.HANDLERS,
    )


def _guarded(declared: Declared) -> Callable[[Request[Any]], Awaitable[Response]]:
    async def endpoint(request: Request[Any]) -> Response:
        assert declared.handler is not None
        if declared.audience.signed_in:
            turned_away = await admit(request, declared)
            if turned_away is not None:
                return turned_away
        return await declared.handler(request)

    return endpoint
