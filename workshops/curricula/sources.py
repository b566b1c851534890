"""`sources.yaml`: every work that a statement rests on, kept once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, ValidationError

from workshops.curricula.characters import cleaned
from workshops.curricula.field_faults import field_faults
from workshops.curricula.fields import Day, Fields, Sentences, Slug, refusal
from workshops.curricula.findings import Fault
from workshops.curricula.lined_yaml import LinedYaml
from workshops.curricula.markdown import is_web_address
from workshops.curricula.rules import Source

LONGEST = 300_000  # characters: a thousand works, read in a second


def _web_address(value: str) -> str:
    if not is_web_address(value):
        raise refusal("is no web address", "an address that starts with https:// or http://")
    return value


class SourceFields(Fields):
    id: Slug
    title: Sentences
    organisation: Sentences
    address: Annotated[Sentences, AfterValidator(_web_address)]
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
    lines, hidden = cleaned(text, file)
    yaml = LinedYaml(file, first=1)
    whole = yaml.read(lines)
    faults = [*hidden, *yaml.faults]
    works = yaml.value if isinstance(yaml.value, list) else []
    if whole and yaml.value is not None and not isinstance(yaml.value, list):
        faults.append(Fault(file, 1, "this is no list of sources", "`- id: …` and its other fields below"))
    by_id: dict[str, Source] = {}
    stands: dict[str, int] = {}
    for index, work in enumerate(works):
        line = yaml.lines.get((index,), 1)
        source = _source(work, index, yaml, faults)
        if source and stands.setdefault(source.id, line) != line:
            faults.append(Fault(file, line, f"`{source.id}` is already the id of line {stands[source.id]}", "another"))
        elif source:
            by_id[source.id] = source
    return Sources(by_id, stands, tuple(sorted(set(faults))))


def _source(work: object, index: int, yaml: LinedYaml, faults: list[Fault]) -> Source | None:
    try:
        return Source(**dict(SourceFields.model_validate(work)))
    except ValidationError as error:
        faults.extend(field_faults(error, SourceFields, yaml.lines, yaml.file, within=(index,)))
        return None
