"""The local sheets of an installation: overlays of its curricula, and local facts; a broken one stops no other."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workshops.curricula.facts_reading import read_facts
from workshops.curricula.findings import Broken
from workshops.curricula.local_facts import LocalFacts
from workshops.curricula.overlay_reading import read_overlay
from workshops.curricula.overlays import Overlay
from workshops.curricula.rules import Curriculum
from workshops.curricula.texts import SheetFile, Texts

Curricula = Mapping[str, Mapping[str, Curriculum]]  # by id, then by language


@dataclass(frozen=True, slots=True)
class Sheets:
    """Every local sheet that reads, with its file, and what is wrong with the others."""

    overlays: tuple[tuple[SheetFile, Overlay], ...]
    facts: tuple[tuple[SheetFile, LocalFacts], ...]
    broken: tuple[Broken, ...]


def read_sheets(texts: Texts, curricula: Curricula) -> Sheets:
    """Read every local sheet and hold the overlays against the curricula whose slots they fill."""
    overlays = [(each, read_overlay_file(each, curricula)) for each in texts.overlay_files()]
    facts = [(each, read_facts_file(each)) for each in texts.fact_files()]
    broken = [found for _, found in (*overlays, *facts) if isinstance(found, Broken)]
    return Sheets(
        tuple((each, found) for each, found in overlays if isinstance(found, Overlay)),
        tuple((each, found) for each, found in facts if isinstance(found, LocalFacts)),
        tuple(broken),
    )


def read_overlay_file(each: SheetFile, curricula: Curricula) -> Overlay | Broken:
    """Read one overlay and hold it against its curriculum and the place where it stands."""
    if each.file.fault:
        return Broken(each.file.name, (each.file.fault,))
    slots = slots_of(curricula.get(each.place.curriculum, {}), each.place.language)
    return read_overlay(each.file.text, file=each.file.name, place=each.place, slots=slots)


def read_facts_file(each: SheetFile) -> LocalFacts | Broken:
    """Read one file of local facts and hold it against the place where it stands."""
    if each.file.fault:
        return Broken(each.file.name, (each.file.fault,))
    return read_facts(each.file.text, file=each.file.name, place=each.place)


def slots_of(versions: Mapping[str, Curriculum], language: str) -> Collection[str] | None:
    """The law slots of a curriculum in that language, or in another if there is none; None if none reads."""
    version = versions.get(language) or next(iter(versions.values()), None)
    return version.overlays if version else None


def slot_lost(curriculum: str, versions: Mapping[str, Curriculum], overlays: Collection[Overlay]) -> str:
    """The first slot that an overlay of a curriculum fills and these versions of it lack; empty where none is."""
    of_this = (each for each in overlays if each.curriculum == curriculum)
    lost = (slot for each in of_this for slot in each.texts if slot not in (slots_of(versions, each.language) or ()))
    return next(lost, "")
