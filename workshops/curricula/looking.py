"""A text that is being written: its faults and notes beside the texts that it is held against, and how it will read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from markupsafe import Markup

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.characters import FORBIDDEN, LONGEST_FILE, REPLACEMENT
from workshops.curricula.check import Report, check_texts
from workshops.curricula.editing import Leaf, UnitText
from workshops.curricula.findings import Broken, Fault
from workshops.curricula.library import read_file
from workshops.curricula.local_facts import LocalFacts
from workshops.curricula.markdown import to_html
from workshops.curricula.overlays import Overlay
from workshops.curricula.paths import TextKind, kind_of, part_of
from workshops.curricula.rules import Curriculum
from workshops.curricula.sheet_notes import sheet_notes
from workshops.curricula.sheets import read_sheets
from workshops.curricula.sources import Sources, read_sources
from workshops.curricula.texts import SOURCES, TeachingFile, TextFile, Texts
from workshops.curricula.translating import beside_original

MOST_SHOWN = 100_000  # characters: as many as all leaves of a valid file may hold
SHORTEST = 100  # characters that a text counts for at least: its heading is sent too
Value: TypeAlias = Curriculum | Overlay | LocalFacts | Sources | Broken
UNKEPT = "\x00"  # the one character that no database keeps


@dataclass(frozen=True, slots=True)
class Reading:
    """A text of a unit as people will read it."""

    leaf: Leaf
    html: Markup | None  # None: it is too long to be shown


def faults_of(path: str, text: str, texts: Texts, catalogue: Catalogue) -> tuple[Fault, ...]:
    """What is wrong with one text; no other is read for that.

    Args:
        path: Where it stands, or would stand.
        text: As long and as broken as it likes.
        texts: Those that it stands among.
        catalogue: What those say.
    """
    found = value_of(path, text, texts, catalogue)
    return found.faults if isinstance(found, Sources | Broken) else ()


def value_of(path: str, text: str, texts: Texts, catalogue: Catalogue) -> Value:
    """What one text says, or its faults; no other is read for that.

    Args:
        path: Where it stands, or would stand.
        text: As long and as broken as it likes.
        texts: Those that it stands among.
        catalogue: What those say.
    """
    file = TextFile(f"{texts.folder}/{path}", text)
    kind = kind_of(path)
    if kind is TextKind.SOURCES:
        return read_sources(text, file=file.name)
    if kind is not TextKind.TEACHING:
        sheets = read_sheets(replace(texts, files={path: file}), catalogue.curricula)
        values: list[Value] = [*(each for _, each in sheets.overlays), *(each for _, each in sheets.facts)]
        return [*values, *sheets.broken][0]
    beside = {part_of(name, "language") for name in (*texts.files, path) if _is_beside(path, name)} - {""}
    place = TeachingFile(part_of(path, "id"), part_of(path, "language"), frozenset(beside), file)
    found = read_file(place, catalogue.sources, texts.exposure)
    if isinstance(found, Broken):
        return found
    return beside_original(found, {**catalogue.curricula.get(found.id, {}), found.language: found})


def report_on(path: str, text: str, texts: Texts, catalogue: Catalogue, today: date) -> Report:
    """Everything that can be said about one text; only what it is held against is read with it.

    Args:
        path: Where it stands, or would stand.
        text: As long and as broken as it likes.
        texts: Those that it stands among.
        catalogue: What those say.
        today: For what is due or ends.
    """
    file = TextFile(f"{texts.folder}/{path}", text)
    if kind_of(path) in {TextKind.OVERLAY, TextKind.FACTS}:
        return _report_on_sheet(replace(texts, files={path: file}), catalogue, today)
    beside = {name: each for name, each in texts.files.items() if _is_beside(path, name)}
    found = check_texts(replace(texts, files=dict(sorted({**beside, path: file}.items()))), today=today)
    faults = tuple(fault for fault in found.faults if fault.file == file.name)
    return Report(faults, tuple(note for note in found.notes if note.file == file.name))


def _report_on_sheet(alone: Texts, catalogue: Catalogue, today: date) -> Report:
    sheets = read_sheets(alone, catalogue.curricula)
    faults = tuple(fault for each in sheets.broken for fault in each.faults)
    return Report(faults, tuple(sorted(sheet_notes(sheets, catalogue.curricula, today))))


def can_be_kept(text: str) -> bool:
    """Whether a text can be saved at all, with whatever faults."""
    try:
        return UNKEPT not in text and len(text.encode()) <= LONGEST_FILE
    except UnicodeEncodeError:
        return False


def readings_of(units: Sequence[UnitText]) -> list[tuple[str, list[Reading]]]:
    """Units by their titles, and their texts as people will read them, up to the first that is too long to be shown."""
    left, found = MOST_SHOWN, []
    for unit in units:
        readings: list[Reading] = []
        found.append((unit.title, readings))
        for leaf in unit.leaves:
            left -= max(len(leaf.text), SHORTEST)
            readings.append(Reading(leaf, _html(leaf.text) if left >= 0 else None))
            if left < 0:
                return found
    return found


def _html(text: str) -> Markup | None:
    try:
        return to_html(FORBIDDEN.sub(REPLACEMENT, text.replace("\r\n", "\n")))
    except ValueError:
        return None


def _is_beside(path: str, name: str) -> bool:
    """Whether a teaching file or the list of sources at `path` is held against a text."""
    if kind_of(path) is TextKind.SOURCES:
        return False
    return name == SOURCES or (kind_of(name) is TextKind.TEACHING and part_of(name, "id") == part_of(path, "id"))
