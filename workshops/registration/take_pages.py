"""What the pages around a form for a place may show."""

from dataclasses import dataclass, field
from typing import ClassVar

from workshops.schedule.pages import SessionRow
from workshops.web.moulds import HOLE


@dataclass(frozen=True, slots=True)
class Price:
    """What a place costs while many people ask: the phone's work on a challenge, or minutes of waiting."""

    challenge: str = field(repr=False)
    minutes: int
    stays_good: int  # minutes after these, for which the form can be pressed
    pressed: bool  # too early


@dataclass(frozen=True, slots=True)
class TakePage:
    """The form for a place: ticks and a nonce, nothing to type."""

    template: ClassVar[str] = "registration/take.html"

    row: SessionRow
    nonce: str = field(repr=False, metadata=HOLE)
    needs: tuple[str, ...]
    interpreters: tuple[str, ...]  # codes of the languages that can be asked for today
    ticked: frozenset[str]  # of both
    stale: bool
    price: Price | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class UsedPage:
    """The form gave a place already, and its code is not shown any more."""

    template: ClassVar[str] = "registration/used.html"

    session_id: str
