"""Questions about a group's own texts."""

import re
from collections.abc import Collection, Mapping, Sequence

from workshops.curricula.models import Edition, Revision
from workshops.curricula.revising import Hands

DIGEST = re.compile("[0-9a-f]{32}", re.ASCII)  # forms send digests back, and anybody can send anything


async def published_editions() -> Mapping[str, str]:
    """The digest of every published text, by its path."""
    return dict(await Revision.filter(published=True).values_list("path", "edition_id"))


async def texts_of(digests: Collection[str]) -> Mapping[str, str]:
    """Texts by their digests, as far as those are digests and the texts are kept."""
    asked = [digest for digest in digests if DIGEST.fullmatch(digest)]
    return dict(await Edition.filter(digest__in=asked).values_list("digest", "text")) if asked else {}


async def revisions_of(path: str) -> Sequence[Revision]:
    """Every revision of a text, the newest first; without the texts."""
    return await Revision.filter(path=path).order_by("-number")


async def newest_revision(path: str) -> Revision | None:
    """What was saved last, with its text."""
    return await Revision.filter(path=path).order_by("-number").select_related("edition").first()


async def revision_numbered(path: str, number: int) -> Revision | None:
    """One revision, with its text."""
    return await Revision.filter(path=path, number=number).select_related("edition").first()


async def hands_since_published(path: str) -> Sequence[Hands]:
    """Whose hands every revision since the one on the pages went through, the oldest first."""
    published = await Revision.filter(path=path, published=True).first()
    after = published.number if published else 0
    since = await Revision.filter(path=path, number__gt=after).order_by("number")
    return [Hands(each.handle, frozenset(filter(None, (each.read_by, each.published_by)))) for each in since]


async def newest_revisions() -> Mapping[str, Revision]:
    """What was saved last of each path; without the texts."""
    return {each.path: each for each in await Revision.all().order_by("number")}


async def published_revisions() -> Mapping[str, Revision]:
    """What is published of each path; without the texts."""
    return {each.path: each for each in await Revision.filter(published=True)}
