"""YAML as plain values that remember their lines.

ruamel.yaml reads YAML 1.2 as a stream of events; the values are built here, so that every
one of them knows its line, nesting is bounded, and anchors, aliases and tags never act.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from workshops.curricula.characters import FORBIDDEN, REPLACEMENT, forbidden_fault
from workshops.curricula.findings import Fault

MOST_EVENTS = 8_000  # about a second of reading: five hundred sources, or a hundred times our own fields
DEEPEST = 8  # lists and mappings inside each other; our own files need three
PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}

Path = tuple[str | int, ...]


class _Unreadable(Exception):  # noqa: N818 - it never leaves this module and is no error of ours
    """Nothing after this point can be read."""

    def __init__(self, line: int, wrong: str, right: str) -> None:
        super().__init__(wrong)
        self.line, self.wrong, self.right = line, wrong, right


@dataclass(slots=True)
class _Open:
    """A mapping or a list that is still being filled."""

    value: dict[str, Any] | list[Any]
    path: Path
    line: int
    key: str | None = None


@dataclass(slots=True)
class LinedYaml:
    """Builds `value`; `lines` gives for each path inside it the line of the file, from 1.

    Numbers and dates stay text as written: what a field means is for its reader to say.
    """

    file: str
    first: int  # the file's line number of the first line read
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _taken: int = 0

    def read(self, lines: Sequence[str]) -> bool:
        """Read as far as the text goes, and say whether that was to its end."""
        try:
            for event in YAML(typ="safe", pure=True).parse("\n".join(lines)):
                self._take(event, self._line(event.start_mark, lines))
        except _Unreadable as stop:
            self._fault(stop.line, stop.wrong, stop.right)
        except MarkedYAMLError as error:
            line = self._line(error.problem_mark or error.context_mark, lines)
            problem = " ".join((error.problem or "it is no YAML").split())
            self._fault(line, problem, "one `name: value` a line; quote a text that holds a colon, a quote or a #")
        except (YAMLError, ValueError, OverflowError) as error:
            self._fault(self.first, f"it is no YAML ({type(error).__name__})", "one `name: value` a line")
        else:
            return True
        return False

    def _line(self, mark: Any, lines: Sequence[str]) -> int:
        """The file's line of a mark; what is missing at the end is marked below the last line."""
        return self.first + min(mark.line if mark else 0, len(lines) - 1)

    def _fault(self, line: int, wrong: str, right: str) -> None:
        self.faults.append(Fault(self.file, line, wrong, right))

    def _take(self, event: Event, line: int) -> None:
        self._taken += 1
        if self._taken > MOST_EVENTS:
            raise _Unreadable(line, "there are more names and values than can be read", "leave some out")
        if isinstance(event, DocumentStartEvent):
            if self.lines:
                raise _Unreadable(line, "a second part starts here", "leave out lines that begin with `...` or `---`")
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._refuse_marks(event, line)
            self._start({} if isinstance(event, MappingStartEvent) else [], line)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._stack.pop()
        elif isinstance(event, AliasEvent):
            self._fault(line, f"`*{event.anchor}` points to another place", "write the value again")
            self._scalar(None, line, "*")
        elif isinstance(event, ScalarEvent):
            self._refuse_marks(event, line)
            plain = bool(event.implicit[0])
            self._scalar(PLAIN.get(event.value, event.value) if plain else event.value, line, event.value)

    def _refuse_marks(self, event: Any, line: int) -> None:
        if event.anchor:
            self._fault(line, f"`&{event.anchor}` is an anchor", "leave it out, and write the value where it is needed")
        if event.tag:
            self._fault(line, "a value is marked with `!`", "leave the mark out")

    def _start(self, value: dict[str, Any] | list[Any], line: int) -> None:
        if len(self._stack) == DEEPEST:
            raise _Unreadable(
                line, f"more than {DEEPEST} lists stand inside each other", "use fewer brackets or indents"
            )
        path = self._place(value, line)
        self._stack.append(_Open(value, path, line))

    def _scalar(self, value: object, line: int, written: str) -> None:
        top = self._stack[-1] if self._stack else None
        hidden = FORBIDDEN.search(written)
        if hidden:
            self.faults.append(forbidden_fault(self.file, line, hidden.group()))
            value, written = None, FORBIDDEN.sub(REPLACEMENT, written)
        if top is None or isinstance(top.value, list) or top.key is not None:
            self._place(value, line)
        else:
            self._name(top, written, line)

    def _name(self, top: _Open, name: str, line: int) -> None:
        top.key = name
        if name in top.value:
            before = self.lines[(*top.path, name)]
            self._fault(line, f"`{name[:40]}` stands twice, first in line {before}", "keep one of the two")
        self.lines[(*top.path, name)] = line

    def _place(self, value: Any, line: int) -> Path:
        """Put a value where it belongs and say where that is."""
        if not self._stack:
            self.value, self.lines[()] = value, line
            return ()
        top = self._stack[-1]
        if isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
            self.lines[path] = line
            return path
        if top.key is None:
            raise _Unreadable(line, "a list stands where a name belongs", "write `name: value`")
        path = (*top.path, top.key)
        top.value[top.key], top.key = value, None
        return path


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of `path`, or of the nearest place around it that has one."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)
