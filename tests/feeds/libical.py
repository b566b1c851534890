"""A calendar as libical reads it, the library behind many desktop and phone calendars."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

VEVENT = 4  # icalcomponent_kind


class Time(ctypes.Structure):
    """`struct icaltimetype`."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What libical makes of some bytes."""

    events: dict[str, tuple[datetime, datetime, str, str]]  # by UID: start, end, summary, location
    fits_rules: bool
    errors: list[str]


def read(body: bytes) -> Read:
    lib = library()
    calendar = lib.icalparser_parse_string(body)
    assert calendar
    try:
        fits = bool(lib.icalrestriction_check(calendar))  # writes what it finds into the calendar
        written = lib.icalcomponent_as_ical_string(calendar).decode()
        errors = [line for line in written.splitlines() if "X-LIC-ERROR" in line]
        return Read(dict(_events(calendar)), fits, errors)
    finally:
        lib.icalcomponent_free(calendar)


def _events(calendar: int) -> Iterator[tuple[str, tuple[datetime, datetime, str, str]]]:
    lib = library()
    event = lib.icalcomponent_get_first_component(calendar, VEVENT)
    while event:
        starts, ends = (_moment(get(event)) for get in (lib.icalcomponent_get_dtstart, lib.icalcomponent_get_dtend))
        summary, location = (
            (get(event) or b"").decode() for get in (lib.icalcomponent_get_summary, lib.icalcomponent_get_location)
        )
        yield lib.icalcomponent_get_uid(event).decode(), (starts, ends, summary, location)
        event = lib.icalcomponent_get_next_component(calendar, VEVENT)


def _moment(time: Time) -> datetime:
    assert library().icaltime_is_utc(time)
    return datetime.fromtimestamp(library().icaltime_as_timet(time), UTC)


@cache
def library() -> ctypes.CDLL:
    lib = ctypes.CDLL("libical.so.3")
    component = ctypes.c_void_p
    for name, result, arguments in (
        ("icalparser_parse_string", component, [ctypes.c_char_p]),
        ("icalrestriction_check", ctypes.c_int, [component]),
        ("icalcomponent_as_ical_string", ctypes.c_char_p, [component]),
        ("icalcomponent_free", None, [component]),
        ("icalcomponent_get_first_component", component, [component, ctypes.c_int]),
        ("icalcomponent_get_next_component", component, [component, ctypes.c_int]),
        ("icalcomponent_get_dtstart", Time, [component]),
        ("icalcomponent_get_dtend", Time, [component]),
        ("icalcomponent_get_summary", ctypes.c_char_p, [component]),
        ("icalcomponent_get_location", ctypes.c_char_p, [component]),
        ("icalcomponent_get_uid", ctypes.c_char_p, [component]),
        ("icaltime_is_utc", ctypes.c_int, [Time]),
        ("icaltime_as_timet", ctypes.c_long, [Time]),
    ):
        function = getattr(lib, name)
        function.restype, function.argtypes = result, arguments
    return lib
