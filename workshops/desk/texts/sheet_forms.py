"""What is read from the forms of local law sheets, and what those forms hold; nothing that was typed is lost."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

from workshops.curricula.days import months_after
from workshops.curricula.editing import plain
from workshops.curricula.fences import holds_fence
from workshops.curricula.lined_yaml import Path
from workshops.curricula.overlay_reading import MONTHS
from workshops.curricula.overlays import OverlayStatus
from workshops.curricula.sheet_fields import AppliesTo
from workshops.curricula.sheet_parts import SheetParts
from workshops.desk.texts.forms import NO_FENCE
from workshops.desk.texts.sheet_days import DAYS, read_days, typed_day
from workshops.desk.texts.sheet_sources import LONGEST_SENTENCES, SOURCE, read_sources, sources_of
from workshops.errors import N_
from workshops.web.forms import Fault, Values, first, short_text, ticked

LONGEST_TITLE = 120
APPLIES: tuple[str, ...] = get_args(AppliesTo)
# Fields of one line: their names in the form, how long they may be, and whether none may be empty.
LINES = (
    ("label", LONGEST_TITLE, True),
    ("country", 2, True),
    ("region", LONGEST_TITLE, False),
    ("city", LONGEST_TITLE, False),
    ("reviewer_role", LONGEST_TITLE, False),
    ("reviewer_organisation", LONGEST_TITLE, False),
    ("second_reader", LONGEST_TITLE, False),
)
# The order of the form, around its texts and sources.
ABOVE = ("label", "country", "region", "city", "covers", *APPLIES)
BELOW = (
    *("status", "law_as_of", "law_last_reviewed", "reviewer_role", "reviewer_organisation"),
    *("second_reader", "expires_on", "withdrawn_on", "words"),
)
SLOT = "slot-"
# What of the parts of a sheet has another name in its form.
NAMES: Mapping[Path, str] = {
    ("jurisdiction",): "country",
    ("jurisdiction", "country"): "country",
    ("jurisdiction", "region"): "region",
    ("jurisdiction", "city"): "city",
    ("jurisdiction", "label"): "label",
    ("reviewer",): "reviewer_role",
    ("reviewer", "role"): "reviewer_role",
    ("reviewer", "organisation"): "reviewer_organisation",
    ("second_reader",): "second_reader",
    ("second_reader", "role"): "second_reader",
    ("applies_to",): APPLIES[0],
}

NO_COUNTRY = N_("Write two letters, such as DE.")
TICK_ONE = N_("Tick at least one.")
NO_TEXT = N_("Write at least one of these texts.")
UNCHECKED = N_("Only a draft may leave this out.")


def overlay_values(parts: SheetParts, today: date, *, again: bool = False) -> dict[str, str]:
    """What the form of a law sheet holds.

    Args:
        parts: As the sheet is saved.
        today: For `again`.
        again: Whether it was checked again today.
    """
    fields = parts.fields
    place, reviewer, second = (_mapping(fields.get(name)) for name in ("jurisdiction", "reviewer", "second_reader"))
    values = {name: _text(fields.get(name)) for name in ("status", "covers", "enforcement_note", *DAYS)}
    values |= {name: _text(place.get(name)) for name in ("label", "country", "region", "city")}
    values |= {f"reviewer_{name}": _text(reviewer.get(name)) for name in ("role", "organisation")}
    values["second_reader"] = _text(second.get("role"))
    applies = fields.get("applies_to")
    values |= {name: "yes" for name in APPLIES if isinstance(applies, list) and name in applies}
    for number, source in enumerate(sources_of(fields)):
        values |= {f"s{number}-{name}": _text(source.get(name)) for name in SOURCE}
    values |= {SLOT + name: text for name, text in parts.texts.items()}
    if again:
        values |= {"law_last_reviewed": today.isoformat(), "expires_on": ""}
    reviewed = typed_day(values["law_last_reviewed"])
    if reviewed and not values["expires_on"]:
        values["expires_on"] = months_after(reviewed, MONTHS).isoformat()
    return values


def read_overlay_form(
    values: Values, kept: SheetParts, slots: Sequence[str], today: date, faults: dict[str, Fault]
) -> SheetParts:
    """A law sheet as it was typed; what is wrong goes into `faults`, and stays in the parts as well as it can.

    Args:
        values: The form.
        kept: What no form shows stays as it is here.
        slots: Those that the form shows.
        today: The day on which it was withdrawn, where no day was typed.
        faults: By the names of fields.
    """
    lines = {name: short_text(values, name, most, faults, needed=needed) for name, most, needed in LINES}
    if not re.fullmatch("[A-Za-z]{2}", lines["country"], re.ASCII):
        faults["country"] = Fault(NO_COUNTRY)
    prose = {name: _sentences(values, name, faults) for name in ("covers", "enforcement_note")}
    status = first(values, "status")
    days = read_days(values, status, today, faults)
    applies = [name for name in APPLIES if ticked(values, name)]
    if not applies:
        faults[APPLIES[0]] = Fault(TICK_ONE)
    if status != OverlayStatus.DRAFT:
        _ensure_checked(values, faults)
    written = {
        "status": status,
        "jurisdiction": _jurisdiction(lines, kept),
        "covers": prose["covers"],
        **{name: days[name] or None for name in DAYS},
        "reviewer": _reviewer(lines, kept),
        "second_reader": {"role": lines["second_reader"]} if lines["second_reader"] else None,
        "applies_to": applies,
        "enforcement_note": prose["enforcement_note"],
        "sources": read_sources(values, kept, faults),
    }
    return SheetParts({**kept.fields, **written}, _read_texts(values, slots, faults), kept.comment)


def _jurisdiction(lines: Mapping[str, str], kept: SheetParts) -> dict[str, object]:
    return {
        **_mapping(kept.fields.get("jurisdiction")),
        "country": lines["country"].upper(),
        "region": lines["region"] or None,
        "city": lines["city"] or None,
        "label": lines["label"],
    }


def slots_in(values: Mapping[str, object]) -> list[str]:
    """The slots that a form holds."""
    return [
        name.removeprefix(SLOT) for name in values if re.fullmatch(SLOT + "[a-z0-9][a-z0-9-]{0,59}", name, re.ASCII)
    ]


def in_order(faults: Mapping[str, Fault], slots: Sequence[str], groups: Sequence[int]) -> dict[str, Fault]:
    """Faults in the order in which the form has its fields."""
    sources = [f"s{number}-{name}" for number in groups for name in SOURCE]
    order = [*ABOVE, *(SLOT + slot for slot in slots), "enforcement_note", *sources, *BELOW]
    return {name: faults[name] for name in sorted(faults, key=lambda each: order.index(each) if each in order else -1)}


def field_of(path: Path, groups: Sequence[int]) -> str:
    """The name of the form's field in which a part of a law sheet stands; empty where it stands in none."""
    match path:
        case ("texts", str(slot)):
            return SLOT + slot
        case ("sources", int(place), *rest) if place < len(groups):
            name = str(rest[0]) if rest else ""
            return f"s{groups[place]}-{name if name in SOURCE else SOURCE[0]}"
        case ("sources",):
            return f"s{groups[0] if groups else 0}-title"
        case ("applies_to", *_):
            return APPLIES[0]
        case (str(name),) if name in (*DAYS, "status", "covers", "enforcement_note"):
            return name
    return NAMES.get(path, "")


