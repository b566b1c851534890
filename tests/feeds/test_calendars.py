"""Entries as bytes: whatever the texts, one readable file, always the same."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from unicodedata import bidirectional, category

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.feeds import libical
from tests.feeds.evenings import make_entry
from tests.make import NOW
from workshops.feeds.calendars import calendar_bytes
from workshops.feeds.rules import Entry, plain
from workshops.schedule.moments import Span

BUILD = """
import sys
from tests.feeds.evenings import make_entry
from workshops.feeds.calendars import calendar_bytes

entries = [make_entry(), make_entry("bcdefgh23456")]
sys.stdout.buffer.write(calendar_bytes(entries, "Evenings"))
"""
ROOT = Path(__file__).parents[2]
SIGNS = st.sampled_from('\r\n\t\x00\x0b\x0c\x1f\x7f\x85\u2028\u2029\u202e\u2066\ufeff\ud800\uffff;,:\\"^né情👩')
TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # bidirectional classes of the controls
TEXTS = st.lists(st.one_of(SIGNS, st.characters()), max_size=90).map("".join)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    starts_at = draw(st.integers(0, 10**6).map(lambda minutes: NOW + timedelta(minutes=minutes)))
    return make_entry(
        draw(st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=12, max_size=12)),
        title=draw(TEXTS),
        area=draw(TEXTS),
        span=Span(starts_at, starts_at + timedelta(minutes=draw(st.integers(1, 600)))),
        sequence=draw(st.integers(0, 2**31 - 1)),
        cancelled_on=draw(st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1))),
    )


CALENDARS = st.lists(entries(), max_size=4, unique_by=lambda each: each.session_id)


def unfolded(body: bytes) -> list[str]:
    return body.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_an_evening_is_written_with_these_lines_and_no_others() -> None:
    body = calendar_bytes([make_entry(sequence=2)], "Evenings")

    assert unfolded(body) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Evenings//Evenings 1.0//EN",
        "NAME:Evenings",
        "X-WR-CALNAME:Evenings",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "BEGIN:VEVENT",
        "SUMMARY:Information evening B",
        "DTSTART:20261023T210000Z",
        "DTEND:20261024T010000Z",
        "DTSTAMP:20261018T180000Z",
        "UID:abcdefgh2345@evenings",
        "SEQUENCE:2",
        "CLASS:PRIVATE",
        "LAST-MODIFIED:20261018T180000Z",
        "LOCATION:Harbour",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_a_cancelled_evening_keeps_its_words_and_says_so_in_its_status_alone() -> None:
    planned, cancelled = (
        unfolded(calendar_bytes([make_entry(cancelled_on=day)], "Evenings")) for day in (None, date(2026, 11, 5))
    )

    assert [pair for pair in zip(planned, cancelled, strict=True) if pair[0] != pair[1]] == [
        ("STATUS:CONFIRMED", "STATUS:CANCELLED")
    ]


def test_the_name_of_a_calendar_is_escaped_like_every_text() -> None:
    lines = unfolded(calendar_bytes([], "Evenings, days; nights"))

    assert [line for line in lines if "NAME" in line] == [
        r"NAME:Evenings\, days\; nights",
        r"X-WR-CALNAME:Evenings\, days\; nights",
    ]


@given(CALENDARS, TEXTS)
def test_any_text_reads_back_as_its_plain_form(given_entries: list[Entry], name: str) -> None:
    calendar = Calendar.from_ical(calendar_bytes(given_entries, name))

    assert [(str(each.get("summary", "")), str(each.get("location", ""))) for each in calendar.events] == [
        (plain(each.title), plain(each.area)) for each in given_entries
    ]
    assert [(each.start, each.end, each["sequence"]) for each in calendar.events] == [
        (each.span.starts_at, each.span.ends_at, each.sequence) for each in given_entries
    ]
    assert [error for component in calendar.walk() for error in component.errors] == []


@given(CALENDARS, TEXTS)
def test_lines_fold_at_75_octets_between_characters_and_end_in_one_way(given_entries: list[Entry], name: str) -> None:
    body = calendar_bytes(given_entries, name)

    *lines, rest = body.split(b"\r\n")
    assert rest == b""
    assert all(len(line) <= 75 for line in lines)
    signs = set("".join(line.decode() for line in lines))
    assert {category(sign) for sign in signs} & {"Cc", "Cs", "Zl", "Zp"} == set()
    assert {bidirectional(sign) for sign in signs} & TURNS == set()


@given(CALENDARS, TEXTS)
def test_no_text_adds_a_line_of_its_own(given_entries: list[Entry], name: str) -> None:
    body = calendar_bytes(given_entries, name)

    assert {line.partition(":")[0].partition(";")[0] for line in unfolded(body)} <= {
        *("BEGIN", "END", "VERSION", "PRODID", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"),
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "STATUS"),
        *("CLASS", "TRANSP"),
    }
    assert sum(line == "BEGIN:VEVENT" for line in unfolded(body)) == len(given_entries)


def test_the_same_entries_give_the_same_bytes_years_later_and_in_another_process() -> None:
    entries = [make_entry(), make_entry("bcdefgh23456")]
    with time_machine.travel(NOW, tick=False):
        now = calendar_bytes(entries, "Evenings")
    with time_machine.travel(NOW + timedelta(days=1000), tick=False):
        later = calendar_bytes(entries, "Evenings")

    elsewhere = run_python(BUILD)

    assert now == later == elsewhere


@pytest.mark.needs("libical")
@given(CALENDARS, TEXTS)
def test_libical_reads_any_text_as_we_meant_it(given_entries: list[Entry], name: str) -> None:
    seen = libical.read(calendar_bytes(given_entries, name))

    assert seen == libical.Read(
        {
            f"{each.session_id}@evenings": (
                *(each.span.starts_at, each.span.ends_at),
                *(plain(each.title), plain(each.area)),
            )
            for each in given_entries
        },
        fits_rules=True,
        errors=[],
    )


def test_starting_up_does_not_wait_for_icalendar() -> None:
    assert run_python("import sys, workshops.feeds.routes; print('icalendar' in sys.modules)") == b"False\n"


def run_python(code: str) -> bytes:
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, timeout=60).stdout
