"""From revisions and texts to what the pages of texts show."""

import re
from collections.abc import Mapping

from anyio import to_thread

from workshops.curricula.beside import Original, beside, original_of
from workshops.curricula.catalogue import Catalogue
from workshops.curricula.editing import UnitText, plain, units_of
from workshops.curricula.looking import can_be_kept, faults_of, readings_of
from workshops.curricula.models import Revision
from workshops.curricula.paths import TextKind, kind_of, part_of, text_id, unit_word
from workshops.curricula.revising import CHANGE_NOTES, needs_second_person
from workshops.curricula.sheet_parts import facts_parts, overlay_parts
from workshops.curricula.state import Library
from workshops.curricula.vouching import VOUCHED, translation_in
from workshops.desk.texts.edit_pages import LeafField, Looked
from workshops.desk.texts.fault_views import fault_rows
from workshops.desk.texts.naming import named
from workshops.desk.texts.pages import RevisionRow, TextHead, UnitRow
from workshops.desk.texts.queries import Kept
from workshops.errors import N_
from workshops.web.languages import direction_of

NAMED, TAKEN_OUT = N_("Name of the area"), N_("Contact taken out")
OWN_NOTES = (N_("Started"), N_("Imported"), NAMED, TAKEN_OUT, VOUCHED)
RESTORED = re.compile(r"Restored from ([1-9][0-9]{0,8})")
MARK = "\ufeff"  # with which some programs begin a file


def head_of(kept: Kept, catalogue: Catalogue) -> TextHead:
    """A text as every page about it names it."""
    language = part_of(kept.path, "language")
    return TextHead(
        id=text_id(kept.path),
        path=kept.path,
        title=_title(kept.path, catalogue),
        place=_place(kept),
        kind=kind_of(kept.path) or TextKind.TEACHING,
        language=language,
        direction=direction_of(language),
        newest=revision_row(kept.newest) if kept.newest else None,
        published=kept.published,
        released=kept.released is not None,
        changed_since=kept.changed_since,
        needs_second=needs_second_person(kept.path),
    )


def _place(kept: Kept) -> str:
    """What prints call the place of a local sheet; the name of its file where it does not say so yet."""
    area = part_of(kept.path, "area")
    if kind_of(kept.path) is TextKind.OVERLAY:
        parts = overlay_parts(kept.text)
        said = parts.fields.get("jurisdiction") if parts else None
        label = said.get("label") if isinstance(said, dict) else None
    else:
        parts = facts_parts(kept.text) if area else None
        label = parts.fields.get("label") if parts else None
    return str(label or area)


def revision_row(revision: Revision) -> RevisionRow:
    note = revision.note
    restored = RESTORED.fullmatch(note)
    number = int(restored[1]) if restored else 0
    listed = note in (*CHANGE_NOTES, *OWN_NOTES)
    return RevisionRow(
        number=revision.number,
        handle=revision.handle,
        day=revision.day,
        note=note,
        published=revision.published,
        published_by=revision.published_by or "",
        published_on=revision.published_on,
        read_by=revision.read_by or "",
        read_on=revision.read_on,
        restored=number,
        listed=listed,
    )


def _title(path: str, catalogue: Catalogue) -> str:
    versions = catalogue.curricula.get(part_of(path, "id"), {})
    title = versions.get(part_of(path, "language")) or next(iter(versions.values()), None)
    return title.title if title else part_of(path, "id")


async def looked_at(path: str, text: str, unit: UnitText | None, library: Library, *, asked: bool) -> Looked:
    """The faults of a text that is being written, and how it will read; off the event loop.

    Args:
        path: Where it stands.
        text: As it would be.
        unit: The part of it that is being edited; None for all.
        library: The texts that it stands among.
        asked: Whether somebody wants to see how it will read.
    """

    def look() -> Looked:
        found = faults_of(path, text, library.texts, library.catalogue)
        units = ([unit] if unit else units_of(text)) if asked and can_be_kept(text) else []
        return Looked(
            fault_rows(found, text, unit.leaves if unit else ()),
            readings_of([named(each, library.catalogue.sources) for each in units]),
            asked,
        )

    return await to_thread.run_sync(look)


def shown_text(text: str) -> str:
    """A whole text as a form holds it: no mark at its start, plain line ends."""
    return text.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")


def original_beside(kept: Kept, unit: UnitText, library: Library) -> Original | None:
    """What a unit of a translation is made from; None for any other text."""
    original = original_of(kept.path, kept.text, library.catalogue)
    text = library.text_of(original) if original else None
    return beside(unit, kept.text, original, text) if original and text else None


def parts_behind(kept: Kept, library: Library) -> list[UnitRow] | None:
    """The parts of a translation that its original has changed since; None where its original is missing."""
    original = original_of(kept.path, kept.text, library.catalogue)
    text = library.text_of(original) if original else None
    if original is None or text is None:
        return None if translation_in(kept.text).get("of") else []
    own = {unit.id: unit for unit in units_of(kept.text)}
    behind = []
    for unit in original.units:
        made = own.get(unit.id)
        found = beside(made, kept.text, original, text) if made else None
        if made is None or (found and found.is_behind):
            behind.append(UnitRow(unit_word(unit.id) if made else "", made.title if made else unit.title))
    return behind


def unit_rows(text: str) -> list[UnitRow]:
    """The units of a text; of two that share an id only the first can be opened."""
    found: dict[str, None] = {}
    rows = []
    for unit in units_of(text):
        first = unit.id and unit.id not in found
        found[unit.id] = None
        rows.append(UnitRow(unit_word(unit.id) if first else "", unit.title or unit.id))
    return rows


def leaf_fields(unit: UnitText, typed: Mapping[str, str]) -> list[LeafField]:
    """The fields of a unit's texts, with what was typed where something was."""
    texts = [(leaf, plain(typed.get(leaf.key, leaf.text))) for leaf in unit.leaves]
    return [
        LeafField(
            leaf.key,
            leaf.kind,
            leaf.title,
            leaf.scenario,
            text,
            min(max(text.count("\n") + len(text) // 60, 2) + 1, 20),
        )
        for leaf, text in texts
    ]
