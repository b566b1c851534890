"""What the two pages that explain what is kept and what is hidden may show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class HeldColumn:
    """One column that says something about participants, in a plain sentence."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class HeldTable:
    name: str
    until: str  # a sentence with the place `hours`
    columns: Sequence[HeldColumn]


@dataclass(frozen=True, slots=True)
class WhatWeHoldPage:
    """What the program keeps, until when; made from the live schema."""

    template: ClassVar[str] = "registration/what_we_hold.html"

    tables: Sequence[HeldTable]
    sums: Sequence[HeldTable]
    elsewhere: Sequence[HeldColumn]  # whole tables that say nothing about participants
    hours: int
    on_postgresql: bool  # whose own files tell more than its tables


@dataclass(frozen=True, slots=True)
class SafetyPage:
    """What this site hides, what it cannot hide, and how to leave it."""

    template: ClassVar[str] = "registration/safety.html"

    hours: int
