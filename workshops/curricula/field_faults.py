"""What pydantic found wrong with fields, in plain sentences and with the lines of the file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from inspect import isclass
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from workshops.curricula.findings import Fault
from workshops.curricula.lined_yaml import Path, line_of

SHAPES = {
    "version": "three numbers, such as 0.1.0",
    "language": "a code such as en, es or pt-BR",
    "reading_age_target": "years, such as 9-11",
    "license": "a short name such as CC-BY-SA-4.0",
    "country": "two capital letters such as DE; XX for a made-up place",
    "phone": "up to 40 digits, spaces and dashes, such as +49 30 0000000",
}

# By pydantic's names for what is wrong.
SENTENCES = {
    "missing": ("{where} is missing", "add `{name}: …`"),
    "extra_forbidden": ("there is no field {where}", "one of {known}"),
    "refusal": ("{where} {wrong}", "{right}"),
    "enum": ("{where} has a value that is not known", "{expected}"),
    "literal_error": ("{where} has a value that is not known", "{expected}"),
    "string_pattern_mismatch": ("{where} has a wrong form", "{shape}"),
    "tuple_type": ("{where} is no list", "`[one, two]`, or leave the line out"),
    "model_type": ("{where} holds no fields", "`{{name: value, name: value}}`"),
    "dict_type": ("{where} holds no fields", "`{{name: value, name: value}}`"),
    "bool_type": ("{where} is neither yes nor no", "`true` or `false`"),
    "string_type": ("{where} is no text", "a text, in quotes if it is one of true, false, null"),
}


def field_faults(
    error: ValidationError, model: type[BaseModel], lines: Mapping[Path, int], file: str, *, within: Path = ()
) -> Iterator[Fault]:
    """One fault for each of the errors; `within` is where the fields stand in the file."""
    for detail in _own(error.errors(include_url=False, include_input=False)):
        path = tuple(part for part in detail["loc"] if part != "[key]")
        wrong, right = _sentence(detail, path, model)
        yield Fault(file, line_of(lines, (*within, *path)), wrong, right)


def _own(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Without the lists that are too short only because their items did not read."""
    inside = {detail["loc"][0] for detail in details if len(detail["loc"]) > 1}
    return [detail for detail in details if detail["type"] != "too_short" or detail["loc"][0] not in inside]


def _sentence(detail: ErrorDetails, path: Path, model: type[BaseModel]) -> tuple[str, str]:
    name = str(path[-1]) if path else ""
    context = {key: str(value) for key, value in detail.get("ctx", {}).items()}
    message = detail["msg"][:1].lower() + detail["msg"][1:]
    wrong, right = SENTENCES.get(detail["type"], ("{where} does not fit", "{message}"))
    words = {
        "where": _where(path),
        "name": name,
        "shape": SHAPES.get(name, "lower-case letters, digits and dashes"),
        "known": ", ".join(_fields_at(model, path)),
        "message": message,
        **context,
    }
    return wrong.format_map(words), right.format_map(words).replace("True", "`true`").replace("False", "`false`")


def _where(path: Path) -> str:
    """`objectives` 2 `verb`: names in backticks, places in lists counted from 1."""
    return " ".join(f"`{part[:40]}`" if isinstance(part, str) else str(part + 1) for part in path) or "the entry"


def _fields_at(model: type[BaseModel], path: Path) -> Iterable[str]:
    """The names of the fields that stand beside the last part of `path`."""
    for part in path[:-1]:
        field = model.model_fields.get(str(part))
        annotation = field.annotation if field else None
        for inside in (annotation, *get_args(annotation)):
            if isclass(inside) and issubclass(inside, BaseModel):
                model = inside
    return model.model_fields
