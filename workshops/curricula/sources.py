"""`sources.yaml`: every work that a statement rests on, kept once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, ValidationError

from workshops.curricula.characters import cleaned
from workshops.curricula.field_faults import field_faults
from workshops.curricula.fields import Day, Fields, Sentences, Slug, refusal
from workshops.curricula.findings import Fault
from workshops.curricula.lined_yaml import LinedYaml
from workshops.curricula.markdown import is_web_address
from workshops.curricula.rules import Source

LONGEST = 150_000  # characters
MOST_WORKS = 500


def web_address(value: str) -> str:
    """Refuse what leads to no page."""
    if not is_web_address(value):
        raise refusal("is no web address", "an address that starts with https:// or http://")
    return value


Address = Annotated[Sentences, AfterValidator(web_address)]


class SourceFields(Fields):
    id: Slug
    title: Sentences
    organisation: Sentences
    address: Address
    read_on: Day


@dataclass(frozen=True, slots=True)
class Sources:
    """The works that read well, by id, and what is wrong with the others."""

    by_id: Mapping[str, Source]
    lines: Mapping[str, int]  # of each work, by id
    faults: tuple[Fault, ...]


def read_sources(text: str, *, file: str) -> Sources:
    """Read the list of sources; a work that does not read leaves the others standing."""
    if len(text) > LONGEST:
        return Sources({}, {}, (Fault(file, 1, f"the list is longer than {LONGEST:,} characters", "leave works out"),))
    lines, faults = cleaned(text, file)
    by_id: dict[str, Source] = {}
    stands: dict[str, int] = {}
    for count, (line, written) in enumerate(_entries(lines)):
        if count == MOST_WORKS:
            faults.append(Fault(file, line, f"there are more than {MOST_WORKS} works", "leave works out"))
            break
        source = _source(written, line, file, faults)
        if source and source.id in by_id:
            faults.append(Fault(file, line, f"`{source.id}` is already the id of line {stands[source.id]}", "another"))
        elif source:
            by_id[source.id], stands[source.id] = source, line
    return Sources(by_id, stands, tuple(sorted(set(faults))))


def _entries(lines: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """The entries with their lines; each is read alone, so that a slip in one stays in it."""
    starts = [number for number, line in enumerate(lines) if line.startswith("-") and line.rstrip() != "---"]
    head = [line for line in lines[: starts[0] if starts else len(lines)] if line.strip() not in {"", "---"}]
    if any(not line.startswith("#") for line in head):
        yield 1, lines[: starts[0]] if starts else lines
    for start, end in pairwise([*starts, len(lines)]):
        yield start + 1, lines[start:end]


def _source(written: Sequence[str], line: int, file: str, faults: list[Fault]) -> Source | None:
    yaml = LinedYaml(file, first=line)
    whole = yaml.read(written)
    faults.extend(yaml.faults)
    if not whole:
        return None
    if not isinstance(yaml.value, list) or len(yaml.value) != 1:
        faults.append(Fault(file, line, "this is no source", "`- id: …` and its other fields below"))
        return None
    try:
        return Source(**dict(SourceFields.model_validate(yaml.value[0])))
    except ValidationError as error:
        faults.extend(field_faults(error, SourceFields, yaml.lines, file, within=(0,)))
        return None
