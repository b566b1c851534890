"""A local sheet in its parts, as a form shows them, whatever is wrong with what they say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workshops.curricula.characters import cleaned, too_long
from workshops.curricula.facts_reading import LONGEST as LONGEST_FACTS
from workshops.curricula.fences import Fence, Scanner
from workshops.curricula.findings import Fault
from workshops.curricula.front import LONGEST, split
from workshops.curricula.lined_yaml import LinedYaml, Path
from workshops.curricula.rules import BlockKind
from workshops.curricula.sheet_writing import facts_text, overlay_text

MAPPINGS = ("jurisdiction", "reviewer", "second_reader")
LISTS = ("applies_to", "languages", "fills")
GROUPS = ("sources", "facts")  # lists of mappings


@dataclass(frozen=True, slots=True)
class SheetParts:
    """Fields as they are written, days and numbers as texts; and Markdown by law slot."""

    fields: Mapping[str, object]
    texts: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""  # the lines above the first field

    def says(self) -> object:
        """All that it says, however it is written: what is empty says nothing."""
        return _said(dict(self.fields)), {name: text for name, text in self.texts.items() if text.strip()}

    def overlay(self) -> str:
        """The text of an overlay of these parts."""
        return overlay_text(self.fields, self.texts).replace("---\n", f"---\n{self.comment}", 1)

    def facts(self) -> str:
        """The text of local facts of these parts."""
        return self.comment + facts_text(self.fields)


def _said(value: object) -> object:
    if isinstance(value, dict):
        return {name: _said(each) for name, each in value.items() if each not in (None, "", [], {})}
    return [_said(each) for each in value] if isinstance(value, list) else value


def overlay_parts(text: str) -> SheetParts | None:
    """The parts of an overlay; None where a form of them would lose something of the text."""
    if too_long(text, ""):
        return None
    lines, hidden = cleaned(text, "")
    parts = split(lines, "")
    scanner = Scanner("", kinds=(BlockKind.LAW_SLOT.value,))
    blocks = scanner.read(parts.body, parts.body_line)
    names = [block.attributes.get("id", "") for block in blocks]
    plain = all(list(block.attributes) == ["id"] and block.attributes["id"] for block in blocks)
    if hidden or parts.faults or scanner.faults or not plain or len(set(names)) < len(names):
        return None
    found = _fields(parts.fields, LONGEST)
    if found is None:
        return None
    texts = {name: "\n".join(block.text).strip("\n") for name, block in zip(names, blocks, strict=True)}
    return SheetParts(found.fields, texts, found.comment)


def facts_parts(text: str) -> SheetParts | None:
    """The parts of a file of local facts; None where a form of them would lose something of the text."""
    if too_long(text, ""):
        return None
    lines, hidden = cleaned(text, "")
    return None if hidden else _fields(lines, LONGEST_FACTS)


def places_of(text: str, faults: Sequence[Fault]) -> list[tuple[Path, int]]:
    """Where in the parts of a sheet its faults stand.

    Args:
        text: The sheet as it was written of its parts.
        faults: What its reader found.

    Returns:
        For each the path of a field, or `("texts", slot)`, or nothing; and the line of that slot's text, from 1.
    """
    lines = cleaned(text, "")[0]
    parts, blocks = split(lines, ""), _blocks(lines)
    yaml = LinedYaml("", first=2 if parts.fields else 1)
    yaml.read(parts.fields or lines)
    return [_place(fault, blocks, yaml.lines) for fault in faults]


def _place(fault: Fault, blocks: Sequence[Fence], lines: Mapping[Path, int]) -> tuple[Path, int]:
    for block in blocks:
        if block.line <= fault.line <= block.line + len(block.text):
            return ("texts", block.attributes.get("id", "")), max(fault.line - block.line, 1)
    here = sorted((path for path, line in lines.items() if path and line == fault.line), key=len, reverse=True)
    named = (path for path in here if f"`{path[-1]}`" in fault.wrong)
    return next(named, here[-1] if here else ()), 0


def _blocks(lines: Sequence[str]) -> list[Fence]:
    parts = split(lines, "")
    return Scanner("", kinds=(BlockKind.LAW_SLOT.value,)).read(parts.body, parts.body_line) if parts.fields else []


def _fields(lines: Sequence[str], longest: int) -> SheetParts | None:
    above = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    inside = (re.match(r"\s*#|[^\"']*\s#", line) for line in lines[above:])
    yaml = LinedYaml("", first=1)
    if sum(map(len, lines)) > longest or any(inside) or not yaml.read(lines) or yaml.faults:
        return None
    if not isinstance(yaml.value, dict) or not all(_fits(name, value) for name, value in yaml.value.items()):
        return None
    return SheetParts(yaml.value, comment="".join(f"{line}\n" for line in lines[:above] if line.strip()))


def _fits(name: str, value: object) -> bool:
    """Whether a field has the shape that its form can show; what no form shows may have any."""
    if name in MAPPINGS:
        return value is None or (isinstance(value, dict) and all(map(_is_plain, value.values())))
    if name in LISTS:
        return value is None or (isinstance(value, list) and all(isinstance(each, str) for each in value))
    if name in GROUPS:
        return value is None or (
            isinstance(value, list) and all(isinstance(each, dict) and _all_fit(each) for each in value)
        )
    return _is_plain(value)


def _all_fit(fields: Mapping[str, object]) -> bool:
    return all(_fits(name, value) for name, value in fields.items() if name not in GROUPS)


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, (str, bool))
