"""Where texts stand below the folder: nothing else is ever taken in, written out or edited."""

import re
from collections.abc import Mapping
from enum import StrEnum

from workshops.curricula.names import LANGUAGE, NAME
from workshops.curricula.rules import short_id

LONGEST_PATH = 160  # characters


class TextKind(StrEnum):
    """What a text is for."""

    TEACHING = "teaching"
    OVERLAY = "overlay"
    FACTS = "facts"
    SOURCES = "sources"


PATHS: Mapping[TextKind, re.Pattern[str]] = {
    TextKind.SOURCES: re.compile(r"sources\.yaml"),
    TextKind.FACTS: re.compile(rf"local/(?P<area>{NAME})\.(?P<language>{LANGUAGE})\.yaml"),
    TextKind.OVERLAY: re.compile(rf"(?P<id>{NAME})/overlays/(?P<area>{NAME})\.(?P<language>{LANGUAGE})\.md"),
    TextKind.TEACHING: re.compile(rf"(?!local/)(?P<id>{NAME})/(?P<language>{LANGUAGE})\.md"),
}


def kind_of(path: str) -> TextKind | None:
    """What a text is for, by its path; None where no text of ours stands."""
    return next((kind for kind, pattern in PATHS.items() if pattern.fullmatch(path)), None)


def part_of(path: str, name: str) -> str:
    """The `id`, `area` or `language` that a path names; empty if it names none."""
    found = next((match for pattern in PATHS.values() if (match := pattern.fullmatch(path))), None)
    return found.groupdict().get(name, "") if found else ""


def text_id(path: str) -> str:
    """The opaque word that stands for a text in addresses."""
    return short_id(path, b"text")


def unit_word(unit_id: str) -> str:
    """The opaque word that stands for a unit in addresses."""
    return short_id(unit_id, b"unit")


def fact_word(fact_id: str) -> str:
    """The opaque word that stands for a contact of an area in addresses."""
    return short_id(fact_id, b"fact")
