"""What the pages around a paper slip may show."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from workshops.schedule.words import WhenWords


@dataclass(frozen=True, slots=True)
class SlipEvening:
    """A session as pages with a slip's number show it: neutral."""

    id: str
    title: str
    letter: str
    when: WhenWords
    language: str


@dataclass(frozen=True, slots=True)
class SlipPage:
    """Where the number of a slip is typed in; says the same for unknown, used, withdrawn and expired slips."""

    template: ClassVar[str] = "registration/slip.html"

    session_id: str = ""  # where the session is chosen already
    typo: bool = False
    gone: bool = False
    typed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SlipChoicePage:
    """The sessions that a slip can be used for."""

    template: ClassVar[str] = "registration/slip_choice.html"

    slip: str = field(repr=False)
    evenings: Sequence[SlipEvening]
    elsewhere: bool  # it is not for the session that was chosen


@dataclass(frozen=True, slots=True)
class SlipTakePage:
    """The form for a place with a slip: ticks, a nonce and the slip's number."""

    template: ClassVar[str] = "registration/slip_take.html"

    evening: SlipEvening
    slip: str = field(repr=False)
    nonce: str = field(repr=False)
    needs: Sequence[str]
    interpreters: Sequence[str]  # codes of the languages that can be asked for today
    ticked: frozenset[str]  # of both
    stale: bool
