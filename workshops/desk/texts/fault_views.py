"""Faults of a text in the words of a page: what stands in their lines, and which form mends them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workshops.curricula.characters import cleaned
from workshops.curricula.editing import MINUTES, Leaf, units_of
from workshops.curricula.findings import Fault as Finding
from workshops.curricula.front_words import places_in_front
from workshops.curricula.paths import unit_word
from workshops.desk.texts.pages import FaultRow

IN_FENCE = ("title", *MINUTES)  # what of a unit's first line its form shows
LONGEST_QUOTE = 90  # characters of a line


def fault_rows(faults: Sequence[Finding], text: str, leaves: Sequence[Leaf] = ()) -> list[FaultRow]:
    """Faults with their lines, and the field of the form in which each stands as far as it stands in one."""
    lines = cleaned(text, "")[0]
    return [_fault_row(fault, lines, leaves) for fault in faults]


def faults_by_form(faults: Sequence[Finding], text: str) -> list[FaultRow]:
    """The faults of a teaching file, each with the form and its field in which it can be mended."""
    rows = fault_rows(faults, text)
    return [replace(row, unit=unit, leaf=field) for row, (unit, field) in zip(rows, _places(faults, text), strict=True)]


def _places(faults: Sequence[Finding], text: str) -> Iterator[tuple[str, str]]:
    units = units_of(text)
    for fault, word in zip(faults, places_in_front(text, faults), strict=True):
        unit = next((each for each in reversed(units) if each.line <= fault.line), None)
        leaf = _leaf_at(fault.line, unit.leaves) if unit else None
        own = unit and fault.line == unit.line and any(f"`{name}`" in fault.wrong for name in IN_FENCE)
        if unit and unit.id and (leaf or own):
            yield unit_word(unit.id), leaf.key if leaf else "title"
        else:
            yield "", word


def _fault_row(fault: Finding, lines: Sequence[str], leaves: Sequence[Leaf]) -> FaultRow:
    leaf = _leaf_at(fault.line, leaves)
    line = lines[fault.line - 1].strip() if fault.line <= len(lines) else ""
    quote = line if len(line) <= LONGEST_QUOTE else line[:LONGEST_QUOTE] + " …"
    if leaf is None:
        return FaultRow(fault.line, fault.wrong, fault.right, quote=quote)
    return FaultRow(fault.line, fault.wrong, fault.right, leaf.key, fault.line - leaf.line, quote)


def _leaf_at(line: int, leaves: Sequence[Leaf]) -> Leaf | None:
    return next((each for each in leaves if each.line < line <= each.line + max(each.length, 1)), None)
