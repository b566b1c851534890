"""One unit of a teaching file as fields of a form, and back: every other byte of the file stays as it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workshops.curricula.characters import cleaned
from workshops.curricula.fences import SCENARIO, UNIT, Fence, Scanner
from workshops.curricula.front import split
from workshops.curricula.rules import Form

MINUTES = tuple(form.value for form in Form)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text of a unit."""

    key: str  # its place in the unit: the form's field is called so
    kind: str
    title: str  # its own title, case or id, as far as it has one
    scenario: str  # title of the scenario that it stands in
    text: str
    line: int  # of its fence in the file
    length: int  # lines of text below the fence


@dataclass(frozen=True, slots=True)
class UnitText:
    """What of a unit can be edited in a plain form."""

    id: str
    title: str
    minutes: Mapping[str, str]  # by form, as written; a form that leaves the unit out has no entry
    leaves: Sequence[Leaf]
    line: int
    source_version: str = ""  # in a translation, what it was made from, as far as the unit says
    changed: str = ""  # the version since which it means what it means, as far as it says


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit as it came back from a form."""

    title: str
    minutes: Mapping[str, str]
    texts: Mapping[str, str]  # by the keys of leaves; those that are missing stay
    source_version: str = ""  # of the original that a translation says again now; empty: what it was


def units_of(text: str) -> list[UnitText]:
    """The units of a teaching file, whatever else is wrong with it."""
    return [_unit(fence) for fence in _fences(text)]


def unit_of(text: str, unit_id: str) -> UnitText | None:
    """The first unit of that id."""
    return next((unit for unit in units_of(text) if unit.id == unit_id), None)


def with_unit(text: str, unit_id: str, change: UnitChange) -> str:
    """The file with one unit changed; line ends are those of the file.

    Raises:
        LookupError: the file has no such unit.
    """
    unit = unit_of(text, unit_id)
    if unit is None:
        raise LookupError(unit_id)
    lines = _lines(text)
    for leaf in sorted(unit.leaves, key=lambda each: -each.line):
        typed = change.texts.get(leaf.key)
        if typed is not None and plain(typed) != plain(leaf.text):
            lines[leaf.line : leaf.line + leaf.length] = plain(typed).split("\n")
    lines[unit.line - 1] = _opening(lines[unit.line - 1], unit, change)
    return _joined(lines, text)


def with_attribute(text: str, name: str, values: Mapping[str, str | None]) -> str:
    """The file with one attribute set in the fences of units, by their ids; None takes it away."""
    lines = _lines(text)
    for unit in units_of(text):
        if unit.id in values:
            lines[unit.line - 1] = _with(lines[unit.line - 1], name, values[unit.id])
    return _joined(lines, text)


def plain(typed: str) -> str:
    """A text as a browser sends it, with plain line ends and no empty lines around it."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def in_line_ends_of(typed: str, text: str) -> str:
    """A whole file as a browser sends it, with the line ends that it had."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return lines.replace("\n", "\r\n") if "\r\n" in text else lines


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def _joined(lines: Sequence[str], text: str) -> str:
    """Lines as a file again, with the line ends and the mark of `text`."""
    return ("\ufeff" if text.startswith("\ufeff") else "") + ("\r\n" if "\r\n" in text else "\n").join(lines)


def _fences(text: str) -> list[Fence]:
    lines, _ = cleaned(text, "")
    parts = split(lines, "")
    return [fence for fence in Scanner("").read(parts.body, parts.body_line) if fence.kind == UNIT]


def _unit(fence: Fence) -> UnitText:
    named = fence.attributes
    minutes = {form: named[form] for form in MINUTES if form in named}
    return UnitText(
        id=named.get("id", ""),
        title=named.get("title", ""),
        minutes=minutes,
        leaves=tuple(_leaves(fence)),
        line=fence.line,
        source_version=named.get("source-version", ""),
        changed=named.get("changed", ""),
    )


def _leaves(unit: Fence) -> Iterator[Leaf]:
    for place, block in enumerate(unit.blocks):
        if block.kind == SCENARIO:
            for inner, leaf in enumerate(block.blocks):
                yield _leaf(leaf, f"t{place}-{inner}", block.attributes.get("title", ""))
        else:
            yield _leaf(block, f"t{place}", "")


def _leaf(fence: Fence, key: str, scenario: str) -> Leaf:
    title = next((fence.attributes[name] for name in ("title", "case", "id") if name in fence.attributes), "")
    return Leaf(key, fence.kind, title, scenario, "\n".join(fence.text), fence.line, len(fence.text))


def _opening(line: str, unit: UnitText, change: UnitChange) -> str:
    """The unit's fence with its new title and minutes, every other attribute as it stands."""
    title = " ".join(change.title.replace('"', "'").split())
    if title and title != unit.title:
        line = _with(line, "title", f'"{title}"')
    for form in MINUTES:
        written = change.minutes.get(form, unit.minutes.get(form, "")).strip()
        if written != unit.minutes.get(form, ""):
            line = _with(line, form, written.replace(" ", "") or None)
    return _with(line, "source-version", change.source_version) if change.source_version else line


def _with(line: str, name: str, value: str | None) -> str:
    """Set, add or take away one attribute of a fence."""
    quoted_or_named = re.finditer(rf'(?<=[\s{{])({name})=(?:"[^"]*"|[^\s}}"]+)|"[^"]*"', line)
    written = next((match for match in quoted_or_named if match[1]), None)
    if value is None:
        if written is None:
            return line
        before, after = line[: written.start()].rstrip(), line[written.end() :]
        return before + (after.lstrip() if before.endswith("{") else after)
    if written:
        return f"{line[: written.start()]}{name}={value}{line[written.end() :]}"
    before, brace, _ = line.rpartition("}")
    return f"{before} {name}={value}}}" if brace else f"{line.rstrip()} {{{name}={value}}}"
