"""Taking responsibility for a translation that a machine made: people have read it, on a day."""

import re
from collections.abc import Sequence
from datetime import date

from workshops.curricula.characters import cleaned
from workshops.curricula.front import split

REVIEWED = re.compile(r"(?<![\w-])reviewed_on:[ \t]*(?:null|~|[0-9]{4}-[0-9]{2}-[0-9]{2})?(?=[ \t]*[,}\r]|[ \t]*$)")
OPENING = re.compile(r"^translation:[ \t]*(?P<brace>\{)?")


def vouched_for(text: str, day: date) -> str:
    """The same file, saying that people read the translation on `day`; every other byte stays.

    Raises:
        LookupError: its first lines say nothing about a translation.
    """
    fields = split(cleaned(text, "")[0], "").fields
    at = next((number for number, line in enumerate(fields, 1) if OPENING.match(line)), None)
    if at is None:
        raise LookupError("translation")
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    written = f"reviewed_on: {day.isoformat()}"
    for number in range(at, _stop(fields, at)):
        if REVIEWED.search(lines[number]):
            lines[number] = REVIEWED.sub(written, lines[number], count=1)
            return end.join(lines)
    opening = OPENING.match(lines[at])
    if opening is not None and opening["brace"]:
        lines[at] = f"{lines[at][: opening.end()]}{written}, {lines[at][opening.end() :].lstrip()}"
    else:
        lines.insert(at + 1, f"  {written}")
    return end.join(lines)


def _stop(fields: Sequence[str], at: int) -> int:
    """The line after the last one that belongs to the field in line `at`: the next that begins at its start."""
    later = (number for number in range(at + 1, len(fields) + 1) if re.match(r"[^\s}#]", fields[number - 1]))
    return next(later, len(fields) + 1)
