"""The words in the first lines of a teaching file as fields of a form, and back: every other line stays as it is."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshops.curricula.characters import cleaned, too_long
from workshops.curricula.findings import Fault
from workshops.curricula.front import LONGEST, split
from workshops.curricula.lined_yaml import LinedYaml, Path
from workshops.curricula.sheet_writing import inline

LINES = ("title", "neutral_title", "neutral_summary", "summary")
MATERIALS = "materials"  # a field with a line for each
GROUPS: Mapping[str, tuple[str, ...]] = {"objectives": ("verb", "text"), "content_notes": ("topic", "opt_out")}
COMMENT = re.compile(r"\s*#|[^\"']*\s#")

Words = Mapping[str, str]  # by the names of fields: `title`, `objectives-0-text`


@dataclass(frozen=True, slots=True)
class _Front:
    """The first lines of a file: their values, where each begins, and the line after the last."""

    values: Mapping[str, Any]
    lines: Mapping[Path, int]  # of the file, from 1
    end: int


def words_of(text: str) -> Words | None:
    """The words of a file; None where a form of them would lose something of it."""
    front = _front(text)
    return dict(_words(front.values)) if front else None


def with_words(text: str, words: Words) -> str:
    """The file with other words; fields whose words are the same keep their lines.

    Raises:
        LookupError: no form can show the first lines of the file.
    """
    front = _front(text)
    if front is None:
        raise LookupError
    end = "\r\n" if "\r\n" in text else "\n"
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    before = dict(_words(front.values))
    changed = {name.partition("-")[0] for name, said in words.items() if said != before.get(name, "")}
    for name in sorted(changed, key=lambda each: front.lines.get((each,), front.end), reverse=True):
        start, stop = _span(name, front, lines)
        lines[start:stop] = _written(name, _value(name, front.values.get(name), words))
    return mark + end.join(lines)


def numbers_of(words: Words, name: str) -> list[int]:
    """The numbers of the fields of a list: `objectives` or `content_notes`."""
    last = GROUPS[name][-1]
    return [number for number in range(len(words)) if f"{name}-{number}-{last}" in words]


def word_of(path: Path) -> str:
    """The name of the field in which a part of the first lines stands; empty where it stands in none."""
    match path:
        case (str(name), int(number), *rest) if name in GROUPS:
            part = str(rest[0]) if rest else ""
            return f"{name}-{number}-{part if part in GROUPS[name] else GROUPS[name][-1]}"
        case (str(name), *_) if name in (*LINES, MATERIALS):
            return name
    return ""


def places_in_front(text: str, faults: Sequence[Fault]) -> list[str]:
    """For each fault of a file the name of the field in which it stands, or nothing."""
    lines = cleaned(text, "")[0]
    yaml = LinedYaml("", first=2)
    yaml.read(split(lines, "").fields)
    return [_place(fault, yaml.lines) for fault in faults]


def _place(fault: Fault, lines: Mapping[Path, int]) -> str:
    here = sorted((path for path, line in lines.items() if path and line == fault.line), key=len, reverse=True)
    named = (path for path in here if f"`{path[-1]}`" in fault.wrong)
    return word_of(next(named, here[-1] if here else ()))


def _front(text: str) -> _Front | None:
    if too_long(text, ""):
        return None
    lines, hidden = cleaned(text, "")
    parts = split(lines, "")
    yaml = LinedYaml("", first=2)
    if hidden or parts.faults or not parts.fields or sum(map(len, parts.fields)) > LONGEST:
        return None
    if not yaml.read(parts.fields) or yaml.faults or not isinstance(yaml.value, dict):
        return None
    front = _Front(yaml.value, yaml.lines, len(parts.fields) + 2)
    apart = [line for path, line in yaml.lines.items() if len(path) == 1]
    fits = len(set(apart)) == len(apart) and all(check(yaml.value.get(name)) for name, check in _checks())
    spans = [_span(name, front, lines) for name in (*LINES, MATERIALS, *GROUPS) if name in yaml.value]
    return front if fits and not any(COMMENT.match(line) for a, b in spans for line in lines[a:b]) else None


def _checks() -> Iterator[tuple[str, Callable[[object], bool]]]:
    yield from ((name, lambda value: value is None or isinstance(value, str)) for name in LINES)
    yield MATERIALS, lambda value: value is None or (isinstance(value, list) and all(_is_line(each) for each in value))
    yield from ((name, _is_group) for name in GROUPS)


def _is_line(value: object) -> bool:
    return isinstance(value, str)


def _is_group(value: object) -> bool:
    """Whether a field is a list of fields, each a text."""
    if value is None:
        return True
    mappings = isinstance(value, list) and all(isinstance(each, dict) for each in value)
    return mappings and all(isinstance(part, str | None) for each in value for part in each.values())  # type: ignore[attr-defined]  # a list


def _words(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((name, _one_line(values.get(name))) for name in LINES)
    for name, parts in GROUPS.items():
        for number, each in enumerate(values.get(name) or ()):
            yield from ((f"{name}-{number}-{part}", _one_line(each.get(part))) for part in parts)
    yield MATERIALS, "\n".join(map(_one_line, values.get(MATERIALS) or ()))


def _one_line(value: str | None) -> str:
    return " ".join((value or "").split())


def _span(name: str, front: _Front, lines: Sequence[str]) -> tuple[int, int]:
    """Which lines a field takes, as a slice: up to the next field, without what stands in between."""
    start = front.lines.get((name,), front.end) - 1
    later = (line for path, line in front.lines.items() if len(path) == 1 and line > start + 1)
    stop = min(later, default=front.end) - 1
    while stop > start + 1 and (not lines[stop - 1].strip() or lines[stop - 1].startswith("#")):
        stop -= 1
    return start, max(stop, start)


def _value(name: str, kept: Any, words: Words) -> Any:
    if name == MATERIALS:
        return [line for line in map(_one_line, words[MATERIALS].split("\n")) if line]
    if name not in GROUPS:
        return words[name]
    named = [
        {part: words[key] for part in GROUPS[name] if (key := f"{name}-{number}-{part}") in words}
        for number in range(len(kept or ()))
    ]
    return [{**each, **said} for each, said in zip(kept or (), named, strict=True)]


def _written(name: str, value: Any) -> list[str]:
    """The lines of a field; a list has one for each of its parts."""
    if isinstance(value, list):
        return [f"{name}:", *(f"  - {inline(each)}" for each in value)] if value else [f"{name}: []"]
    return [f"{name}: {inline(value)}"]
