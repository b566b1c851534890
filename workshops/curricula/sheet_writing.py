"""Local sheets as text: what a form holds, written so that it reads back as the same."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

PLAIN = re.compile(r"(?!(?:true|false|null)\Z)(?:[a-z][a-z0-9-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}|[1-9][0-9]{0,2})")


def overlay_text(fields: Mapping[str, object], texts: Mapping[str, str]) -> str:
    """The text of an overlay; nothing is checked, so that what is wrong can be read and said.

    Args:
        fields: What stands between the `---` lines: texts, days, lists and mappings of them.
        texts: Markdown by law slot.
    """
    blocks = (f"::: law-slot {{id={slot}}}\n{text}\n:::\n" for slot, text in texts.items())
    return "\n".join([f"---\n{_lines(fields)}---\n", *blocks])


def facts_text(fields: Mapping[str, object]) -> str:
    """The text of a file of local facts; nothing is checked."""
    return _lines(fields)


def _lines(fields: Mapping[str, object]) -> str:
    return "".join(_line(name, value) for name, value in fields.items())


def _line(name: str, value: object) -> str:
    """`name: value`; a list of mappings has a line for each of their fields, for who reads it on a phone."""
    if isinstance(value, Sequence) and value and all(isinstance(each, Mapping) for each in value):
        return f"{name}:\n" + "".join(_item(each) for each in value)
    return f"{name}: {inline(value)}\n"


def _item(fields: Mapping[str, object]) -> str:
    lines = [f"{name}: {inline(value)}\n" for name, value in fields.items()]
    return "  - " + "    ".join(lines)


def inline(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {inline(each)}" for name, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(inline, value)) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)  # true, false, null
