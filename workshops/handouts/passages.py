"""Blocks of a teaching file, ready to be set on paper or on a page."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import islice

from markupsafe import Markup

from workshops.curricula.lists import WorksheetPart, checklist_items, worksheet_parts
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


def part_of(
    unit: Unit,
    curriculum: Curriculum,
    kinds: AbstractSet[BlockKind],
    *,
    inside: AbstractSet[BlockKind],
    stretches: tuple[tuple[Form, Stretch], ...] = (),
) -> Part:
    """The passages of a unit that are of these kinds; `inside` chooses among the leaves of scenarios."""
    shown = {block.id for block in unit.blocks if block.kind is BlockKind.LAW_SLOT}
    passages = []
    for block in unit.blocks:
        if block.kind in kinds:
            beside = () if slot_of(block) in shown else boxes_beside(block, curriculum)
            passages.append(passage_of(block, inside=inside, beside=beside))
            shown.add(slot_of(block))
    sheets = {BlockKind.CHECKLIST, BlockKind.WORKSHEET, BlockKind.SCENARIO}
    titles = tuple(block.title for block in unit.blocks if block.kind in sheets)
    return Part(unit.id, unit.title, unit.method, unit.energy, tuple(passages), stretches, titles)


def passage_of(
    block: Block, *, inside: AbstractSet[BlockKind] = frozenset(BlockKind), beside: tuple[Passage, ...] = ()
) -> Passage:
    """Turn a block's Markdown into HTML."""
    passage = Passage(block.kind, block.title, block.attributes.get("case", ""), Markup(), beside=beside)
    if block.kind is BlockKind.SCENARIO:
        leaves = (leaf for leaf in block.blocks if leaf.kind in inside)
        return replace(passage, passages=tuple(passage_of(leaf) for leaf in leaves))
    if block.kind is BlockKind.CHECKLIST:
        return replace(passage, items=tuple(to_inline_html(item) for item in checklist_items(block.text)))
    if block.kind is BlockKind.WORKSHEET:
        return replace(passage, entries=tuple(_entry(part) for part in worksheet_parts(block.text)))
    heading = UNTITLED_HEADING + bool(block.title or block.kind is BlockKind.IF_SOMEONE)
    return replace(passage, html=to_html(block.text, heading=heading))


def boxes_beside(block: Block, curriculum: Curriculum) -> tuple[Passage, ...]:
    """The box of the law slot that a block's advice depends on, for a place away from its unit."""
    blocks = (other for unit in curriculum.units for other in unit.walk())
    boxes = (other for other in blocks if other.kind is BlockKind.LAW_SLOT and other.id == slot_of(block))
    return tuple(passage_of(box) for box in islice(boxes, 1))


def slot_of(block: Block) -> str:
    """The id of the law slot that a block's advice depends on; empty where it depends on none."""
    return block.attributes.get("legal-interaction", "")


def _entry(part: WorksheetPart) -> Entry:
    html = to_inline_html(part.text) if part.is_item else to_html(part.text, heading=UNTITLED_HEADING + 1)
    return Entry(html, part.is_item, part.lines)
