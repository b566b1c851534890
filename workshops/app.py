"""The composition root: settings in, a web application out; nothing is opened until its lifespan starts."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

from starlette.applications import Starlette
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshops.clock import Clock, utc_now
from workshops.commands import Tools
from workshops.control import control_socket
from workshops.curricula.routes import ROUTES as CURRICULA
from workshops.curricula.state import Library
from workshops.database.away import DatabaseAway
from workshops.database.connection import open_database
from workshops.database.keys import fitting_vault
from workshops.desk.routes import ROUTES as DESK
from workshops.errors import CannotStart
from workshops.feeds.routes import ROUTES as FEEDS
from workshops.handouts.routes import ROUTES as HANDOUTS
from workshops.handouts.state import open_prints
from workshops.registration.routes import ROUTES as REGISTRATION
from workshops.schedule.revision import show_newest
from workshops.schedule.routes import ROUTES as SCHEDULE
from workshops.schedule.site import ensure_not_frozen
from workshops.settings import Settings
from workshops.staff.gate import admit
from workshops.staff.porter import Porter
from workshops.staff.routes import ROUTES as STAFF
from workshops.upkeep import upkeep
from workshops.web import errors
from workshops.web.forms import BODY_LIMIT
from workshops.web.headers import Headers
from workshops.web.inside import InDatabase
from workshops.web.keeping import kept_endpoint
from workshops.web.languages import Language, read_languages
from workshops.web.limits import BodyLimit
from workshops.web.memory import Memory
from workshops.web.origin import SAFE_METHODS, KnownHost, is_cross_site
from workshops.web.prefix import LanguagePrefix
from workshops.web.rendering import Renderer
from workshops.web.routes import ROUTES as WEB
from workshops.web.static import StaticFiles, static_routes
from workshops.web.table import Audience, Declared, Handler

TABLE: tuple[Declared, ...] = (*SCHEDULE, *REGISTRATION, *CURRICULA, *HANDOUTS, *FEEDS, *STAFF, *DESK, *WEB)


class ShortId(StringConvertor):
    """Ids in addresses: anything else is no page, and never reaches the database."""

    regex = "[0-9a-hjkmnp-tv-z]{8,12}"


def create_app(settings: Settings, *, clock: Clock = utc_now) -> Starlette:
    """Put the application together.

    Raises:
        CannotStart: the settings name a language nobody knows.
    """
    register_url_convertor("id", ShortId())
    languages = read_languages(settings.languages)
    files = StaticFiles()
    app = Starlette(
        routes=[*(_route(declared, settings) for declared in TABLE), *static_routes(files)],
        middleware=[
            Middleware(Headers, trusted_proxy=settings.trusted_proxy, indexing=settings.indexing),
            Middleware(errors.Bugs, emptier=files.paths["code.js"]),
            Middleware(KnownHost, origin=settings.origin),
            Middleware(BodyLimit, most=BODY_LIMIT),
            Middleware(LanguagePrefix, languages=languages),
            Middleware(InDatabase),
        ],
        exception_handlers=errors.HANDLERS,
        lifespan=_lifespan(settings, clock, languages, files),
    )
    app.router.redirect_slashes = False
    return app


def _lifespan(
    settings: Settings, clock: Clock, languages: tuple[Language, ...], files: StaticFiles
) -> Callable[[Starlette], AbstractAsyncContextManager[dict[str, Any]]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, Any]]:
        try:
            async with open_database(settings) as database, open_prints(settings) as prints:
                memory, library = Memory(), Library(settings)
                await show_newest(library, memory)
                state: Any = {
                    "settings": settings,
                    "clock": clock,
                    "vault": await fitting_vault(settings.key_dir),
                    "database": database,
                    "languages": languages,
                    "renderer": Renderer(_path_for(app), files.paths),
                    "memory": memory,
                    "library": library,
                    "porter": Porter(),
                    "prints": prints,
                }
                tools = Tools(settings, clock, state["vault"], (library, memory))
                async with upkeep(state), control_socket(tools, database):
                    yield state
        except CannotStart as fault:
            app.state.cannot_start = fault  # for who serves the application to say in one line
            raise

    return lifespan


def _path_for(app: Starlette) -> Callable[..., str]:
    """What gives a route's path by its name at once; Starlette asks every route in turn, for every link of a page."""
    routes = {route.name: route for route in app.routes if isinstance(route, Route)}

    def path_for(name: str, **params: str) -> str:
        return str(routes[name].url_path_for(name, **params))

    return path_for


def _route(declared: Declared, settings: Settings) -> Route:
    handler: Callable[[Request[Any]], Awaitable[Response]]
    if declared.kept_handler is not None:
        handler = kept_endpoint(declared)
    else:
        assert declared.handler is not None
        handler = _guarded(declared, declared.handler, settings.origin)
    limit = declared.body_limit if declared.body_limit != BODY_LIMIT else None
    return Route(declared.path, handler, methods=list(declared.methods), name=declared.name, max_body_size=limit)


def _guarded(declared: Declared, handler: Handler, origin: str | None) -> Handler:
    """Let a request in only if the route's audience allows it and no other site sent it."""
    signed_in = declared.audience.signed_in
    asks = declared.audience is Audience.CODE and not declared.asks_itself

    async def endpoint(request: Request[Any]) -> Response:
        writes = request.method not in SAFE_METHODS
        if writes and is_cross_site(request.headers, scheme=request.scope["scheme"], origin=origin, strict=signed_in):
            raise HTTPException(403)
        if asks:
            with suppress(DatabaseAway):  # the handler will find that out, and show its form again
                await ensure_not_frozen()
        if not signed_in:
            return await handler(request)
        turned_away = await admit(request, declared)
        if turned_away is not None:
            return turned_away
        response = await handler(request)
        if writes:
            await show_newest(request.state["library"], request.state["memory"])
        return response

    return endpoint
