"""Questions about private feeds; a feed is found by its token's digest alone."""

from workshops.database.statements import Statement, look_up
from workshops.registration.feed_rules import FeedToken
from workshops.registration.models import Feed, Place
from workshops.vault import Purpose, Vault

_HAS_FEED = Statement("SELECT 1 AS there FROM feed WHERE registration_id = ?")


async def find_feed(token: FeedToken, vault: Vault) -> Feed | None:
    """The feed of a token, under whichever live key its digest was made; the same work whether there is one or not."""
    return await Feed.filter(digest__in=vault.digests(Purpose.FEED, token.value)).first()


async def places_of(feed: Feed) -> list[Place]:
    """What the code of a feed has: its place, and the spot it waits for, each with its session."""
    found = Place.filter(registration_id=feed.registration_id).select_related("session")
    return await found.order_by("target")


async def has_feed(place: Place) -> bool:
    return bool(await look_up(_HAS_FEED(place.registration_id)))
