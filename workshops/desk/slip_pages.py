"""What the desk's pages about slips and callers may show; none of them is ever kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from workshops.registration.pages import ReceiptPage
from workshops.registration.slip_rules import SlipKind
from workshops.schedule.pages import Option, SessionRow
from workshops.schedule.words import MomentWords, WhenWords
from workshops.web.forms import Fault


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in the list: what it is for, never how many of its slips were used."""

    id: str
    kind: SlipKind
    placed: bool
    count: int
    name: str  # of the session or series; empty for any session
    until: MomentWords


@dataclass(frozen=True, slots=True)
class SlipsPage:
    """The batches that are out, and the form for another."""

    template: ClassVar[str] = "desk/slips.html"

    batches: Sequence[BatchRow]
    evenings: Sequence[Option]
    series: Sequence[Option]
    values: Mapping[str, Any] = field(repr=False)
    faults: Mapping[str, Fault]
    gone: bool = False  # the sheet of this form was shown already


@dataclass(frozen=True, slots=True)
class SheetEvening:
    """A session as a slip names it: neutral."""

    title: str
    letter: str
    when: WhenWords


@dataclass(frozen=True, slots=True)
class SlipSheetPage:
    """The slips of a batch, to be printed and torn off: shown once, made for this answer alone."""

    template: ClassVar[str] = "desk/slip_sheet.html"

    strips: Sequence[tuple[str, ...]] = field(repr=False)
    placed: bool
    evening: SheetEvening | None
    host: str  # empty where the site has no public address
    until: MomentWords


@dataclass(frozen=True, slots=True)
class CallerPage:
    """The form for people who call or stand at the desk."""

    template: ClassVar[str] = "desk/caller.html"

    row: SessionRow
    nonce: str = field(repr=False)
    needs: Sequence[str]
    interpreters: Sequence[str]  # codes of the languages that can be asked for today
    ticked: Sequence[frozenset[str]]  # of both, for each person
    wanted: Sequence[bool]
    stale: bool


@dataclass(frozen=True, slots=True)
class CardsPage:
    """A card for each place that was taken, shown once."""

    template: ClassVar[str] = "desk/cards.html"

    session_id: str
    cards: Sequence[ReceiptPage] = field(repr=False)
    used: int
    full: int
