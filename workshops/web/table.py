"""The routes table: every route says who may come in, how its answer is kept and whose request it is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from importlib import import_module
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from workshops.web.forms import BODY_LIMIT
from workshops.web.memory import Ask, Kept, Known


class Audience(Enum):
    """Who a route is for; nothing is reachable that names nobody."""

    PUBLIC = auto()
    CODE = auto()  # carries a code in its body
    ADDRESS = auto()  # whoever has the address, which is secret and given out once
    FACILITATOR = auto()
    COORDINATOR = auto()
    REPORTER = auto()
    STAFF = auto()  # signed in, whatever the role

    @property
    def signed_in(self) -> bool:
        return self not in {Audience.PUBLIC, Audience.CODE, Audience.ADDRESS}


class Keeping(Enum):
    """How an answer is kept."""

    KEPT = auto()  # rendered once per revision, in memory; the browser keeps nothing
    NEVER = auto()  # made for one request, kept nowhere
    VALIDATED = auto()  # the browser may keep it and asks again with its ETag


class Counted(Enum):
    """In which hourly bucket a request belongs; nothing counts requests yet, and no line of a log is ever about one."""

    PARTICIPANT = auto()
    STAFF = auto()
    NOTHING = auto()


Handler = Callable[[Request[Any]], Awaitable[Response]]
KeptHandler = Callable[[Ask[Any]], Awaitable[Kept]]


@dataclass(frozen=True, slots=True)
class Declared:
    """One line of the table."""

    path: str
    methods: tuple[str, ...]
    name: str
    audience: Audience
    keeping: Keeping
    counted: Counted
    handler: Handler | None = None
    kept_handler: KeptHandler | None = None
    query: tuple[str, ...] = ()  # what a kept page reads of its query; anything else is ignored
    known: Known | None = None  # which values of these words name something
    blocks: tuple[str, ...] = ()  # of a kept page: what htmx may ask for alone
    fresh_factor: bool = False  # needs a second factor given lately
    body_limit: int = BODY_LIMIT  # bytes that may be sent there
    asks_itself: bool = False  # its own question tells whether everything is hidden


class Later:
    """A handler whose module is loaded when it is first asked for: a start has no time for all of them."""

    def __init__(self, module: str, name: str) -> None:
        self.module = module
        self.__name__ = name

    def load(self) -> Handler:
        handler: Handler = getattr(import_module(self.module), self.__name__)
        return handler

    async def __call__(self, request: Request[Any]) -> Response:
        return await self.load()(request)


def kept(  # noqa: PLR0913 (one argument per column of the table)
    path: str,
    handler: KeptHandler,
    *,
    query: tuple[str, ...] = (),
    known: Known | None = None,
    blocks: tuple[str, ...] = (),
    validated: bool = False,
) -> Declared:
    """Declare a public page or document that is rendered once per revision.

    Its handler is given an `Ask`, which holds nothing of who asks: by its type it cannot
    show what belongs to one visitor.
    """
    keeping = Keeping.VALIDATED if validated else Keeping.KEPT
    name = handler.__name__
    declared = Declared(path, ("GET",), name, Audience.PUBLIC, keeping, Counted.PARTICIPANT, kept_handler=handler)
    return replace(declared, query=query, known=known, blocks=blocks)


def shown(
    path: str,
    handler: Handler,
    *,
    audience: Audience,
    keeping: Keeping = Keeping.NEVER,
    fresh_factor: bool = False,
) -> Declared:
    """Declare a page made for one request."""
    return _declared(("GET",), path, handler, audience, keeping, fresh_factor=fresh_factor)


def done(  # noqa: PLR0913 (what an action may declare)
    path: str,
    handler: Handler,
    *,
    audience: Audience,
    fresh_factor: bool = False,
    body_limit: int = BODY_LIMIT,
    asks_itself: bool = False,
) -> Declared:
    """Declare an action: a POST, whose answer is kept nowhere."""
    declared = _declared(("POST",), path, handler, audience, Keeping.NEVER, fresh_factor=fresh_factor)
    return replace(declared, body_limit=body_limit, asks_itself=asks_itself)


def _declared(  # noqa: PLR0913 (one argument per column of the table)
    methods: tuple[str, ...],
    path: str,
    handler: Handler,
    audience: Audience,
    keeping: Keeping,
    *,
    fresh_factor: bool,
) -> Declared:
    counted = Counted.STAFF if audience.signed_in else Counted.PARTICIPANT
    name = handler.__name__
    return Declared(path, methods, name, audience, keeping, counted, handler=handler, fresh_factor=fresh_factor)
