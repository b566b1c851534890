"""A small overlay and small local facts, and ways to change them."""

from collections.abc import Collection, Mapping
from dataclasses import fields as fields_of

from workshops.curricula.facts_reading import read_facts
from workshops.curricula.findings import Broken
from workshops.curricula.local_facts import Fact, LocalFacts
from workshops.curricula.overlay_reading import read_overlay
from workshops.curricula.overlays import Overlay
from workshops.curricula.texts import SheetPlace

PLACE = SheetPlace("rest-and-routine", "north", "en")
FILE = "curricula/rest-and-routine/overlays/north.en.md"
FACTS_PLACE = SheetPlace("", "north", "en")
FACTS_FILE = "curricula/local/north.en.yaml"
SLOTS = ("local-help", "help-here")

OVERLAY = {
    "format": "1",
    "area": "north",
    "language": "en",
    "status": "valid",
    "jurisdiction": '{country: DE, region: null, city: null, label: "North"}',
    "covers": '"Who may ask what; not papers."',
    "law_as_of": "2026-10-15",
    "law_last_reviewed": "2026-11-01",
    "reviewer": '{role: "solicitor", organisation: "an advice centre", name_public: false}',
    "second_reader": '{role: "a group of peers"}',
    "applies_to": "[citizens, migrants-with-status]",
    "enforcement_note": '"Paper and practice differ."',
    "sources": '[{title: "An act", organisation: "A state", address: "https://example.org/act", provision: "part 2", read_on: 2026-10-20}]',  # noqa: E501 (one line of YAML)
}
BODY = """
::: law-slot {id=local-help}
**Here** the night bell is rung twice.
:::
"""
FACT = {
    "id": "line",
    "kind": "support",
    "name": '"The line"',
    "helps_with": '"somebody to talk to"',
    "phone": '"000 00"',
    "fills": "[help-here]",
    "checked_on": "2026-11-01",
}


def overlay_of(body: str = BODY, /, **changed: str | None) -> str:
    """The text of an overlay; a field that is None is left out."""
    fields = {**OVERLAY, **changed}
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return "\n".join(["---", *lines, "---", body])


def facts_of(*facts: Mapping[str, str | None], **changed: str | None) -> str:
    """The text of local facts; each of the facts is given by what differs from a small one."""
    fields = {"format": "1", "area": "north", "language": "en", "label": "North", **changed}
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return "\n".join([*lines, "facts:", *("  - " + "\n    ".join(_fact(each)) for each in facts or ({},)), ""])


def _fact(changed: Mapping[str, str | None]) -> list[str]:
    return [f"{name}: {value}" for name, value in {**FACT, **changed}.items() if value is not None]


def found(text: str, slots: Collection[str] | None = SLOTS) -> Overlay | Broken:
    return read_overlay(text, file=FILE, place=PLACE, slots=slots)


def found_facts(text: str) -> LocalFacts | Broken:
    return read_facts(text, file=FACTS_FILE, place=FACTS_PLACE)


def overlay(text: str | None = None, *, place: SheetPlace = PLACE) -> Overlay:
    """The value of a text that is known to be in order."""
    read = read_overlay(overlay_of() if text is None else text, file=FILE, place=place, slots=None)
    assert isinstance(read, Overlay), read
    return read


def local_facts(text: str | None = None) -> LocalFacts:
    """The value of a text that is known to be in order."""
    read = found_facts(facts_of() if text is None else text)
    assert isinstance(read, LocalFacts), read
    return read


def wrong(text: str, read: Overlay | LocalFacts | Broken) -> list[str]:
    """What is wrong with a text, each with the line it is wrong in, as that line is written."""
    assert isinstance(read, Broken), "the text has no faults"
    lines = text.split("\n")
    return [f"{lines[fault.line - 1]} | {fault.wrong}" for fault in read.faults]


def overlay_fields(overlay: Overlay) -> dict[str, object]:
    """The fields of an overlay as `overlay_text` takes them."""
    return {
        "format": "1",
        "area": overlay.area,
        "language": overlay.language,
        "status": overlay.status.value,
        "sample": overlay.sample,
        "jurisdiction": _mapping(overlay.jurisdiction),
        "covers": overlay.covers,
        "law_as_of": overlay.law_as_of,
        "law_last_reviewed": overlay.law_last_reviewed,
        "expires_on": overlay.expires_on,
        "withdrawn_on": overlay.withdrawn_on,
        "reviewer": {**_mapping(overlay.reviewer), "name_public": False} if overlay.reviewer else None,
        "second_reader": {"role": overlay.second_reader} if overlay.second_reader else None,
        "applies_to": list(overlay.applies_to),
        "enforcement_note": overlay.enforcement_note,
        "sources": [_mapping(source) for source in overlay.sources],
    }


def facts_fields(facts: LocalFacts) -> dict[str, object]:
    """The fields of local facts as `facts_text` takes them."""
    return {
        "format": "1",
        "area": facts.area,
        "language": facts.language,
        "label": facts.label,
        "sample": facts.sample,
        "facts": [_fact_fields(fact) for fact in facts.facts],
    }


def _fact_fields(fact: Fact) -> dict[str, object]:
    written = {**_mapping(fact), "kind": fact.kind.value}
    return {name: value for name, value in written.items() if value not in {None, ()} and name != "sample"}


def _mapping(value: object) -> dict[str, object]:
    return {each.name: getattr(value, each.name) for each in fields_of(value)}  # type: ignore[arg-type]  # a dataclass
