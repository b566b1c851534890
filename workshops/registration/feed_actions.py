"""Making and revoking the private feed of a code; a form pressed twice gives one and the same address."""

from datetime import datetime

from tortoise.expressions import F

from workshops.registration.feed_rules import FeedTitle, FeedToken, token_of
from workshops.registration.locking import locked_queues
from workshops.registration.models import Feed, Place, Registration, UsedNonce
from workshops.registration.nonces import Nonce
from workshops.settings import Settings
from workshops.vault import Purpose, Vault


async def make_feed(  # noqa: PLR0913 (the form and what it is judged by)
    place: Place, nonce: Nonce, title: FeedTitle, *, vault: Vault, settings: Settings, now: datetime
) -> FeedToken | None:
    """Give the code of a place a private feed, in the place of the one it had.

    Returns:
        The token, which is not kept; None where the form is too old, or its feed was revoked or replaced.
    """
    token = token_of(nonce, vault)
    if token is None or not nonce.is_good(now):
        return None
    owner = place.registration_id
    async with locked_queues([place.session_id], settings, now, of=owner):  # as everything that changes this code
        if await UsedNonce.filter(digest=nonce.mark.value).exists():
            return token if await _call(owner, token, title, vault) else None
        if not await Registration.filter(id=owner).exists():
            return None
        used, kept = nonce.mark, vault.digest(Purpose.FEED, token.value)
        await UsedNonce.create(digest=used.value, key_id=used.key_id, gone_at=nonce.gone_at)
        await Feed.filter(registration_id=owner).delete()
        await Feed.create(digest=kept.value, key_id=kept.key_id, registration_id=owner, title=title.value)
        return token


async def revoke_feed(place: Place) -> None:
    """Let the address of a private feed lead nowhere; revoking twice is the same as once."""
    await Feed.filter(registration_id=place.registration_id).delete()


async def _call(owner: str, token: FeedToken, title: FeedTitle, vault: Vault) -> bool:
    """Let the feed of a form that is pressed again be called what it says now; False where there is none any more."""
    digests = vault.digests(Purpose.FEED, token.value)
    feed = await Feed.filter(registration_id=owner, digest__in=digests).first()
    if feed is not None and feed.title != title:
        await Feed.filter(digest=feed.digest).update(title=title.value, changes=F("changes") + 1)
    return feed is not None
