"""What a new text begins with: a copy to translate, or a sheet of questions to fill in."""

import re
from datetime import date

from workshops.curricula.paths import TextKind, kind_of, part_of
from workshops.curricula.state import Library

REVIEW = re.compile(r"^review:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)

OVERLAY = """---
format: 1
area: {area}
language: {language}
status: draft
jurisdiction:
  country: ??
  region: null
  city: null
  label: "the place as prints shall name it"
covers: "what this sheet answers, and what it does not"
law_as_of: {today}
law_last_reviewed: null
expires_on: null
reviewer: null
second_reader: null
applies_to: [citizens, migrants-with-status, migrants-without-status]
enforcement_note: "what happens in practice, where that differs"
sources:
  - title: "a law or a leaflet"
    organisation: "who wrote it"
    address: "https://example.org/"
    provision: "section or page"
    read_on: {today}
---
"""
SLOT = """
::: law-slot {{id={slot}}}
:::
"""
FACTS = """format: 1
area: {area}
language: {language}
label: "the place as prints shall name it"
facts:
  - id: first-number
    kind: support
    name: "who answers"
    helps_with: "what they help with, in plain words"
    phone: null
    web: null
    hours: null
    languages: [{language}]
    passes_on: "what they tell others, and whom"
    fills: []
    checked_on: {today}
"""


def start_of(path: str, library: Library, today: date) -> str:
    """The first text of a path; it is a draft with faults until somebody has filled it in."""
    area, language = part_of(path, "area"), part_of(path, "language")
    if kind_of(path) is TextKind.FACTS:
        return FACTS.format(area=area, language=language, today=today)
    versions = library.catalogue.curricula.get(part_of(path, "id"), {})
    original = next((each for each in versions.values() if each.translation.of is None), None)
    if kind_of(path) is TextKind.OVERLAY:
        slots = original.overlays if original else ()
        head = OVERLAY.format(area=area, language=language, today=today)
        return head + "".join(SLOT.format(slot=slot) for slot in slots)
    if original is None:
        return ""
    text = library.text_of(original) or ""
    return _to_translate(text, original.language, original.version, language)


def _to_translate(text: str, of: str, version: str, language: str) -> str:
    """An original as its translation begins: its own language, no reviews, and what it is a translation of."""
    head, mark, body = text.partition("\n---")
    head = REVIEW.sub("", head + "\n").rstrip("\n")
    head = re.sub(r"^status:.*$", "status: draft", head, count=1, flags=re.MULTILINE)
    named = (
        f"language: {language}\ntranslation: {{of: {of}, source_version: {version}, reviewed_on: null, "
        "back_checked: false, machine_made: false}"
    )
    return re.sub(r"^language:.*$", lambda _: named, head, count=1, flags=re.MULTILINE) + mark + body
