"""Entries as the bytes of an iCalendar file: the same entries always give the same bytes."""

from collections.abc import Sequence
from datetime import timedelta

from icalendar import Calendar, Component, Event, vDuration, vText

from workshops.feeds.rules import Entry, OwnEntry, plain

PRODUCT = "-//Evenings//Evenings 1.0//EN"
ASK_AGAIN = timedelta(hours=6)  # every question is a trace of use; a cancellation is still known the same day


def calendar_bytes(entries: Sequence[Entry | OwnEntry], name: str) -> bytes:
    """Write a calendar called `name`.

    There is no METHOD (it would demand an organizer), no zone and no rule of repetition: moments
    are in UTC, which every reader understands alike.

    Source: RFC 5545, 3.4 and 3.6; RFC 7986, 5.1 and 5.7.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    _add_text(calendar, "name", name)
    _add_text(calendar, "x-wr-calname", name)  # without it some readers show the address instead
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    for entry in entries:
        calendar.add_component(_event(entry))
    body: bytes = calendar.to_ical()
    return body


def _event(entry: Entry | OwnEntry) -> Event:
    """One session; private and taking no time, so that a shared calendar shows others neither words nor hours."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.modified_at)  # without METHOD the stamp is the last revision
    event.add("last-modified", entry.modified_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.span.starts_at)
    event.add("dtend", entry.span.ends_at)
    _add_text(event, "summary", entry.title)
    _add_text(event, "location", entry.area)
    event.add("status", entry.status.value)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _add_text(component: Component, name: str, text: str) -> None:
    if shown := plain(text):  # a line without a value is a fault to some readers
        component.add(name, vText(shown))  # of names it does not know it would not escape the value
