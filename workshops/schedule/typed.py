"""What coordinators type, field by field: digits of any script, days, wall times, choices; faults are collected."""

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, TypeVar

from workshops.errors import N_
from workshops.web.forms import (
    MISSING,
    NOT_PLAIN,
    TOO_LONG,
    Fault,
    Rejected,
    Values,
    first,
    is_plain,
    short_text,
    ticked,
)

NOT_OFFERED = N_("This is not among the choices any more. Choose again.")
NO_NUMBER = N_("This needs a number, such as 12.")
OUT_OF_RANGE = N_("This must be between %(least)s and %(most)s.")
NO_DAY = N_("This is no day of the calendar. Write year, month and day, such as 2026-10-23.")
NO_TIME = N_("This is no time of day. Write hours and minutes, such as 21:30.")

DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
TIME = re.compile(r"(\d{1,2})[:.](\d{2})(:00)?", re.ASCII)
DIGITS_MOST = 6

Choice = TypeVar("Choice")


@dataclass(frozen=True, slots=True)
class Typed:
    """A form's fields, and the faults found in them so far; a faulty field reads as None or empty."""

    values: Values
    faults: dict[str, Fault] = field(default_factory=dict)

    def fault(self, name: str, message: str, **places: object) -> None:
        """Say what is wrong with a field, unless something was said already."""
        self.faults.setdefault(name, Fault(message, places))

    def line(self, name: str, most: int, *, needed: bool = False) -> str:
        return short_text(self.values, name, most, self.faults, needed=needed)

    def lines(self, name: str, most: int) -> str:
        """Several lines of text, without blanks at their ends."""
        text = "\n".join(each.strip() for each in first(self.values, name).strip().splitlines())
        if not is_plain(text):
            self.fault(name, NOT_PLAIN)
        elif len(text) > most:
            self.fault(name, TOO_LONG, most=most)
        return text

    def tick(self, name: str) -> bool:
        return ticked(self.values, name)

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number in the digits of any script; empty is a fault."""
        text = first(self.values, name).strip()
        if not text:
            self.fault(name, MISSING)
        elif not text.isdecimal() or len(text) > DIGITS_MOST:
            self.fault(name, NO_NUMBER)
        elif not least <= int(text) <= most:
            self.fault(name, OUT_OF_RANGE, least=least, most=most)
        else:
            return int(text)
        return None

    def choice(self, name: str, offered: Mapping[str, Choice]) -> Choice | None:
        """One of the values that were offered, by its name in the form."""
        text = first(self.values, name)
        if text not in offered:
            self.fault(name, NOT_OFFERED if text else MISSING)
            return None
        return offered[text]

    def day(self, name: str) -> date | None:
        """A day of the calendar, year first."""
        found = DAY.fullmatch(_western(first(self.values, name)))
        if found:
            with suppress(ValueError):
                return date(int(found[1]), int(found[2]), int(found[3]))
        self._unread(name, NO_DAY)
        return None

    def clock_time(self, name: str, *, needed: bool = True) -> time | None:
        """A time of day; None without a fault when it may stay empty and does."""
        text = _western(first(self.values, name))
        if not text and not needed:
            return None
        found = TIME.fullmatch(text)
        if found:
            with suppress(ValueError):
                return time(int(found[1]), int(found[2]))
        self._unread(name, NO_TIME)
        return None

    def rejected(self, **more: Any) -> Rejected:
        """The form as it came back: all that was typed, and the faults."""
        return Rejected({name: first(self.values, name) for name in self.values} | more, self.faults)

    def _unread(self, name: str, message: str) -> None:
        self.fault(name, message if first(self.values, name).strip() else MISSING)


def _western(text: str) -> str:
    """The text with digits as an input field of a browser sends them."""
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text.strip())
