"""Blocks of a teaching file, ready to be set on paper or on a page."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from markupsafe import Markup

from workshops.curricula.boxes import Box, box_of
from workshops.curricula.law_cards import Here
from workshops.curricula.lists import WorksheetPart, checklist_items, worksheet_parts
from workshops.curricula.local_facts import Fact
from workshops.curricula.markdown import to_html, to_inline_html
from workshops.curricula.rules import Block, BlockKind, Curriculum, Form, Unit
from workshops.handouts.rules import Stretch

UNTITLED_HEADING = 3  # a part's own title is <h2>, a block's title <h3>


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of a worksheet, or an item with lines to write on."""

    html: Markup
    is_item: bool
    lines: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A block whose Markdown has become HTML."""

    kind: BlockKind
    title: str
    case: str
    html: Markup
    items: tuple[Markup, ...] = ()  # of a checklist
    entries: tuple[Entry, ...] = ()  # of a worksheet
    passages: tuple["Passage", ...] = ()  # of a scenario
    box: Box | None = None  # of a law slot
    check_first: bool = False  # its advice can have legal effects of which nothing is known here
    whom_to_ask: tuple[Fact, ...] = ()  # about them
    beside: tuple["Passage", ...] = ()  # boxes that must not be missing next to it


@dataclass(frozen=True, slots=True)
class Part:
    """A unit with the passages that one print shows of it."""

    id: str
    title: str
    method: str
    energy: str
    passages: tuple[Passage, ...]
    stretches: tuple[tuple[Form, Stretch], ...]
    on_handout: tuple[str, ...]  # titles of the sheets that participants hold in this part


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets the blocks of one curriculum as they are shown in one place."""

    curriculum: Curriculum
    here: Here
    inside: AbstractSet[BlockKind] = frozenset(BlockKind)  # leaves of scenarios that are shown
    apart: AbstractSet[str] = frozenset()  # law slots that stand elsewhere on the print

    def part(self, unit: Unit, kinds: AbstractSet[BlockKind], stretches: tuple[tuple[Form, Stretch], ...] = ()) -> Part:
        """The passages of a unit that are of these kinds."""
        boxes = {block.id for block in unit.blocks if block.kind is BlockKind.LAW_SLOT}
        shown = boxes - self.apart
        passages = []
        for block in unit.blocks:
            if block.kind in kinds and not (block.kind is BlockKind.LAW_SLOT and block.id in self.apart):
                needed = [slot for slot in _slots_of(block) if slot not in shown]
                passages.append(replace(self.passage(block), beside=self._boxes(needed)))
                shown.update(needed)
        sheets = {BlockKind.CHECKLIST, BlockKind.WORKSHEET, BlockKind.SCENARIO}
        titles = tuple(block.title for block in unit.blocks if block.kind in sheets)
        return Part(unit.id, unit.title, unit.method, unit.energy, tuple(passages), stretches, titles)

    def alone(self, block: Block) -> Passage:
        """A block that is set apart from its unit, with the boxes that its advice depends on."""
        return replace(self.passage(block), beside=self._boxes(_slots_of(block)))

    def passage(self, block: Block) -> Passage:
        """Turn a block's Markdown into HTML."""
        passage = Passage(block.kind, block.title, block.attributes.get("case", ""), Markup())
        if self.here.needs_check(block):
            passage = replace(passage, check_first=True, whom_to_ask=self.here.whom_to_ask)
        if block.kind is BlockKind.LAW_SLOT:
            return replace(passage, box=self.box(block.id, block.text))
        if block.kind is BlockKind.SCENARIO:
            leaves = (leaf for leaf in block.blocks if leaf.kind in self.inside)
            return replace(passage, passages=tuple(self.passage(leaf) for leaf in leaves))
        if block.kind is BlockKind.CHECKLIST:
            return replace(passage, items=tuple(to_inline_html(item) for item in checklist_items(block.text)))
        if block.kind is BlockKind.WORKSHEET:
            return replace(passage, entries=tuple(_entry(part) for part in worksheet_parts(block.text)))
        heading = UNTITLED_HEADING + bool(block.title or block.kind is BlockKind.IF_SOMEONE)
        return replace(passage, html=to_html(block.text, heading=heading))

    def box(self, slot: str, words: str = "") -> Box:
        """What stands in a law slot here."""
        return box_of(slot, self.curriculum, self.here, heading=UNTITLED_HEADING, words=words)

    def _boxes(self, slots: Iterable[str]) -> tuple[Passage, ...]:
        boxes = (self.box(slot) for slot in slots)
        return tuple(Passage(BlockKind.LAW_SLOT, "", "", Markup(), box=box) for box in boxes if not box.is_empty)


def _slots_of(block: Block) -> list[str]:
    """The law slots on which the advice of a block and of the leaves inside it depends, each once."""
    return list(dict.fromkeys(slot for slot in _named(block) if slot))


def _named(block: Block) -> Iterator[str]:
    yield block.legal_interaction
    for leaf in block.blocks:
        yield leaf.legal_interaction


def _entry(part: WorksheetPart) -> Entry:
    html = to_inline_html(part.text) if part.is_item else to_html(part.text, heading=UNTITLED_HEADING + 1)
    return Entry(html, part.is_item, part.lines)
