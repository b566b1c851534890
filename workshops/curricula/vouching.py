"""Taking responsibility for a translation that a machine made: people have read it, on a day."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from workshops.curricula.characters import cleaned, too_long
from workshops.curricula.front import LONGEST, split
from workshops.curricula.lined_yaml import LinedYaml
from workshops.errors import N_

VOUCHED = N_("Read by people who answer for it")  # the note of that revision
REVIEWED = re.compile(r"(?<![\w-])reviewed_on:[ \t]*(?:null|~|[0-9]{4}-[0-9]{2}-[0-9]{2})?(?=[ \t]*[,}\r]|[ \t]*$)")
OPENING = re.compile(r"^translation:[ \t]*(?P<brace>\{)?")


def translation_in(text: str) -> Mapping[str, object]:
    """What a file says of itself as a translation, as it is written; nothing where that does not read."""
    fields = [] if too_long(text, "") else split(cleaned(text, "")[0], "").fields
    yaml = LinedYaml("", first=1)
    if not fields or sum(map(len, fields)) > LONGEST or not yaml.read(fields) or not isinstance(yaml.value, dict):
        return {}
    found = yaml.value.get("translation")
    return found if isinstance(found, dict) else {}


def awaits_people(text: str) -> bool:
    """Whether a machine made a translation, and nobody answers for it yet."""
    said = translation_in(text)
    return said.get("machine_made") is True and said.get("reviewed_on") is None


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
