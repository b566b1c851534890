"""YAML into the fields of a model: everything that is wrong at once, each with its line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

from workshops.curricula.field_faults import field_faults
from workshops.curricula.fields import Fields
from workshops.curricula.findings import Fault
from workshops.curricula.lined_yaml import LinedYaml, Path, line_of

Model = TypeVar("Model", bound=Fields)


@dataclass(frozen=True, slots=True)
class Written(Generic[Model]):
    """What was written: the fields if all of them read, the values as they stand, and the lines of both."""

    file: str
    fields: Model | None
    values: Mapping[str, object]
    lines: Mapping[Path, int]
    faults: tuple[Fault, ...]

    def fault(self, wrong: str, right: str, *path: str | int) -> Fault:
        """A fault in the line of that field, or of what stands around it."""
        return Fault(self.file, line_of(self.lines, path), wrong, right)

    def stands_elsewhere(self, **expected: str) -> Iterator[Fault]:
        """Faults of fields that say another thing than the name of the file."""
        for name, value in expected.items():
            found = self.values.get(name)
            if isinstance(found, str) and found != value:
                right = f"`{name}: {value}`, or another name for the file: `<area>.<language>`"
                yield self.fault(f"`{name}` is `{found[:40]}`, but the file stands elsewhere", right, name)


def read_fields(lines: Sequence[str], model: type[Model], file: str, *, first: int, longest: int) -> Written[Model]:
    """Read lines of YAML; `first` is the file's number of the first of them.

    Args:
        lines: The YAML alone.
        model: What the fields may be.
        file: How the faults call the file.
        first: The file's number of the first line.
        longest: How many characters are read at all.
    """
    if not any(line.strip() for line in lines):
        return _nothing(file, Fault(file, first, "there are no fields", "one `name: value` a line"))
    if sum(map(len, lines)) > longest:
        return _nothing(file, Fault(file, first, f"the fields are longer than {longest:,} characters", "shorten them"))
    yaml = LinedYaml(file, first=first)
    if not yaml.read(lines):
        return _nothing(file, *yaml.faults)
    if not isinstance(yaml.value, dict):
        return _nothing(file, *yaml.faults, Fault(file, first, "these lines are no fields", "one `name: value` a line"))
    try:
        return Written(file, model.model_validate(yaml.value), yaml.value, yaml.lines, tuple(yaml.faults))
    except ValidationError as error:
        faults = (*yaml.faults, *field_faults(error, model, yaml.lines, file))
        return Written(file, None, yaml.value, yaml.lines, faults)


def _nothing(file: str, *faults: Fault) -> Written[Model]:
    return Written(file, None, {}, {}, faults)
