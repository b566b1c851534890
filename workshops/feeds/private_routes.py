"""The private calendar of a code: whoever has its address reads it, and nobody keeps it on the way."""

from collections.abc import Sequence

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from workshops.curricula.state import CurriculaState
from workshops.feeds.private_views import own_entries, own_title
from workshops.feeds.rules import OwnEntry
from workshops.registration.feed_queries import find_feed, places_of
from workshops.registration.feed_rules import FeedToken
from workshops.schedule.site import is_frozen
from workshops.web.answers import language_of
from workshops.web.languages import translations
from workshops.web.table import Audience, Declared, shown

MEDIA_TYPE = "text/calendar; charset=utf-8"
NOWHERE = "There is no such calendar.\n"  # no page: its links would repeat the address


async def private_calendar(request: Request[CurriculaState]) -> Response:
    """The entries of a code; one same answer for tokens that are unknown, revoked or deleted.

    While the site is hidden every token, known or not, leads to the same empty calendar, so
    that entries go from calendars too and no token can be told from another.
    """
    state, language = request.state, language_of(request)
    token = FeedToken(request.path_params["token"])
    if await is_frozen():
        return await _answer([], translations(language.code).gettext("Calendar"))
    feed = await find_feed(token, state["vault"])
    places = await places_of(feed) if feed else []
    if feed is None or not places:
        return PlainTextResponse(NOWHERE, 404, {"Cache-Control": "no-store"})
    return await _answer(own_entries(token, feed, places, language, state["clock"]()), own_title(feed, language))


async def _answer(entries: Sequence[OwnEntry], name: str) -> Response:
    body = await run_sync(_written, entries, name)
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'inline; filename="calendar.ics"'}
    return Response(body, 200, headers, MEDIA_TYPE)


def _written(entries: Sequence[OwnEntry], name: str) -> bytes:
    from workshops.feeds.calendars import calendar_bytes  # noqa: PLC0415 (no start should wait 0.1 s for icalendar)

    return calendar_bytes(entries, name)


ROUTES: tuple[Declared, ...] = (shown("/calendars/{token}.ics", private_calendar, audience=Audience.ADDRESS),)
