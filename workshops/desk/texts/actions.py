"""Saving, publishing and restoring texts; one transaction each, and the schedule's row first."""

from dataclasses import dataclass

from anyio import to_thread

from workshops.curricula import actions as texts
from workshops.curricula.actions import Saving
from workshops.curricula.editing import UnitChange, units_of
from workshops.curricula.merging import Clash, put_in
from workshops.curricula.models import Revision
from workshops.curricula.paths import TextKind, kind_of
from workshops.curricula.queries import hands_since_published, newest_revision, revision_numbered, texts_of
from workshops.curricula.revising import NotReadable, ensure_may_use_released, may_read
from workshops.curricula.sources import read_sources
from workshops.curricula.state import Library
from workshops.curricula.versions import changed_units, means_since, raised, restored
from workshops.curricula.vouching import VOUCHED, awaits_people, vouched_for
from workshops.database.connection import transaction
from workshops.desk.texts.queries import Kept, kept_at, released_text, text_seen
from workshops.errors import Absent
from workshops.schedule.acting import Acting
from workshops.schedule.revision import bump_revision, lock_schedule
from workshops.staff.actions import record


@dataclass(frozen=True, slots=True)
class Upon:
    """What a form says besides what was typed."""

    seen: str  # digest of the text that it was opened with
    note: str
    meaning: bool = False  # what it says has changed: translations have to follow


async def save_file(path: str, text: str, upon: Upon, acting: Acting) -> None:
    """Keep a whole text as a revision, with the version that follows; one that changes nothing is none.

    Raises:
        Overtaken: another text was saved since it was opened.
    """
    async with transaction():
        await lock_schedule()
        kept = await kept_at(path, acting.library)
        opened = await _opened(kept, upon, acting)
        units = (changed_units(opened, text) or [unit.id for unit in units_of(text)]) if upon.meaning else None
        written = raised(path, opened, text, units)
        if written != kept.text:
            await keep(kept, written, upon.seen, upon.note, acting)


async def save_unit(path: str, unit_id: str, change: UnitChange, upon: Upon, acting: Acting) -> Clash | None:
    """Put a unit into the newest text and keep that as a revision, unless somebody changed the same unit meanwhile."""
    async with transaction():
        await lock_schedule()
        kept = await kept_at(path, acting.library)
        opened = await _opened(kept, upon, acting)
        merged = put_in(opened, kept.text, unit_id, change)
        if isinstance(merged, Clash):
            return merged
        # A form that is sent twice says so twice, but the first time has marked the unit.
        follows = upon.meaning and means_since(opened, unit_id) == means_since(kept.text, unit_id)
        written = raised(path, kept.text, merged, [unit_id] if follows else None)
        if written != kept.text:
            await keep(kept, written, kept.seen, upon.note, acting)
        return None


async def restore_revision(path: str, number: int, acting: Acting) -> None:
    """Make the text of an older revision the newest one; doing it twice is the same as once.

    Raises:
        Absent: there is no such revision.
    """
    async with transaction():
        await lock_schedule()
        revision = await revision_numbered(path, number)
        if revision is None:
            raise Absent
        kept = await kept_at(path, acting.library)
        text = restored(path, kept.text, revision.edition.text)
        if text != kept.text:
            await keep(kept, text, kept.seen, f"Restored from {number}", acting)


async def publish_text(path: str, number: int, acting: Acting) -> None:
    """Let a revision stand on the pages; publishing it twice is the same as once.

    Raises:
        Absent: there is no such revision.
        NotReadable: it has faults, or makes other texts faulty.
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
    """
    text = (await kept_at(path, acting.library)).text
    if not awaits_people(text):
        return
    vouched = vouched_for(text, acting.today)
    await _ensure_readable(path, vouched, acting)
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


async def keep(kept: Kept, text: str, seen: str, note: str, acting: Acting) -> Revision:
    """Keep a revision, as part of the caller's transaction.

    Until somebody has looked at a later release, it stands beside the released text that its forerunner did.
    """
    saving = Saving(kept.path, text, seen, acting.handle, acting.today, note)
    beside = kept.released
    if kept.newest is not None:
        former = kept.newest.released_id
        beside = (await texts_of([former])).get(former) if former else None
    revision = await texts.save_revision(saving, beside)
    await record(acting.handle, "saved text", acting.now)
    return revision


async def _opened(kept: Kept, upon: Upon, acting: Acting) -> str:
    """The text that a form was opened with; empty where nobody knows it."""
    return kept.text if upon.seen == kept.seen else await text_seen(upon.seen, acting.library) or ""


async def _ensure_readable(path: str, text: str, acting: Acting) -> None:
    """Raises: NotReadable: this text has faults, or what rests on it would have new ones."""
    if await to_thread.run_sync(_breaks, path, text, acting):
        raise NotReadable


def _breaks(path: str, text: str, acting: Acting) -> bool:
    library = acting.library
    if library.faults_of(path, text):
        return True
    return kind_of(path) is TextKind.SOURCES and _takes_sources_away(text, library)


def _takes_sources_away(text: str, library: Library) -> bool:
    """Whether a list of sources lacks one that a text names which reads now."""
    kept = read_sources(text, file="").by_id
    named = (each for versions in library.catalogue.curricula.values() for each in versions.values())
    return any(source.id not in kept for each in named for source in each.sources)
