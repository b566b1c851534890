"""The public calendar, and each evening as a file of its own."""

from collections.abc import Sequence

from anyio.to_thread import run_sync

from workshops.curricula.state import CurriculaState
from workshops.errors import Absent
from workshops.feeds import private_routes
from workshops.feeds.queries import calendar_sessions
from workshops.feeds.rules import AFTER_END, MOST_EVENTS, Entry, file_name, first_leave
from workshops.feeds.views import calendar_name, entry_of
from workshops.schedule.choices import known_words, read_choice, sift, wanted_of
from workshops.schedule.queries import public_session
from workshops.settings import Settings
from workshops.web.memory import Ask, Document, Kept
from workshops.web.table import Declared, kept

State = CurriculaState
MEDIA_TYPE = "text/calendar; charset=utf-8"
QUERY = ("topic", "band", "lang", "area")  # the words of the list of evenings that do not pass with the night


async def calendar(ask: Ask[State]) -> Kept:
    """The evenings that the public list shows, to subscribe to; the same bytes in every language of the site."""
    choice = read_choice(ask.choice)
    catalogue, settings = ask.state["library"].catalogue, ask.state["settings"]
    wanted = wanted_of(choice, catalogue.in_language(settings.default_language))
    found = await calendar_sessions(wanted, ask.now)
    sessions = sift(found, choice, ask.now, settings.small_hours_end)
    entries = [entry_of(each, catalogue) for each in sessions[:MOST_EVENTS]]
    return Kept(await _document(entries, "evenings.ics", settings), first_leave(entries))


async def session_calendar(ask: Ask[State]) -> Kept:
    """One evening, for everyone who has the address of its page."""
    session = await public_session(ask.params["session_id"], ask.now)
    if session is None:
        raise Absent
    entries = [entry_of(session, ask.state["library"].catalogue)]
    until = session.ends_at + AFTER_END  # as its page, cancelled or not
    return Kept(await _document(entries, file_name(session.letter), ask.state["settings"]), until)


async def _document(entries: Sequence[Entry], saved_as: str, settings: Settings) -> Document:
    name = calendar_name(settings.default_language)
    body = await run_sync(_written, entries, name)  # a long one takes some tenths of a second
    return Document(body, MEDIA_TYPE, saved_as)


def _written(entries: Sequence[Entry], name: str) -> bytes:
    from workshops.feeds.calendars import calendar_bytes  # noqa: PLC0415 (no start should wait 0.1 s for icalendar)

    return calendar_bytes(entries, name)


ROUTES: tuple[Declared, ...] = (
    kept("/calendar.ics", calendar, query=QUERY, known=known_words, validated=True),
    kept("/sessions/{session_id:id}.ics", session_calendar, validated=True),
    *private_routes.ROUTES,
)
