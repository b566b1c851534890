"""From a code's place to what its private calendar is told."""

from collections.abc import Sequence
from datetime import datetime

from workshops.feeds.rules import OwnEntry, own_status
from workshops.registration.feed_rules import WORDS, FeedTitle, FeedToken
from workshops.registration.models import Feed, Place
from workshops.registration.rules import PlaceState
from workshops.schedule.rules import SessionState
from workshops.web.languages import Language, translations


def own_entries(
    token: FeedToken, feed: Feed, places: Sequence[Place], language: Language, now: datetime
) -> list[OwnEntry]:
    """The place as one entry, and as another the evening that it would move to by itself."""
    title = own_title(feed, language)
    return [_entry(token, feed, place, title, now) for place in places if _is_shown(place)]


def own_title(feed: Feed, language: Language) -> str:
    """The title that was chosen, in the language of the address."""
    return translations(language.code).gettext(WORDS[FeedTitle(feed.title)])


def _is_shown(place: Place) -> bool:
    return place.session.state != SessionState.DRAFT and not place.session.frozen


def _entry(token: FeedToken, feed: Feed, place: Place, title: str, now: datetime) -> OwnEntry:
    session = place.session
    waits, cancelled = place.state != PlaceState.CONFIRMED, session.state == SessionState.CANCELLED
    return OwnEntry(
        uid=token.uid(target=place.target),
        title=title,
        span=session.span,
        sequence=feed.changes + session.sequence,
        # Written anew for this answer, so revised now; when the place itself changed is known to nobody.
        modified_at=now.replace(minute=0, second=0, microsecond=0),
        status=own_status(waits=waits, cancelled=cancelled),
    )
