"""What is different between two texts, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from workshops.curricula.characters import MOST_LINES
from workshops.curricula.editing import plain

AROUND = 2  # lines shown on both sides of a difference


class LineKind(StrEnum):
    """What became of a line."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    GAP = "gap"  # here stand lines that are the same in both


@dataclass(frozen=True, slots=True)
class Line:
    """One line of either text."""

    kind: LineKind
    number: int  # in the text that it stands in; in the later one where both have it
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """All that is different, with a little of what stands around it."""

    lines: Sequence[Line]
    hidden: bool  # only line ends, or empty lines at an end, differ
    too_long: bool = False  # to be compared while somebody waits


def difference(before: str, after: str) -> Difference:
    """Compare two texts; line ends do not count."""
    old, new = plain(before).split("\n"), plain(after).split("\n")
    if max(len(old), len(new)) > MOST_LINES:
        return Difference((), hidden=False, too_long=True)
    lines = tuple(_lines(old, new))
    return Difference(lines, hidden=not lines and before != after)


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    for index, group in enumerate(SequenceMatcher(None, old, new).get_grouped_opcodes(AROUND)):
        if index or group[0][3]:
            yield Line(LineKind.GAP, group[0][3] + 1, "")
        for kind, old_from, old_to, new_from, new_to in group:
            if kind == "equal":
                yield from _numbered(LineKind.SAME, new, new_from, new_to)
                continue
            yield from _numbered(LineKind.GONE, old, old_from, old_to)
            yield from _numbered(LineKind.NEW, new, new_from, new_to)


def _numbered(kind: LineKind, lines: Sequence[str], first: int, end: int) -> Iterator[Line]:
    yield from (Line(kind, number, line) for number, line in enumerate(lines[first:end], first + 1))
