"""A teaching file whose parts were read one by one and are now laid side by side."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workshops.curricula.findings import Fault
from workshops.curricula.front import Front
from workshops.curricula.rules import Block, BlockKind, Source, Unit


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file stands: `<id>/<language>.md`, and in which languages others stand beside it."""

    id: str
    language: str
    beside: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A file whose parts were read one by one, and the lists it is compared with."""

    file: str
    front: Front
    units: Sequence[Unit]
    sources: Mapping[str, Source]
    exposure: Collection[str]  # the group's own words, beside those that come with the program
    place: Place | None = None

    def fault(self, line: int, wrong: str, right: str) -> Fault:
        return Fault(self.file, line, wrong, right)

    def blocks(self, *kinds: BlockKind) -> Iterator[Block]:
        """All blocks of these kinds, or simply all blocks."""
        for unit in self.units:
            yield from (block for block in unit.walk() if not kinds or block.kind in kinds)


def one_of(names: Collection[str]) -> str:
    """What would be right where a name leads nowhere."""
    return f"one of {', '.join(list(names)[:20])}" if names else "name one first"
