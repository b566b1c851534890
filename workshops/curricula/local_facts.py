"""Numbers and contacts of one area, each with the day it was checked and the day on which it goes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from workshops.curricula.overlays import Standing


class FactKind(StrEnum):
    """What a contact is for, in the order in which sheets list them."""

    EMERGENCY = "emergency"
    SUPPORT = "support"
    VIOLENCE = "violence"
    HEALTH = "health"
    LEGAL = "legal"
    MONEY = "money"
    HOUSING = "housing"
    CONCERNS = "concerns"
    TRANSPORT = "transport"


@dataclass(frozen=True, slots=True)
class Fact:
    """One number or contact."""

    id: str
    kind: FactKind
    name: str
    helps_with: str
    phone: str | None
    web: str | None
    hours: str | None
    languages: tuple[str, ...]
    passes_on: str | None  # what they must or do tell others, and whom
    fills: tuple[str, ...]  # slots of any curriculum in which it stands
    checked_on: date
    expires_on: date  # the first day on which it no longer prints
    sample: bool = False

    def holds(self, today: date) -> bool:
        """Whether it may be printed on that day."""
        return self.standing(today) is Standing.VALID

    def standing(self, today: date) -> Standing:
        """What it is on that day."""
        if today < self.checked_on:
            return Standing.EARLY
        return Standing.VALID if today < self.expires_on else Standing.EXPIRED


@dataclass(frozen=True, slots=True)
class LocalFacts:
    """A file `local/<area>.<language>.yaml` as a value; it serves every curriculum."""

    area: str
    language: str
    label: str
    sample: bool
    facts: tuple[Fact, ...]
    digest: str = field(compare=False)  # of the file's text

    def holding(self, today: date) -> tuple[Fact, ...]:
        """What may be printed on that day, the most urgent first."""
        kinds = list(FactKind)
        return tuple(
            sorted((fact for fact in self.facts if fact.holds(today)), key=lambda fact: kinds.index(fact.kind))
        )

    def days(self) -> Iterator[date]:
        """The days on which a fact comes or goes by itself."""
        for fact in self.facts:
            yield from (fact.checked_on, fact.expires_on)
