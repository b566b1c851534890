"""Checklists and worksheets as data: their texts are Markdown lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from workshops.curricula.markdown import Fault, read

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_WRITING_LINES = 20
WRITING_LINES = re.compile(r" ?\[([0-9]{1,3})\]$")
LISTS = {"bullet_list_open", "ordered_list_open"}


@dataclass(frozen=True, slots=True)
class WorksheetPart:
    """A text, or an item of the list with the lines to write on below it."""

    text: str  # Markdown; of an item, without its `[n]`
    is_item: bool
    lines: int = 0


def checklist_items(text: str) -> tuple[str, ...]:
    """The boxes of a checklist, each as one line of Markdown.

    Raises:
        ValueError: the text is longer than a leaf may be.
    """
    return tuple(part.text for part in worksheet_parts(text) if part.is_item)


def worksheet_parts(text: str) -> tuple[WorksheetPart, ...]:
    """The texts and the items of a worksheet, in their order.

    Raises:
        ValueError: the text is longer than a leaf may be.
    """
    return tuple(_parts(text.split("\n"), read(text)))


def list_faults(text: str, *, only_items: bool) -> Iterator[Fault]:
    """What keeps a text from being printed as boxes, or as items with writing lines."""
    tokens = read(text)
    parts = tuple(_parts(text.split("\n"), tokens))
    if not any(part.is_item for part in parts):
        yield 0, "there is no list", "one item a line, each after a dash and a space"
    elif only_items and not all(part.is_item for part in parts):
        yield 0, "a checklist holds something beside its list", "the list alone; put the rest in a leaf of its own"
    if any(part.is_item and part.lines > MOST_WRITING_LINES for part in parts):
        yield 0, "an item asks for too many lines", f"`[1]` to `[{MOST_WRITING_LINES}]`"
    yield from _crowded_items(tokens)


def _crowded_items(tokens: "Sequence[Token]") -> Iterator[Fault]:
    for before, token in pairwise(tokens):
        crowded = token.type in LISTS and token.level > 0
        if crowded or (token.type == "paragraph_open" and before.type == "paragraph_close" and token.level > 1):
            yield token.map[0] if token.map else 0, "an item holds more than one line of text", "an item of its own"


def _parts(lines: Sequence[str], tokens: "Sequence[Token]") -> Iterator[WorksheetPart]:
    depth = 0
    for token in tokens:
        if token.type.startswith(("bullet_list", "ordered_list")):
            depth += token.nesting
        elif depth and token.type == "inline":
            yield _item(token.content)
        elif token.level == 0 and token.map and token.nesting >= 0:
            yield WorksheetPart("\n".join(lines[slice(*token.map)]).strip(), is_item=False)


def _item(written: str) -> WorksheetPart:
    words = " ".join(written.split()).removeprefix("[ ] ")
    match = WRITING_LINES.search(words)
    if not match:
        return WorksheetPart(words, is_item=True)
    return WorksheetPart(words[: match.start()], is_item=True, lines=int(match[1]))
