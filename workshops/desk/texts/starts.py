"""What a new text begins with: a copy to translate, an empty sheet to fill in, or a whole evening to write over."""

import re
from collections.abc import Mapping

from workshops.curricula.beginning import Topic, topic_text
from workshops.curricula.paths import TextKind, kind_of, part_of
from workshops.curricula.sheet_writing import facts_text, overlay_text
from workshops.curricula.state import Library
from workshops.curricula.translating import NOTHING
from workshops.desk.texts.views import shown_text
from workshops.web.languages import translations

EMPTY: Mapping[str, object] = {
    "status": "draft",
    "jurisdiction": {"country": "", "region": None, "city": None, "label": ""},
    "covers": "",
    "law_as_of": None,
    "law_last_reviewed": None,
    "expires_on": None,
    "reviewer": None,
    "second_reader": None,
    "applies_to": [],
    "enforcement_note": "",
    "sources": [],
}
OWN = re.compile(r"^(?:review|translation):.*\n(?:[ \t]+.*\n)*", re.MULTILINE)  # fields that no translation takes over


def start_of(path: str, library: Library) -> str:
    """The first text of a path; it is a draft with faults until somebody has filled it in."""
    area, language = part_of(path, "area"), part_of(path, "language")
    named = {"format": "1", "area": area, "language": language}
    if kind_of(path) is TextKind.FACTS:
        return facts_text({**named, "label": "", "facts": []})
    versions = library.catalogue.curricula.get(part_of(path, "id"), {})
    original = next((each for each in versions.values() if each.translation.of is None), None)
    if kind_of(path) is TextKind.OVERLAY:
        slots = original.overlays if original else ()
        return overlay_text({**named, **EMPTY}, dict.fromkeys(slots, ""))
    if original is None:
        return ""
    text = library.text_of(original) or ""
    return _to_translate(text, original.language, language)


def start_of_topic(topic: Topic) -> str:
    """The first text of a topic of the group's own, in its own language as far as we speak it."""
    return topic_text(topic, translations(topic.language).gettext)


def _to_translate(text: str, of: str, language: str) -> str:
    """An original as its translation begins: its own language, no reviews, and none of its parts translated yet."""
    head, mark, body = shown_text(text).partition("\n---")
    head = OWN.sub("", head + "\n").rstrip("\n")
    head = re.sub(r"^status:.*$", "status: draft", head, count=1, flags=re.MULTILINE)
    named = (
        f"language: {language}\ntranslation: {{of: {of}, source_version: {NOTHING}, reviewed_on: null, "
        "back_checked: false, machine_made: false}"
    )
    return re.sub(r"^language:.*$", lambda _: named, head, count=1, flags=re.MULTILINE) + mark + body
