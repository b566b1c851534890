"""What the parts of a text are called on pages, where the file has only names for files."""

import re
from collections.abc import Mapping
from dataclasses import replace

from workshops.curricula.editing import Leaf, UnitText
from workshops.curricula.rules import BlockKind, Source

LONGEST_NAME = 70


def named(unit: UnitText, sources: Mapping[str, Source]) -> UnitText:
    """The same unit; slots are called by their first words and sources by their titles."""
    return replace(unit, leaves=tuple(replace(leaf, title=_name(leaf, sources)) for leaf in unit.leaves))


def _name(leaf: Leaf, sources: Mapping[str, Source]) -> str:
    if leaf.kind == BlockKind.LAW_SLOT:
        return first_words(leaf.text) or leaf.title
    if leaf.kind == BlockKind.SOURCE and leaf.title in sources:
        return sources[leaf.title].title
    return leaf.title


def first_words(neutral: str) -> str:
    """The first words of a slot's own text: what stands in bold, or the first sentence."""
    bold = re.match(r"\s*\*\*(.+?)\*\*", neutral)
    words = bold[1] if bold else re.split(r"(?<=[.!?؟])\s|\n", neutral.strip(), maxsplit=1)[0]
    words = re.sub(r"[*_`#>]", "", words).strip().rstrip(".:,")
    return words if len(words) <= LONGEST_NAME else words[:LONGEST_NAME].rpartition(" ")[0] + " …"
