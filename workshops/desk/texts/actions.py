"""Saving and restoring texts; one transaction each, and the schedule's row first."""

from dataclasses import dataclass

from workshops.curricula import actions as texts
from workshops.curricula.actions import Saving
from workshops.curricula.editing import UnitChange, units_of
from workshops.curricula.merging import Clash, put_in
from workshops.curricula.models import Revision
from workshops.curricula.queries import revision_numbered, texts_of
from workshops.curricula.versions import changed_units, means_since, raised, restored
from workshops.database.connection import transaction
from workshops.desk.texts.queries import Kept, kept_at, text_seen
from workshops.errors import Absent
from workshops.schedule.acting import Acting
from workshops.schedule.revision import lock_schedule
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
