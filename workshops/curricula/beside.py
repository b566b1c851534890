"""A unit of a translation beside the same unit of its original, while somebody translates it anew."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.editing import Leaf, UnitText, unit_of
from workshops.curricula.names import VERSION
from workshops.curricula.paths import part_of
from workshops.curricula.rules import Curriculum
from workshops.curricula.translating import NOTHING, is_made_before
from workshops.curricula.vouching import translation_in

Name = tuple[str, bool, int]  # of a leaf in its unit: kind, whether it stands in a scenario, and which of those


@dataclass(frozen=True, slots=True)
class Original:
    """What a unit is a translation of."""

    title: str
    language: str
    version: str  # of its file
    texts: Mapping[str, str]  # by the keys of the translation's leaves
    missing: Sequence[Leaf]  # that the translation has no leaf for
    is_behind: bool  # whether the translation was made from what meant something else


def original_of(path: str, text: str, catalogue: Catalogue) -> Curriculum | None:
    """What a teaching file says that it is a translation of, as far as that reads."""
    of = str(translation_in(text).get("of") or "")
    return catalogue.curricula.get(part_of(path, "id"), {}).get(of) if of != part_of(path, "language") else None


def beside(unit: UnitText, text: str, original: Curriculum, original_text: str) -> Original | None:
    """A unit's original; None where the original has no such unit.

    Args:
        unit: Of the translation.
        text: The translation's file, for which version it was made from.
        original: As the catalogue has it.
        original_text: The file that it was read from.
    """
    written, read = unit_of(original_text, unit.id), next((each for each in original.units if each.id == unit.id), None)
    if written is None or read is None:
        return None
    theirs, own = dict(_named(written)), dict(_named(unit))
    return Original(
        title=written.title,
        language=original.language,
        version=original.version,
        texts={leaf.key: theirs[name].text for name, leaf in own.items() if name in theirs},
        missing=[leaf for name, leaf in theirs.items() if name not in own],
        is_behind=is_made_before(_made_from(unit, text), read.changed or original.version),
    )


def _made_from(unit: UnitText, text: str) -> str:
    said = unit.source_version or str(translation_in(text).get("source_version") or "")
    return said if re.fullmatch(VERSION, said) else NOTHING


def _named(unit: UnitText) -> Iterator[tuple[Name, Leaf]]:
    counted: Counter[tuple[str, bool]] = Counter()
    for leaf in unit.leaves:
        name = (leaf.kind, "-" in leaf.key)
        yield (*name, counted[name]), leaf
        counted[name] += 1
