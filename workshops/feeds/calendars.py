"""Entries as the bytes of an iCalendar file: the same entries always give the same bytes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from workshops.feeds.rules import Entry, plain

if TYPE_CHECKING:
    from icalendar import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Evenings//Evenings 1.0//EN"
ASK_AGAIN = timedelta(hours=6)  # every question is a trace of use; a cancellation is still known the same day


def calendar_bytes(entries: Sequence[Entry], name: str) -> bytes:
    """Write a calendar called `name`.

    There is no METHOD (it would demand an organizer), no zone and no rule of repetition: moments
    are in UTC, which every reader understands alike.

    Source: RFC 5545, 3.4 and 3.6; RFC 7986, 5.1 and 5.7.
    """
    from icalendar import Calendar, vDuration  # noqa: PLC0415 (0.1 s that no start should wait for)

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", plain(name))
    calendar.add("x-wr-calname", plain(name))  # without it some readers show the address instead
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    for entry in entries:
        calendar.add_component(_event(entry))
    body: bytes = calendar.to_ical()
    return body


def _event(entry: Entry) -> "Event":
    """One session; private and taking no time, so that a shared calendar shows others neither words nor hours."""
    from icalendar import Event  # noqa: PLC0415 (as above)

    event = Event()
    event.add("uid", f"{entry.session_id}@evenings")  # names no host: an entry must not say where it came from
    event.add("dtstamp", entry.modified_at)  # without METHOD the stamp is the last revision
    event.add("last-modified", entry.modified_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.span.starts_at)
    event.add("dtend", entry.span.ends_at)
    for name, text in (("summary", plain(entry.title)), ("location", plain(entry.area))):
        if text:
            event.add(name, text)
    event.add("status", "CONFIRMED" if entry.cancelled_on is None else "CANCELLED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
