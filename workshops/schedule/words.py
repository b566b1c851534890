"""When a session is, as a page says it in one language: by the venue's wall clock and the evening it belongs to."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time

from workshops.schedule.moments import Span, wall_at
from workshops.schedule.nights import BANDS, BandName, band_of, night_of

MOST = 2048  # words of days and moments that are remembered: a site says the same ones again and again


@dataclass(frozen=True, slots=True)
class NightWords:
    """The name of an evening: "Friday" and "23 October"."""

    iso: str
    weekday: str
    day: str


@dataclass(frozen=True, slots=True)
class WhenWords:
    """The times of a session, and the wall's weekday where it is no longer the evening's."""

    night: NightWords
    band: BandName
    starts: str
    ends: str
    starts_on: str  # weekday of the start when it lies after midnight, else empty
    starts_iso: str
    zone: str


@lru_cache(MOST)
def night_words(night: date, locale: Locale) -> NightWords:
    weekday = format_date(night, "EEEE", locale=locale)
    return NightWords(night.isoformat(), weekday, format_skeleton("MMMMd", night, locale=locale))


@lru_cache(MOST)
def when_words(span: Span, zone_name: str, small_hours_end: time, locale: Locale) -> WhenWords:
    """Say when a session is."""
    zone = ZoneInfo(zone_name)
    starts, ends = wall_at(span.starts_at, zone), wall_at(span.ends_at, zone)
    night = night_of(span.starts_at, zone, small_hours_end)
    after_midnight = starts.date() != night
    return WhenWords(
        night_words(night, locale),
        band_of(span.starts_at, BANDS, zone),
        clock_time(starts.time()),
        clock_time(ends.time()),
        format_date(starts.date(), "EEEE", locale=locale) if after_midnight else "",
        starts.isoformat(timespec="minutes"),
        zone_name,
    )


def clock_time(at: time) -> str:
    """Hours and minutes with the digits that codes and phones show, whatever the language."""
    return format_time(at, "HH:mm", locale="en")


def day_words(day: date | None, locale: Locale) -> str:
    """A day as a page says it in a sentence, "Friday 23 October"; empty for none."""
    if day is None:
        return ""
    words = night_words(day, locale)
    return f"{words.weekday} {words.day}"


@dataclass(frozen=True, slots=True)
class MomentWords:
    """A moment as a venue's wall shows it: "Thursday", "23 October", "18:00"."""

    weekday: str
    day: str
    at: str


@lru_cache(MOST)
def moment_words(moment: datetime, zone_name: str, locale: Locale) -> MomentWords:
    wall = wall_at(moment, ZoneInfo(zone_name))
    words = night_words(wall.date(), locale)
    return MomentWords(words.weekday, words.day, clock_time(wall.time()))
