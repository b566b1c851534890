"""Fences into units and blocks: which attributes a kind has, and what its text may be."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workshops.curricula.fences import LEAVES, SCENARIO, UNIT, Fence
from workshops.curricula.findings import Fault
from workshops.curricula.lists import list_faults
from workshops.curricula.markdown import faults_in
from workshops.curricula.names import NAME, VERSION
from workshops.curricula.rules import Block, BlockKind, Form, Unit, UnitKind

MOST_TEXT = 100_000  # characters in all leaves of a file: forty printed pages
LONGEST_ATTRIBUTE = 200
LONGEST_UNIT = 240  # minutes
LEGAL = "legal-interaction"


@dataclass(frozen=True, slots=True)
class Shape:
    """The attributes a kind must have, and those it may have."""

    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


SHAPES: Mapping[str, Shape] = {
    UNIT: Shape(
        ("id", "title"), (*(form.value for form in Form), "kind", "method", "energy", "changed", "source-version")
    ),
    SCENARIO: Shape(("id", "title"), ("risk",)),
    BlockKind.IF_SOMEONE.value: Shape(("case",), (LEGAL,)),
    BlockKind.CARD.value: Shape(("id", "title"), ("set", LEGAL)),
    BlockKind.CHECKLIST.value: Shape(("id", "title"), (LEGAL,)),
    BlockKind.WORKSHEET.value: Shape(("id", "title"), ("keep", LEGAL)),
    BlockKind.LAW_SLOT.value: Shape(("id",)),
    BlockKind.SOURCE.value: Shape(("id",)),
}
PLAIN_LEAF = Shape(may=(LEGAL,))
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(kind.value for kind in UnitKind),
    "energy": ("low", "medium", "high"),
    "risk": ("low", "medium"),
    "keep": ("participant",),
}
SLUGS = {"id", LEGAL}
VERSIONS = {"changed", "source-version"}


@dataclass(slots=True)
class UnitReader:
    """Turns fences into units; what does not fit is a fault, and the rest is still read."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    length: int = 0

    def read(self, fences: Iterable[Fence]) -> tuple[Unit, ...]:
        """The units among `fences`, in their order; the scanner has named everything else."""
        return tuple(self._unit(fence) for fence in fences if fence.kind == UNIT)

    def read_leaves(self, fences: Iterable[Fence]) -> tuple[Block, ...]:
        """The leaves among `fences`, in their order, for files that have no units."""
        return tuple(self._block(fence) for fence in fences if fence.kind in LEAVES)

    def _unit(self, fence: Fence) -> Unit:
        self._check_attributes(fence)
        minutes = {form: self._minutes(fence, form) for form in Form if form.value in fence.attributes}
        if not minutes:
            self._fault(fence.line, "the unit has no minutes", "at least one of short=10, standard=15, long=20")
        kind = fence.attributes.get("kind", UnitKind.WORK.value)
        return Unit(
            id=fence.attributes.get("id", ""),
            kind=UnitKind(kind) if kind in CHOICES["kind"] else UnitKind.WORK,
            title=fence.attributes.get("title", ""),
            minutes=minutes,
            method=fence.attributes.get("method", ""),
            energy=fence.attributes.get("energy", "medium"),
            blocks=self._blocks(fence),
            line=fence.line,
            changed=self._version(fence, "changed"),
            source_version=self._version(fence, "source-version"),
        )

    def _blocks(self, fence: Fence) -> tuple[Block, ...]:
        return tuple(self._block(inner) for inner in fence.blocks if inner.kind in {SCENARIO, *LEAVES})

    def _block(self, fence: Fence) -> Block:
        self._check_attributes(fence)
        text = "\n".join(fence.text)
        if not fence.holds_blocks:
            self._check_text(fence, text)
        return Block(BlockKind(fence.kind), fence.attributes, text, fence.line, self._blocks(fence))

    def _version(self, fence: Fence, name: str) -> str:
        written = fence.attributes.get(name, "")
        return written if re.fullmatch(VERSION, written) else ""

    def _minutes(self, fence: Fence, form: Form) -> int:
        written = fence.attributes[form.value]
        if re.fullmatch(r"[0-9]{1,3}", written) and 1 <= int(written) <= LONGEST_UNIT:
            return int(written)
        self._fault(fence.line, f"`{form.value}` is no number of minutes", f"a whole number from 1 to {LONGEST_UNIT}")
        return 0

    def _check_attributes(self, fence: Fence) -> None:
        shape = SHAPES.get(fence.kind, PLAIN_LEAF)
        known = (*shape.must, *shape.may)
        for name in shape.must:
            if name not in fence.attributes:
                self._fault(fence.line, f"`{fence.kind}` has no `{name}`", f"add {name}=… between the braces")
        for name, value in fence.attributes.items():
            if name not in known:
                right = f"it may have {', '.join(known)}" if known else "it has none"
                self._fault(fence.line, f"`{fence.kind}` has no attribute `{name[:40]}`", right)
            elif name in CHOICES and value not in CHOICES[name]:
                self._fault(
                    fence.line, f"`{name}` is not known as `{value[:40]}`", f"one of {', '.join(CHOICES[name])}"
                )
            elif name in VERSIONS and not re.fullmatch(VERSION, value):
                self._fault(fence.line, f"`{name}` is no version", "three numbers, such as 1.2.0")
            elif name in SLUGS and not re.fullmatch(NAME, value):
                self._fault(fence.line, f"`{name}` has a wrong form", "lower-case letters, digits and dashes")
            elif not value or len(value) > LONGEST_ATTRIBUTE:
                self._fault(fence.line, f"`{name}` is empty or too long", f"1 to {LONGEST_ATTRIBUTE} characters")

    def _check_text(self, fence: Fence, text: str) -> None:
        first = fence.line + 1
        fits = self.length <= MOST_TEXT
        self.length += len(text)
        if not text.strip():
            self._fault(fence.line, f"`{fence.kind}` is empty", "write its text before the closing `:::`, or delete it")
        elif self.length > MOST_TEXT:
            if fits:
                self._fault(first, f"the texts are longer than {MOST_TEXT:,} characters", "cut the file in two")
        else:
            found = list(faults_in(text))
            if not found and fence.kind in {BlockKind.CHECKLIST.value, BlockKind.WORKSHEET.value}:
                found = list(list_faults(text, only_items=fence.kind == BlockKind.CHECKLIST.value))
            for line, wrong, right in found:
                self._fault(min(first + line, first + text.count("\n")), wrong, right)

    def _fault(self, line: int, wrong: str, right: str) -> None:
        self.faults.append(Fault(self.file, line, wrong, right))
