"""The first lines of a teaching file: read with all their faults at once, each with its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import ValidationError

from workshops.curricula.field_faults import field_faults
from workshops.curricula.fields import FrontMatter
from workshops.curricula.findings import Fault
from workshops.curricula.lined_yaml import LinedYaml, Path, line_of

LONGEST = 20_000  # characters; our own take four thousand

# What stands for a field that does not read, so that the others can still be compared.
STAND_INS: Mapping[str, object] = {
    "format": "1",
    "id": "unknown",
    "version": "0.0.0",
    "status": "draft",
    "title": "?",
    "neutral_title": "?",
    "neutral_summary": "?",
    "summary": "?",
    "language": "en",
    "audience": ["peers"],
    "adults_only": True,
    "level": "core",
    "areas": ["harm-reduction"],
    "minutes": {"standard": "90"},
    "group": {"min": "1", "ideal": "1", "max": "1"},
    "facilitators": {"min": "1", "peer_required": True},
    "delivery": ["in-person"],
    "objectives": [{"id": "o1", "verb": "name", "text": "name", "unit": "m1"}],
    "license": "CC-BY-SA-4.0",
    "credit": "?",
}


@dataclass(frozen=True, slots=True)
class Front:
    """The fields, the lines they stand in, and the names of those that did not read."""

    fields: FrontMatter
    lines: Mapping[Path, int]
    unread: frozenset[str]
    faults: tuple[Fault, ...]

    def line(self, *path: str | int) -> int:
        return line_of(self.lines, path)

    def has(self, *names: str) -> bool:
        """Whether all of these fields were read and may be compared with the rest."""
        return self.unread.isdisjoint(names)


class Parts(NamedTuple):
    """A file's lines, cut in two."""

    fields: Sequence[str]
    body: Sequence[str]
    body_line: int  # the file's line number of the first line of `body`
    faults: tuple[Fault, ...] = ()


def split(lines: Sequence[str], file: str) -> Parts:
    """Cut the lines between the `---` from those after them."""
    if lines[0].rstrip() != "---":
        return Parts([], lines, 1)
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return Parts(lines[1:index], lines[index + 1 :], index + 2)
        if line.startswith(":::"):
            break
    else:
        index = len(lines)
    fault = Fault(file, 1, "the fields have no end", "`---` in a line of its own after the last field")
    return Parts(lines[1:index], lines[index:], index + 1, (fault,))


def read_front(lines: Sequence[str], file: str) -> Front:
    """Read the first lines of a file, which are given without their `---`; all faults are kept."""
    if not lines:
        return _nothing(Fault(file, 1, "the file does not start with its fields", "`---`, one field a line, `---`"))
    if sum(map(len, lines)) > LONGEST:
        return _nothing(Fault(file, 1, f"the fields are longer than {LONGEST:,} characters", "move prose into leaves"))
    yaml = LinedYaml(file, first=2)
    if not yaml.read(lines):
        return _nothing(*yaml.faults)
    if not isinstance(yaml.value, dict):
        return _nothing(*yaml.faults, Fault(file, 2, "these lines are no fields", "one `name: value` a line"))
    try:
        fields = FrontMatter.model_validate(yaml.value)
    except ValidationError as error:
        unread = {str(detail["loc"][0]) for detail in error.errors()}
        good = {name: value for name, value in yaml.value.items() if name not in unread}
        fields = FrontMatter.model_validate({**STAND_INS, **good})
        faults = [*yaml.faults, *field_faults(error, FrontMatter, yaml.lines, file)]
        return Front(fields, yaml.lines, frozenset(unread), tuple(faults))
    return Front(fields, yaml.lines, frozenset(), tuple(yaml.faults))


def _nothing(*faults: Fault) -> Front:
    return Front(FrontMatter.model_validate(STAND_INS), {}, frozenset(FrontMatter.model_fields), faults)
