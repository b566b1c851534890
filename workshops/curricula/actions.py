"""Saving and publishing a group's own texts; part of the caller's transaction, which has locked the schedule."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from workshops.curricula.models import Edition, Revision
from workshops.curricula.queries import newest_revision, revision_numbered
from workshops.curricula.revising import Overtaken, ensure_may_publish
from workshops.curricula.texts import digest_of_text
from workshops.errors import Absent


@dataclass(frozen=True, slots=True)
class Saving:
    """A text that somebody wants to keep."""

    path: str
    text: str
    seen: str  # digest of the text that the editor was opened with; empty for a new one
    handle: str
    day: date
    note: str


async def save_revision(saving: Saving, released: str | None) -> Revision:
    """Keep a text as the newest revision of its path; the same text saved twice is one revision.

    Args:
        saving: What, by whom, and upon what.
        released: The text of the released file, if there is one.

    Raises:
        Overtaken: another text was saved since `seen`.
    """
    newest = await newest_revision(saving.path)
    current = newest.edition.text if newest else released
    digest = digest_of_text(saving.text)
    if newest is not None and digest == newest.edition_id:
        return newest
    if current is not None and digest_of_text(current) != saving.seen:
        raise Overtaken
    return await Revision.create(
        path=saving.path,
        number=newest.number + 1 if newest else 1,
        edition_id=await keep_edition(saving.text),
        released_id=None if released is None else await keep_edition(released),
        handle=saving.handle,
        day=saving.day,
        note=saving.note,
    )


async def publish_revision(path: str, number: int, handle: str) -> Revision:
    """Put one revision in the place of the released file.

    Raises:
        Absent: there is no such revision.
        SecondPersonNeeded: it is about law, and the same person saved it.
    """
    revision = await revision_numbered(path, number)
    if revision is None:
        raise Absent
    ensure_may_publish(path, revision.handle, handle)
    await Revision.filter(path=path, published=True).exclude(number=number).update(published=False)
    await Revision.filter(id=revision.id).update(published=True)
    return revision


async def use_released(path: str) -> None:
    """Let the released file stand again; revisions are kept."""
    await Revision.filter(path=path, published=True).update(published=False)


async def keep_edition(text: str) -> str:
    """Keep a text for as long as something needs it; gives its digest."""
    digest = digest_of_text(text)
    if not await Edition.filter(digest=digest).exists():
        await Edition.create(digest=digest, text=text)
    return digest


async def forget_editions(needed: Collection[str]) -> int:
    """Delete the texts that no revision refers to, but those whose digests are needed; says how many."""
    used = {
        digest for pair in await Revision.all().values_list("edition_id", "released_id") for digest in pair if digest
    }
    kept = await Edition.all().values_list("digest", flat=True)
    unused = {str(digest) for digest in kept} - used - set(needed)
    return await Edition.filter(digest__in=list(unused)).delete() if unused else 0
