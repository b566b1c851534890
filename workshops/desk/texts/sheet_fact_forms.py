"""What is read from the form of a contact, and what that form holds; nothing that was typed is lost."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from workshops.curricula.days import months_after
from workshops.curricula.facts_reading import MONTHS
from workshops.curricula.lined_yaml import Path
from workshops.curricula.local_facts import FactKind
from workshops.curricula.sheet_parts import SheetParts
from workshops.desk.texts.sheet_days import read_day, read_end, typed_day
from workshops.desk.texts.sheet_forms import LONGEST_TITLE
from workshops.desk.texts.sheet_sources import LONGEST_SENTENCES
from workshops.errors import N_
from workshops.web.forms import MISSING, Fault, Values, first, short_text, ticked

LINES = (
    ("name", LONGEST_TITLE, True),
    ("helps_with", LONGEST_SENTENCES, True),
    ("phone", 40, False),
    ("web", LONGEST_SENTENCES, False),
    ("hours", LONGEST_TITLE, False),
    ("passes_on", LONGEST_SENTENCES, False),
)
ORDER = (
    *("kind", "name", "helps_with", "phone", "web", "hours", "languages", "passes_on"),
    *("checked_on", "expires_on", "words"),
)
FILLS = "fills-"
NEEDED = ("kind", "name", "helps_with", "checked_on")
LISTED = ("kind", "languages", "fills", "checked_on", "expires_on")
TOO_LATE = N_("It has to end after it was checked, and at most twelve months later.")

Fact = Mapping[str, Any]


def facts_in(parts: SheetParts) -> list[Fact]:
    """The contacts as they are written."""
    found = parts.fields.get("facts")
    return list(found) if isinstance(found, list) else []


def fact_called(parts: SheetParts, fact_id: str) -> Fact | None:
    """The first contact of that id."""
    return next((each for each in facts_in(parts) if each.get("id") == fact_id), None)


def with_fact(parts: SheetParts, fact_id: str, fact: Fact | None) -> SheetParts:
    """The same file with one contact changed, added at the end, or taken out."""
    facts, at = facts_in(parts), next((n for n, each in enumerate(facts_in(parts)) if each.get("id") == fact_id), None)
    facts[len(facts) if at is None else at : len(facts) if at is None else at + 1] = [fact] if fact is not None else []
    return SheetParts({**parts.fields, "facts": facts}, comment=parts.comment)


def fact_values(fact: Fact, today: date, *, again: bool = False) -> dict[str, str]:
    """What the form of a contact holds; `again` says that it was checked again today."""
    values = {name: _text(fact.get(name)) for name in ("kind", "checked_on", "expires_on", *(row[0] for row in LINES))}
    values["languages"] = " ".join(fact.get("languages") or ())
    values |= {FILLS + slot: "yes" for slot in fact.get("fills") or ()}
    if again:
        values |= {"checked_on": today.isoformat(), "expires_on": ""}
    checked = typed_day(values["checked_on"])
    if checked and not values["expires_on"]:
        values["expires_on"] = months_after(checked, MONTHS).isoformat()
    return values


def read_fact(values: Values, kept: Fact, slots: Sequence[str], faults: dict[str, Fault]) -> dict[str, Any]:
    """A contact as it was typed; what is wrong goes into `faults`.

    Args:
        values: The form.
        kept: What no form shows stays as it is here.
        slots: Those that the form offers.
        faults: By the names of fields.
    """
    lines = {name: short_text(values, name, most, faults, needed=needed) for name, most, needed in LINES}
    kind = first(values, "kind")
    if kind not in list(FactKind):
        faults["kind"] = Fault(MISSING)
    checked, ends = read_day(values, "checked_on", faults, needed=True), read_day(values, "expires_on", faults)
    ends = read_end(checked, ends, TOO_LATE, faults)
    typed = {
        "kind": kind,
        **lines,
        "languages": [each for each in re.split(r"[\s,،;]+", first(values, "languages")) if each],
        "fills": [slot for slot in slots if ticked(values, FILLS + slot)],
        "checked_on": checked,
        "expires_on": ends,
    }
    return {name: value for name, value in {**kept, **typed}.items() if value or name in NEEDED}


def new_fact_id(name: str, taken: Sequence[str]) -> str:
    """A name for files that no other contact has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    start = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "contact"
    numbered = (f"{start}-{number}" for number in range(2, len(taken) + 3))
    return start if start not in taken else next(each for each in numbered if each not in taken)


def fact_field_of(path: Path) -> str:
    """The name of the form's field in which a part of a contact stands; empty where it stands in none."""
    name = str(path[2]) if len(path) > len(("facts", 0)) else ""
    if name == "fills":
        return ""
    return name if name in (*LISTED, *(row[0] for row in LINES)) else ""


def in_order(faults: Mapping[str, Fault]) -> dict[str, Fault]:
    """Faults in the order in which the form has its fields."""
    return {name: faults[name] for name in sorted(faults, key=lambda each: ORDER.index(each) if each in ORDER else -1)}


def same_fact(one: Fact | None, other: Fact | None) -> bool:
    """Whether two contacts say the same, whatever their ids and in whatever order."""
    return _said(one) == _said(other)


def _said(fact: Fact | None) -> Fact | None:
    return None if fact is None else {name: value for name, value in fact.items() if value and name != "id"}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
