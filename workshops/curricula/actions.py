"""Saving and publishing a group's own texts; part of the caller's transaction, which has locked the schedule."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from workshops.curricula.models import Edition, Revision
from workshops.curricula.queries import hands_since_published, newest_revision, revision_numbered
from workshops.curricula.revising import NotNewest, Overtaken, ensure_may_publish
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


async def publish_revision(path: str, number: int, handle: str, day: date) -> bool:
    """Put the newest revision in the place of the released file; says whether it was not there before.

    Raises:
        Absent: there is no such revision.
        NotNewest: there is a newer one.
        SecondPersonNeeded: it is about law, and some change of it was read by nobody but who made it.
    """
    revision = await revision_numbered(path, number)
    if revision is None:
        raise Absent
    if revision.published:
        return False
    await _ensure_newest(path, number)
    ensure_may_publish(path, await hands_since_published(path), handle)
    await Revision.filter(path=path, published=True).update(published=False)
    await Revision.filter(id=revision.id).update(published=True, published_by=handle, published_on=day)
    return True


async def note_reader(path: str, number: int, handle: str, day: date) -> None:
    """Note that somebody has read what others saved, so that one of those may publish it.

    Raises:
        NotNewest: there is a newer revision, or none.
    """
    await _ensure_newest(path, number)
    await Revision.filter(path=path, number=number).update(read_by=handle, read_on=day)


async def _ensure_newest(path: str, number: int) -> None:
    newest = await newest_revision(path)
    if newest is None or newest.number != number:
        raise NotNewest


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