def _ensure_checked(values: Values, faults: dict[str, Fault]) -> None:
    for name in ("law_last_reviewed", "reviewer_role", "reviewer_organisation", "second_reader"):
        if not first(values, name).strip():
            faults[name] = Fault(UNCHECKED)


def _reviewer(lines: Mapping[str, str], kept: SheetParts) -> dict[str, object] | None:
    role, organisation = lines["reviewer_role"], lines["reviewer_organisation"]
    if not role and not organisation:
        return None
    return {**_mapping(kept.fields.get("reviewer")), "role": role, "organisation": organisation, "name_public": False}


def _read_texts(values: Values, slots: Sequence[str], faults: dict[str, Fault]) -> dict[str, str]:
    texts = {slot: plain(first(values, SLOT + slot)) for slot in slots}
    for slot, text in texts.items():
        if holds_fence(text):
            faults[SLOT + slot] = Fault(NO_FENCE)
    found = {slot: text for slot, text in texts.items() if text.strip()}
    if slots and not found:
        faults[SLOT + slots[0]] = Fault(NO_TEXT)
    return found


def _sentences(values: Values, name: str, faults: dict[str, Fault]) -> str:
    """A few sentences; the lines that a browser sends become one."""
    text = " ".join(first(values, name).split())
    return short_text({name: [text]}, name, LONGEST_SENTENCES, faults, needed=True)


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
