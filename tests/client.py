"""A visitor of the whole application; every page it is shown is also inspected."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import httpx2
from starlette.types import Receive, Scope, Send

from workshops.app import create_app
from workshops.database.connection import transaction
from workshops.schedule.models import Schedule, Session
from workshops.schedule.revision import bump_revision, current_revision
from workshops.settings import Settings

BASE = "http://127.0.0.1:8000"
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
# Shapes in the icons close themselves.
SHAPES = frozenset({"path", "circle", "rect"})
INLINE = frozenset({"a", "abbr", "b", "bdi", "code", "em", "i", "span", "strong", "time"})
SILENT = frozenset({"code", "pre", "script", "style", "textarea"})
GLUED = re.compile(r"\w[.!?:]\u201d?[A-Z\u00c0-\u00dd\u00bf\u00a1\u201c\u0621-\u064a].{0,20}")
EXPOSED = re.compile(r"\b(right|sex|law|legal|police|safety|violen|stigma|worker|negotiat)", re.IGNORECASE)


@dataclass
class HandClock:
    """A clock that a test moves by hand."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Form:
    """A form as a page shows it."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class Inspection(HTMLParser):
    """What is on a page: its title, headings, ids and forms; raises no fault itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.forms: list[Form] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self._read: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"no space in {found}" for found in GLUED.findall("".join(self._read))]
        if self._open:
            self.faults.append(f"never closed: {self._open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._read += [] if tag in INLINE else ["\n"]
        if tag not in VOID and tag not in SHAPES:
            self._open.append(tag)
        self._text = [] if tag in {"title", "h1"} else self._text
        self.ids += [values["id"]] if "id" in values else []
        self.faults += [f"<{tag} {name}>" for name in values if name == "style" or name.startswith("on")]
        if tag == "script" and "src" not in values and values.get("type") != "application/ld+json":  # runs nothing
            self.faults.append("a script in the page")
        if tag == "script" and values.get("src") == "":
            self.faults.append("a script that was never built")
        if tag == "form":
            self.forms.append(Form(values.get("action", "")))
            self.faults += ["a form without action"] if not values.get("action", "").startswith("/") else []
        if self.forms and "form" in self._open and "name" in values and _is_sent(tag, values):
            self.forms[-1].fields.setdefault(values["name"], []).append(values.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or tag in SHAPES:
            return
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")
        self._read += [] if tag in INLINE else ["\n"]
        if tag == "title":
            self.titles.append("".join(self._text).strip())
        if tag == "h1":
            self.headings.append("".join(self._text).strip())

    def handle_data(self, data: str) -> None:
        self._text.append(data)
        self._read += [] if SILENT.intersection(self._open) else [data]


def _is_sent(tag: str, values: Mapping[str, str]) -> bool:
    """Whether a browser would send a field that nobody touched."""
    if tag == "input":
        return values.get("type") not in {"checkbox", "radio"} or "checked" in values
    return tag == "textarea"


def inspect(html: str) -> Inspection:
    """Hold a page to what every page owes."""
    page = Inspection(html)
    assert page.faults == [], page.faults
    assert len(page.headings) == 1, page.headings
    assert len(page.titles) == 1
    assert page.titles[0] != ""
    assert not EXPOSED.search(page.titles[0]), page.titles
    assert len(page.ids) == len(set(page.ids)), page.ids
    return page


class Client:
    """A browser without script and without cookies, unless somebody of staff signs in with it."""

    def __init__(self, http: httpx2.AsyncClient, clock: HandClock, state: Mapping[str, Any]) -> None:
        self.http = http
        self.clock = clock
        self.state = state

    async def schedule_changed(self) -> None:
        """Let the schedule have changed: raise its revision and let this process know."""
        async with transaction():
            await bump_revision()
        self.state["memory"].turn_to(await current_revision())

    async def get(self, path: str, **options: Any) -> httpx2.Response:
        return _seen(await self.http.get(path, **options))

    async def post(self, path: str, fields: Mapping[str, str | Sequence[str]], **options: Any) -> httpx2.Response:
        response = _seen(await self.http.post(path, data=dict(fields), **options))
        of_staff = "cookie" in options.get("headers", {})  # they show no number of theirs
        return response if of_staff else _emptied(response)

    async def place_form(self, session: Session) -> Form:
        """Open the form for a place."""
        response = await self.get(f"/sessions/{session.id}/take")
        assert response.status_code == 200, response.text
        return inspect(response.text).forms[0]

    async def post_form(self, form: Form, **more: str | Sequence[str]) -> "Receipt":
        return Receipt(await self.post(form.action, {**form.fields, **more}))

    async def take(self, session: Session, **more: str | Sequence[str]) -> "Receipt":
        return await self.post_form(await self.place_form(session), **more)

    async def open_place(self, code: str) -> httpx2.Response:
        return await self.post("/place", {"code": code})

    async def cancel(self, code: str) -> httpx2.Response:
        return await self.post("/place/cancel", {"code": code})


@dataclass(frozen=True)
class Receipt:
    """What the answer to a take form says."""

    response: httpx2.Response

    @property
    def code(self) -> str:
        return "".join(re.findall(r"<span>(\d{4})</span>", self.response.text))

    @property
    def placed(self) -> bool:
        return "You have a place" in self.response.text

    @property
    def waiting(self) -> bool:
        return "You are on the waiting list" in self.response.text


def _seen(response: httpx2.Response) -> httpx2.Response:
    if response.headers.get("content-type", "").startswith("text/html") and "<!doctype" in response.text:
        inspect(response.text)
    assert "content-security-policy" in response.headers
    return response


def _emptied(response: httpx2.Response) -> httpx2.Response:
    """Whatever answers a visitor's form keeps no copy of what was sent: the script that sees to it is on the page."""
    of_visitors = not response.request.url.path.startswith("/desk")
    if of_visitors and response.headers.get("content-type", "").startswith("text/html"):
        assert re.search(r'<script src=["\']/static/\w+/code\.js', response.text)
        assert " data-sent" in response.text
    return response


@asynccontextmanager
async def open_client(settings: Settings, now: datetime) -> AsyncIterator[Client]:
    """The application of `settings`, opened, and a visitor of it; the models of the calling task use its database."""
    clock = HandClock(now)
    app = create_app(settings, clock=clock)
    async with app.router.lifespan_context(app) as state:
        assert state is not None

        async def with_state(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, "state": dict(state)}, receive, send)

        transport = httpx2.ASGITransport(app=with_state, raise_app_exceptions=False)
        with state["database"].entered():
            await Schedule.all().update(high_water=None)  # tests may move the clock by days; the site has lived no hour
            async with httpx2.AsyncClient(transport=transport, base_url=BASE) as http:
                yield Client(http, clock, state)
