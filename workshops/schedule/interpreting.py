"""Interpreters: into which languages they can be booked for a session, and until which day."""

from dataclasses import dataclass
from datetime import date

MOST = 4  # languages that one evening can be interpreted into


@dataclass(frozen=True, slots=True)
class Interpreting:
    """The languages that people may ask for, by their codes, and the last day on which they may."""

    languages: tuple[str, ...] = ()
    until: date | None = None  # by the calendar on the venue's wall; None exactly where there is no language

    def bookable(self, today: date) -> tuple[str, ...]:
        """The languages that can still be asked for."""
        return self.languages if self.until is not None and today <= self.until else ()


NO_INTERPRETERS = Interpreting()


def interpreting_of(codes: str, until: date | None) -> Interpreting:
    """What a row keeps as codes with blanks between."""
    return Interpreting(tuple(codes.split()), until)
