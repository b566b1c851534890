"""What holds in one area for one curriculum: dated texts for its law slots, and when they may be printed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class OverlayStatus(StrEnum):
    """What the people who keep an overlay say of it; that it has expired, its dates say."""

    DRAFT = "draft"
    VALID = "valid"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """What an overlay is on one day; only a valid one prints."""

    DRAFT = "draft"
    EARLY = "early"  # its review is dated to a day that has not come: a slip, or a sheet made ahead
    VALID = "valid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Where it holds; the label is what prints say."""

    country: str  # two letters; XX for a made-up one
    region: str | None
    city: str | None
    label: str


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who checked it, by role; never a name."""

    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Provision:
    """A text of law or about law, and the place in it that a card rests on."""

    title: str
    organisation: str
    address: str
    provision: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Overlay:
    """A file `<curriculum>/overlays/<area>.<language>.md` as a value."""

    curriculum: str
    area: str
    language: str
    status: OverlayStatus
    sample: bool
    jurisdiction: Jurisdiction
    covers: str
    law_as_of: date
    law_last_reviewed: date | None  # None: a draft that nobody has checked
    expires_on: date | None  # the first day on which it no longer holds
    reviewer: Reviewer | None
    second_reader: str | None  # a role
    applies_to: tuple[str, ...]
    enforcement_note: str
    sources: tuple[Provision, ...]
    withdrawn_on: date | None
    texts: Mapping[str, str]  # Markdown by law slot
    digest: str = field(compare=False)  # of the file's text

    def standing(self, today: date) -> Standing:
        """What it is on that day."""
        if self.status is OverlayStatus.WITHDRAWN:
            return Standing.WITHDRAWN
        if self.status is OverlayStatus.DRAFT or self.law_last_reviewed is None or self.expires_on is None:
            return Standing.DRAFT
        if today < self.law_last_reviewed:
            return Standing.EARLY
        return Standing.VALID if today < self.expires_on else Standing.EXPIRED

    def days(self) -> Iterator[date]:
        """The days on which its standing may change by itself."""
        yield from (day for day in (self.law_last_reviewed, self.expires_on) if day)
