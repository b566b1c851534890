"""Calendars are read back by programs that share no code with ours."""

import json
import os
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.feeds import libical
from tests.feeds.evenings import make_entry
from workshops.feeds.calendars import calendar_bytes
from workshops.feeds.rules import Entry
from workshops.schedule.moments import Fold, span_at

READERS = Path(__file__).with_name("readers.mjs")
MACHINES = ("UTC", "America/New_York", "Asia/Kolkata")  # whose zone must make no difference

# zone, wall start, wall end, which of two equal times, start and end in UTC
HARD_EVENINGS = [
    ("Europe/Berlin", "2026-03-28 22:00", "2026-03-28 03:30", Fold.REFUSE, "2026-03-28 21:00", "2026-03-29 01:30"),
    ("Europe/Berlin", "2026-10-24 22:00", "2026-10-24 02:30", Fold.FIRST, "2026-10-24 20:00", "2026-10-25 00:30"),
    ("Europe/Berlin", "2026-10-24 22:00", "2026-10-24 02:30", Fold.SECOND, "2026-10-24 20:00", "2026-10-25 01:30"),
    ("America/New_York", "2026-03-07 23:00", "2026-03-07 03:30", Fold.REFUSE, "2026-03-08 04:00", "2026-03-08 07:30"),
    ("America/New_York", "2026-10-31 23:30", "2026-10-31 02:00", Fold.REFUSE, "2026-11-01 03:30", "2026-11-01 07:00"),
    (
        "Australia/Lord_Howe",
        "2026-04-04 23:00",
        "2026-04-04 03:00",
        Fold.REFUSE,
        "2026-04-04 12:00",
        "2026-04-04 16:30",
    ),
    ("Asia/Kathmandu", "2026-06-05 22:15", "2026-06-05 00:30", Fold.REFUSE, "2026-06-05 16:30", "2026-06-05 18:45"),
    ("Europe/London", "2026-12-31 21:00", "2026-12-31 00:00", Fold.REFUSE, "2026-12-31 21:00", "2027-01-01 00:00"),
]
HARD_TEXTS = [
    "Evening; with, commas: and colons A",
    "ערב מידע B",
    "أمسية معلومات ج",
    "情報の夕べ" * 30,
    "Evening\r\nBEGIN:VALARM\r\nEND:VALARM",
    "Evening\rX-PLANTED:1",
    "Evening\x00\x0b\x0c\x85\u2028\u2029\u202e\u2066A",
    "👩🏽‍🏫" * 20,
    '"quoted" <b>bold</b> ^n ^^',
    "back\\nslash\\,",
]


def hard_entries() -> list[Entry]:
    entries = [
        make_entry(f"evening{number:05}", span=span_at(wall(start), wall(end), ZoneInfo(zone), fold=fold))
        for number, (zone, start, end, fold, _, _) in enumerate(HARD_EVENINGS)
    ]
    return [replace(entries[0], sequence=3, cancelled_on=date(2026, 3, 20)), *entries[1:]]


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def read_by_node(body: bytes, machine: str = "UTC") -> dict[str, list[dict[str, Any]]]:
    run = subprocess.run(
        ["node", READERS], input=body, capture_output=True, check=True, timeout=60, env=os.environ | {"TZ": machine}
    )
    assert run.stderr == b""
    answer: dict[str, list[dict[str, Any]]] = json.loads(run.stdout)
    return answer


@pytest.mark.needs("node")
@pytest.mark.parametrize("machine", MACHINES)
def test_ical_js_and_node_ical_read_every_start_and_end_to_the_second(machine: str) -> None:
    seen = read_by_node(calendar_bytes(hard_entries(), "Evenings"), machine)

    expected = [(utc(start).timestamp(), utc(end).timestamp()) for *_, start, end in HARD_EVENINGS]
    for events in seen.values():
        assert [(each["starts"], each["ends"]) for each in events] == expected


@pytest.mark.needs("node")
def test_ical_js_and_node_ical_see_what_is_cancelled_and_how_often_it_changed() -> None:
    seen = read_by_node(calendar_bytes(hard_entries(), "Evenings"))

    for events in seen.values():
        assert {(each["uid"], each["status"], each["sequence"]) for each in events} == {
            ("evening00000@evenings", "CANCELLED", 3),
            *((f"evening{number:05}@evenings", "CONFIRMED", 0) for number in range(1, len(HARD_EVENINGS))),
        }


@pytest.mark.needs("libical")
def test_libical_reads_every_start_and_end_to_the_second_and_complains_of_nothing() -> None:
    seen = libical.read(calendar_bytes(hard_entries(), "Evenings"))

    assert [(start, end) for start, end, *_ in seen.events.values()] == [
        (utc(start), utc(end)) for *_, start, end in HARD_EVENINGS
    ]
    assert (seen.fits_rules, seen.errors) == (True, [])


@pytest.mark.needs("libical")
def test_libical_would_complain_of_a_calendar_that_breaks_the_rules() -> None:
    good = calendar_bytes([make_entry()], "Evenings")

    broken = libical.read(good.replace(b"DTSTAMP:", b"DTSTAMP:x").replace(b"VERSION:2.0\r\n", b""))

    assert not broken.fits_rules
    assert broken.errors


@pytest.mark.needs("node", "libical")
def test_all_readers_agree_on_texts_that_are_hard_to_write() -> None:
    entries = [make_entry(f"evening{number:05}", title=text, area=text) for number, text in enumerate(HARD_TEXTS)]

    body = calendar_bytes(entries, "Evenings")

    seen = libical.read(body)
    expected = [summary for _, _, summary, _ in seen.events.values()]
    assert expected[:4] == HARD_TEXTS[:4]
    assert expected[4:7] == ["Evening BEGIN:VALARM END:VALARM", "Evening X-PLANTED:1", "Evening A"]
    assert expected[7:] == [*HARD_TEXTS[7:9], "back/nslash/,"]
    assert (seen.fits_rules, seen.errors, len(seen.events)) == (True, [], len(HARD_TEXTS))
    for events in read_by_node(body).values():
        assert [(each["summary"], each["location"]) for each in events] == [(text, text) for text in expected]


@pytest.mark.needs("node", "libical")
def test_a_calendar_without_events_reads_as_one() -> None:
    body = calendar_bytes([], "Evenings")

    assert read_by_node(body) == {"ical.js": [], "node-ical": []}
    assert libical.read(body) == libical.Read({}, fits_rules=True, errors=[])
