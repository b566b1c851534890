"""Private feeds count their own revisions, without a time: readers take an entry over only when its sequence rises."""

from tortoise.expressions import F

from workshops.registration.models import Feed, Place
from workshops.schedule.models import Session


async def revise_feed(registration_id: str, former: Session) -> None:
    """Let whatever the feed of a registration says next be newer than what it said before.

    An entry's sequence is its session's own plus the feed's changes. Another session may have a
    lower one of its own, so the changes rise past what could be said of `former`, and of what the
    code has now. Without a feed nothing happens.
    """
    feed = Feed.filter(registration_id=registration_id)
    if await feed.exists():
        present = await Place.filter(registration_id=registration_id).values_list("session__sequence", flat=True)
        said = former.sequence + sum(int(str(each)) for each in present)
        await feed.update(changes=F("changes") + (said + 1))
