"""How translations stand beside their originals: up to date, or behind in which units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from workshops.curricula.rules import Curriculum

NOTHING = "0.0.0"  # what a unit is made from that nobody has translated yet


class Standing(StrEnum):
    """How one language of a curriculum stands."""

    MISSING = "missing"
    ORIGINAL = "original"
    CURRENT = "current"
    BEHIND = "behind"
    ORPHAN = "orphan"  # a translation whose original is not there, or is broken


@dataclass(frozen=True, slots=True)
class Cell:
    """One curriculum in one language."""

    standing: Standing
    version: str = ""
    outdated: tuple[str, ...] = ()  # ids of units
    by_machine: bool = False  # and nobody answers for it yet

    def __str__(self) -> str:
        """As `workshops check --translations` prints it."""
        words = {
            Standing.MISSING: "-",
            Standing.ORIGINAL: self.version,
            Standing.CURRENT: "up to date",
            Standing.BEHIND: f"behind: {', '.join(self.outdated)}",
            Standing.ORPHAN: "no original",
        }
        return words[self.standing] + (" (machine)" if self.by_machine else "")


def meaning_of(version: str) -> tuple[int, int]:
    """What of a version counts for translations: a third number that rises is a minor edit, and outdates nothing."""
    major, minor, _ = version.split(".")
    return int(major), int(minor)


def is_made_before(made_from: str, changed: str) -> bool:
    """Whether a unit was translated from what meant something else, or was not translated at all."""
    return made_from == NOTHING or meaning_of(made_from) < meaning_of(changed)


def outdated_units(translation: Curriculum, original: Curriculum) -> tuple[str, ...]:
    """Ids of the original's units that have changed in meaning since they were translated, or never were.

    A unit of the original says in `changed` since which version it means what it means; without that it
    changes with its file. A unit of the translation says in `source-version` what it was made from.
    """
    whole = translation.translation.source_version or NOTHING
    return outdated_by({unit.id: unit.source_version or whole for unit in translation.units}, original)


def outdated_by(made_from: Mapping[str, str], original: Curriculum) -> tuple[str, ...]:
    """Ids of the original's units that were made from what meant something else, or from nothing at all."""
    return tuple(
        unit.id
        for unit in original.units
        if is_made_before(made_from.get(unit.id) or NOTHING, unit.changed or original.version)
    )


def beside_original(curriculum: Curriculum, versions: Mapping[str, Curriculum]) -> Curriculum:
    """The same text, knowing how far it is outdated; `versions` are the languages of its curriculum."""
    original = versions.get(curriculum.translation.of or "")
    outdated = outdated_units(curriculum, original) if original else ()
    orphaned = curriculum.translation.of is not None and original is None
    return replace(curriculum, translation=replace(curriculum.translation, outdated=outdated, orphaned=orphaned))


def standing_of(curriculum: Curriculum | None, versions: Mapping[str, Curriculum]) -> Cell:
    """How one language stands among the languages of its curriculum."""
    if curriculum is None:
        return Cell(Standing.MISSING)
    said = curriculum.translation
    made_from = {unit.id: unit.source_version or said.source_version or NOTHING for unit in curriculum.units}
    original = versions.get(said.of or "")
    return cell_of(curriculum.version, said.of, made_from, original, by_machine=said.is_by_machine_alone)


def cell_of(
    version: str, of: str | None, made_from: Mapping[str, str], original: Curriculum | None, *, by_machine: bool
) -> Cell:
    """How a text stands beside its original.

    Args:
        version: Of the text.
        of: The language of its original; None for an original.
        made_from: From which version each of its units was made.
        original: As far as it is there and reads.
        by_machine: Whether a machine made it and nobody answers for it.
    """
    if of is None:
        return Cell(Standing.ORIGINAL, version)
    if original is None:
        return Cell(Standing.ORPHAN, version, by_machine=by_machine)
    outdated = outdated_by(made_from, original)
    return Cell(Standing.BEHIND if outdated else Standing.CURRENT, version, outdated, by_machine)


def matrix_of(
    curricula: Mapping[str, Mapping[str, Curriculum]], languages: Iterable[str] = ()
) -> tuple[tuple[str, ...], Mapping[str, tuple[Cell, ...]]]:
    """Every curriculum against every language that any of them has, or that `languages` names."""
    columns = tuple(sorted({language for versions in curricula.values() for language in versions} | set(languages)))
    rows = {
        name: tuple(standing_of(versions.get(language), versions) for language in columns)
        for name, versions in sorted(curricula.items())
    }
    return columns, rows


def matrix_lines(columns: tuple[str, ...], rows: Mapping[str, tuple[Cell, ...]]) -> list[str]:
    """The matrix as a table for a terminal."""
    table = [["", *columns], *([name, *map(str, cells)] for name, cells in rows.items())]
    widths = [max(len(line[column]) for line in table) for column in range(len(columns) + 1)]
    return ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in table]
