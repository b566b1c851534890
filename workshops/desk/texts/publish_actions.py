"""Putting texts on the pages and taking them back; one transaction each, and the schedule's row first."""

from anyio import to_thread

from workshops.curricula import actions as texts
from workshops.curricula.models import Revision
from workshops.curricula.paths import TextKind, kind_of
from workshops.curricula.queries import hands_since_published, newest_revision, revision_numbered
from workshops.curricula.revising import (
    BehindOriginal,
    NotReadable,
    TakesLawDown,
    ensure_may_use_released,
    may_read,
)
from workshops.curricula.rules import Curriculum
from workshops.curricula.sheets import slot_lost
from workshops.curricula.sources import read_sources
from workshops.curricula.state import Library
from workshops.curricula.vouching import VOUCHED, awaits_people, vouched_for
from workshops.database.connection import transaction
from workshops.desk.texts.actions import keep
from workshops.desk.texts.queries import kept_at, released_text
from workshops.errors import Absent
from workshops.schedule.acting import Acting
from workshops.schedule.revision import bump_revision, lock_schedule
from workshops.staff.actions import record


async def publish_text(path: str, number: int, acting: Acting) -> None:
    """Let a revision stand on the pages; publishing it twice is the same as once.

    Raises:
        Absent: there is no such revision.
        NotReadable, TakesLawDown: it has faults, or makes other texts faulty.
        NotNewest, SecondPersonNeeded: see `curricula.actions.publish_revision`.
    """
    revision = await revision_numbered(path, number)
    if revision is None:
        raise Absent
    await _ensure_readable(path, revision.edition.text, acting)
    async with transaction():
        await lock_schedule()
        if await texts.publish_revision(path, number, acting.handle, acting.today):
            await bump_revision()
            await record(acting.handle, "published text", acting.now)


async def note_reader(path: str, number: int, acting: Acting) -> None:
    """Say that one has read what others saved, so that one of those can publish it; twice is the same as once.

    Raises:
        NotNewest: somebody saved a newer revision since.
    """
    async with transaction():
        await lock_schedule()
        if may_read(path, await hands_since_published(path), acting.handle):
            await texts.note_reader(path, number, acting.handle, acting.today)
            await record(acting.handle, "read text", acting.now)


async def answer_for(path: str, seen: str, acting: Acting) -> None:
    """Say that people have read a machine's translation, and let it stand on the pages; twice is the same as once.

    Raises:
        Overtaken: another text was saved since they read it.
        NotReadable: it has faults.
        BehindOriginal: its original means something else by now, or is gone.
    """
    text = (await kept_at(path, acting.library)).text
    if not awaits_people(text):
        return
    vouched = vouched_for(text, acting.today)
    await _ensure_readable(path, vouched, acting)
    value = acting.library.value_of(path, vouched)
    if isinstance(value, Curriculum) and value.translation.is_behind:
        raise BehindOriginal
    async with transaction():
        await lock_schedule()
        revision = await keep(await kept_at(path, acting.library), vouched, seen, VOUCHED, acting)
        await texts.publish_revision(path, revision.number, acting.handle, acting.today)
        await bump_revision()
        await record(acting.handle, "answered for text", acting.now)


async def use_released(path: str, acting: Acting) -> None:
    """Let the file that came with the program stand again, or nothing where none did; twice is the same as once.

    Raises:
        SecondPersonForReleased: that file says what holds in a place, and the same person saved the newest revision.
    """
    async with transaction():
        await lock_schedule()
        kept = await kept_at(path, acting.library)
        if not kept.published or kept.newest is None:
            return
        ensure_may_use_released(path, kept.newest.handle, acting.handle, released=kept.released is not None)
        await texts.use_released(path)
        await bump_revision()
        await record(acting.handle, "unpublished text", acting.now)


async def accept_release(path: str, acting: Acting) -> None:
    """Note that somebody has looked at what a later release changed, and goes on with the group's own text."""
    async with transaction():
        await lock_schedule()
        newest, released = await newest_revision(path), released_text(path, acting.library)
        if newest is None or released is None:
            return
        await Revision.filter(id=newest.id).update(released_id=await texts.keep_edition(released))
        await record(acting.handle, "kept own text", acting.now)


async def _ensure_readable(path: str, text: str, acting: Acting) -> None:
    """Raises: NotReadable, TakesLawDown: this text has faults, or what rests on it would have new ones."""
    await to_thread.run_sync(_read, path, text, acting.library)


def _read(path: str, text: str, library: Library) -> None:
    if library.faults_of(path, text) or (kind_of(path) is TextKind.SOURCES and _takes_sources_away(text, library)):
        raise NotReadable
    value = library.value_of(path, text)
    if isinstance(value, Curriculum):
        versions = {**library.catalogue.curricula.get(value.id, {}), value.language: value}
        if slot := slot_lost(value.id, versions, library.catalogue.overlays):
            raise TakesLawDown(slot=slot)


def _takes_sources_away(text: str, library: Library) -> bool:
    """Whether a list of sources lacks one that a text names which reads now."""
    kept = read_sources(text, file="").by_id
    named = (each for versions in library.catalogue.curricula.values() for each in versions.values())
    return any(source.id not in kept for each in named for source in each.sources)
