"""All that can be said about a folder of teaching files, for those who write them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from workshops.curricula.account import target_of
from workshops.curricula.findings import Broken, Fault, Note
from workshops.curricula.library import kept_sources, read_file
from workshops.curricula.notes import SecondReader, field_line
from workshops.curricula.reading_age import ages_of
from workshops.curricula.rules import Curriculum
from workshops.curricula.sheet_notes import sheet_notes
from workshops.curricula.sheets import read_sheets
from workshops.curricula.sources import Sources
from workshops.curricula.texts import SOURCES, TeachingFile, Texts, texts_in
from workshops.curricula.translating import outdated_units
from workshops.curricula.wordlists import telling_words

OLD_SOURCE = timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True)
class Report:
    """What a check has found; printed, it is one line for each finding, faults first."""

    faults: tuple[Fault, ...]
    notes: tuple[Note, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, (*self.faults, *self.notes)))

    def seen_from(self, folder: Path, here: Path) -> "Report":
        """The same, with ways to files that lead there from `here`."""
        way = folder.absolute()
        way = way.relative_to(here) if way.is_relative_to(here) else way

        def file(name: str) -> str:
            return str(way / name.removeprefix(folder.name).removeprefix("/"))

        return Report(
            tuple(replace(each, file=file(each.file)) for each in self.faults),
            tuple(replace(each, file=file(each.file)) for each in self.notes),
        )


def check(folder: Path, *, today: date, exposure: Collection[str] = (), area: str = "", site_name: str = "") -> Report:
    """Read every teaching file below `folder` and the list of sources; nothing is raised.

    Args:
        folder: Holds `sources.yaml`, `<id>/<language>.md` and local sheets.
        today: For reviews that are due and sources that are old.
        exposure: Words of the group's own that must not stand in neutral titles.
        area: Whose sheets the site shows.
        site_name: What strangers read at the top of each page.
    """
    if not folder.is_dir():
        return Report((Fault(folder.name, 1, "there is no such folder", "a folder of teaching files"),), ())
    texts = texts_in(folder, exposure)
    found = check_texts(texts, today=today)
    return replace(found, notes=(*_setting_notes(texts, area, site_name), *found.notes))


def check_texts(texts: Texts, *, today: date) -> Report:
    """The same for texts that lie in no folder, such as one that is being written, beside those it is held against."""
    sources = kept_sources(texts)
    faults = list(sources.faults)
    notes = list(_source_notes(sources, f"{texts.folder}/{SOURCES}", today))
    read: list[tuple[TeachingFile, Curriculum]] = []
    for each in texts.teaching_files():
        found = read_file(each, sources.by_id, texts.exposure)
        if isinstance(found, Broken):
            faults.extend(found.faults)
        else:
            read.append((each, found))
            notes.extend(SecondReader(found, each.file.name, each.file.text, today).notes())
    notes.extend(_translation_notes(read))
    notes.extend(_age_notes(read))
    curricula: dict[str, dict[str, Curriculum]] = {}
    for _, found in read:
        curricula.setdefault(found.id, {})[found.language] = found
    sheets = read_sheets(texts, curricula)
    faults.extend(fault for each in sheets.broken for fault in each.faults)
    notes.extend(sheet_notes(sheets, curricula, today))
    return Report(tuple(sorted(faults)), tuple(sorted(notes)))


def _setting_notes(texts: Texts, area: str, site_name: str) -> Iterator[Note]:
    if area and area not in {each.place.area for each in (*texts.overlay_files(), *texts.fact_files())}:
        yield Note(texts.folder, 1, f"WORKSHOPS_AREA is `{area}`, of which there is no sheet", "correct one of the two")
    for word in telling_words(site_name, texts.exposure):
        yield Note(
            texts.folder, 1, f"WORKSHOPS_SITE_NAME says `{word}` to strangers", "a name that fits any evening class"
        )


def _source_notes(sources: Sources, file: str, today: date) -> Iterator[Note]:
    for source in sources.by_id.values():
        line = sources.lines[source.id]
        if source.read_on > today:
            yield Note(file, line, f"`{source.id}` was read on {source.read_on}, which is to come", "correct the day")
        elif today - source.read_on > OLD_SOURCE:
            yield Note(file, line, f"`{source.id}` was last read on {source.read_on}", "read it again")


def _age_notes(read: list[tuple[TeachingFile, Curriculum]]) -> Iterator[Note]:
    for each, found in read:
        lines = {unit.id: unit.line for unit in found.units}
        for unit, age in ages_of(found).items():
            if age > target_of(found):
                seen = f"what people read in `{unit}` asks for an age of about {age}"
                yield Note(each.file.name, lines[unit], seen, "shorter sentences, shorter words")


def _translation_notes(read: list[tuple[TeachingFile, Curriculum]]) -> Iterator[Note]:
    curricula = {(found.id, found.language): found for _, found in read}
    for each, found in read:
        original = curricula.get((found.id, found.translation.of or ""))
        if original is None:
            continue
        line = field_line(each.file.text, "translation")
        if outdated := outdated_units(found, original):
            seen = f"the original has changed since in {', '.join(outdated)}"
            yield Note(each.file.name, line, seen, "bring it up to date; until then its law slots are not filled")
        elif [(unit.id, unit.minutes) for unit in original.units] != [(unit.id, unit.minutes) for unit in found.units]:
            yield Note(each.file.name, line, "units or minutes differ from the original", "the same ids and minutes")
