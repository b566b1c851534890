"""What is different between two texts, line by line."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeAlias

from workshops.curricula.characters import MOST_LINES
from workshops.curricula.editing import plain

AROUND = 2  # lines shown on both sides of a difference
SOME = 200  # lines from which on frequent ones are left out
MOST_STEPS = 40_000_000  # of a comparison at its worst: about a second
Group: TypeAlias = tuple[str, int, int, int, int]


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
    for index, group in enumerate(_groups(old, new)):
        if index or group[0][3]:
            yield Line(LineKind.GAP, group[0][3] + 1, "")
        for kind, old_from, old_to, new_from, new_to in group:
            if kind == "equal":
                yield from _numbered(LineKind.SAME, new, new_from, new_to)
                continue
            yield from _numbered(LineKind.GONE, old, old_from, old_to)
            yield from _numbered(LineKind.NEW, new, new_from, new_to)


def _groups(old: Sequence[str], new: Sequence[str]) -> Iterable[list[Group]]:
    """What is different, as `SequenceMatcher` groups it; where that would take too long, all between the same ends."""
    start = _same(old, new)
    end = _same(old[start:][::-1], new[start:][::-1])
    old_end, new_end = len(old) - end, len(new) - end
    if _steps(old[start:old_end], new[start:new_end]) <= MOST_STEPS:
        return SequenceMatcher(None, old, new).get_grouped_opcodes(AROUND)
    before, after = min(start, AROUND), min(end, AROUND)
    same_before = ("equal", start - before, start, start - before, start)
    same_after = ("equal", old_end, old_end + after, new_end, new_end + after)
    return [[same_before, ("replace", start, old_end, start, new_end), same_after]]


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines at the start are the same."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(old), len(new)))


def _steps(old: Sequence[str], new: Sequence[str]) -> int:
    """How many steps a comparison may take: block after block each line is looked up wherever it stands.

    `SequenceMatcher` leaves lines out that make up more than a hundredth of a text of 200 lines or more.
    """
    ours, theirs = Counter(old), Counter(new)
    most = len(new) // 100 + 1 if len(new) >= SOME else len(new)
    pairs = sum(count * theirs[line] for line, count in ours.items() if theirs[line] <= most)
    return min(len(old), len(new)) * (pairs + len(old))


def _numbered(kind: LineKind, lines: Sequence[str], first: int, end: int) -> Iterator[Line]:
    yield from (Line(kind, number, line) for number, line in enumerate(lines[first:end], first + 1))
