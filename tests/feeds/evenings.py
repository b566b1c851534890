"""Builders for feeds: entries, and what a kept handler is asked with."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from tests.make import NOW
from workshops.curricula.catalogue import Catalogue
from workshops.curricula.state import CurriculaState
from workshops.feeds.routes import calendar, session_calendar
from workshops.feeds.rules import Entry
from workshops.schedule.models import Session
from workshops.schedule.moments import Span
from workshops.settings import Settings
from workshops.web.languages import read_languages
from workshops.web.memory import Ask, Document, Kept

MODIFIED = NOW - timedelta(days=5)


def make_entry(session_id: str = "abcdefgh2345", **changes: Any) -> Entry:
    """The smallest entry: an evening that ends after midnight."""
    values: dict[str, Any] = {
        "title": "Information evening B",
        "area": "Harbour",
        "span": Span(NOW + timedelta(hours=3), NOW + timedelta(hours=7)),
        "sequence": 0,
        "modified_at": MODIFIED,
    }
    return Entry(session_id, **(values | changes))


class Desk:
    """Asks the two handlers as the edge would, and keeps nothing between one question and the next."""

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self._state: Any = {"settings": settings, "library": SimpleNamespace(catalogue=catalogue)}

    async def calendar(self, now: datetime = NOW, **choice: str) -> Kept:
        return await calendar(self._ask("/calendar.ics", {}, choice, now))

    async def session(self, session: Session, now: datetime = NOW) -> Kept:
        path, params = f"/sessions/{session.id}.ics", {"session_id": session.id}
        return await session_calendar(self._ask(path, params, {}, now))

    def _ask(self, path: str, params: dict[str, str], choice: dict[str, str], now: datetime) -> Ask[CurriculaState]:
        (language,) = read_languages(["en"])
        return Ask(path, params, choice, language, now, self._state)


def body_of(kept: Kept) -> bytes:
    assert isinstance(kept.content, Document)
    return kept.content.body


def lines_of(kept: Kept, name: str) -> list[str]:
    """The values of every line of that name; short ones, which need no fold."""
    lines = body_of(kept).decode().splitlines()
    return [line.removeprefix(f"{name}:") for line in lines if line.startswith(f"{name}:")]
