"""Which evenings calendars show, in which words, and until when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.feeds.evenings import Desk, body_of, lines_of
from tests.make import NOW, make_area, make_session, make_venue
from tests.schedule import planning
from tests.shipped import library
from workshops.curricula.catalogue import Catalogue
from workshops.curricula.rules import Area, short_id
from workshops.database.connection import Database, transaction
from workshops.errors import Absent
from workshops.feeds.rules import MOST_EVENTS
from workshops.schedule.acting import Acting
from workshops.schedule.actions import cancel_session, change_session, locked_session
from workshops.schedule.choices import theme_id
from workshops.schedule.models import Session
from workshops.schedule.plan_rows import plan_of
from workshops.settings import Settings
from workshops.vault import make_vault

pytestmark = pytest.mark.data

TODAY = NOW.date()
CANCELLED = {"state": "cancelled", "cancelled_on": TODAY}


async def letters(desk: Desk, now: datetime = NOW, **choice: str) -> list[str]:
    """The last word of each entry of the calendar."""
    return [title.split()[-1] for title in lines_of(await desk.calendar(now, **choice), "SUMMARY")]


async def test_evenings_stand_in_the_calendar_in_the_order_of_their_starts(database: Database, desk: Desk) -> None:
    for days, letter in ((9, "C"), (2, "A"), (5, "B")):
        await make_session(starts_at=NOW + timedelta(days=days), letter=letter)

    assert await letters(desk) == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("changes", "listed", "has_file"),
    [
        ({}, True, True),
        (CANCELLED, True, True),
        ({"state": "draft"}, False, False),
        ({"frozen": True}, False, False),
        (CANCELLED | {"frozen": True}, False, False),
        ({"visibility": "slip"}, False, True),
        ({"visibility": "unlisted"}, False, True),
    ],
)
async def test_the_calendar_shows_what_is_listed_and_a_file_is_there_for_who_has_the_address(
    database: Database, desk: Desk, changes: Mapping[str, Any], *, listed: bool, has_file: bool
) -> None:
    session = await make_session(**changes)

    found = lines_of(await desk.calendar(), "UID")
    try:
        file = lines_of(await desk.session(session), "UID")
    except Absent:
        file = []

    assert found == [f"{session.id}@evenings"] * listed
    assert file == [f"{session.id}@evenings"] * has_file


async def test_an_evening_leaves_a_day_after_its_end_and_the_calendar_says_when(database: Database, desk: Desk) -> None:
    session = await make_session(letter="A")
    leaves_at = session.ends_at + timedelta(days=1)
    just_before = leaves_at - timedelta(seconds=1)

    assert (await letters(desk, just_before), (await desk.calendar(just_before)).until) == (["A"], leaves_at)
    assert (await letters(desk, leaves_at), (await desk.calendar(leaves_at)).until) == ([], None)
    assert (await desk.session(session, just_before)).until == leaves_at
    with pytest.raises(Absent):
        await desk.session(session, leaves_at)


async def test_a_cancelled_evening_stays_thirty_days_and_the_calendar_says_until_when(
    database: Database, desk: Desk
) -> None:
    await make_session(letter="A", **CANCELLED)
    leaves_at = datetime(2026, 11, 23, tzinfo=UTC)
    just_before = leaves_at - timedelta(seconds=1)

    assert lines_of(await desk.calendar(), "STATUS") == ["CANCELLED"]
    assert (await letters(desk, just_before), (await desk.calendar(just_before)).until) == (["A"], leaves_at)
    assert await letters(desk, leaves_at) == []


async def test_the_file_of_a_cancelled_evening_is_there_as_long_as_its_page(database: Database, desk: Desk) -> None:
    session = await make_session(**CANCELLED)

    kept = await desk.session(session)

    assert lines_of(kept, "STATUS") == ["CANCELLED"]
    assert kept.until == session.ends_at + timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "Information evening B"),
        ({"language": "es"}, "Tarde de información B"),
        ({"language": "ro"}, "Information evening B"),  # the original, where there is no file
        ({"curriculum": "not-here-any-more"}, "Evening B"),
        ({"sample": True}, "Information evening B (Sample)"),
    ],
)
async def test_an_entry_bears_the_neutral_title_in_the_language_of_the_evening(
    database: Database, desk: Desk, changes: Mapping[str, Any], title: str
) -> None:
    session = await make_session(letter="B", **changes)

    assert lines_of(await desk.calendar(), "SUMMARY") == [title]
    assert lines_of(await desk.session(session), "SUMMARY") == [title]


async def test_an_entry_tells_times_area_and_revision_of_the_row(database: Database, desk: Desk) -> None:
    venue = await make_venue(area=await make_area(label="Harbour, west"))
    starts_at = datetime(2026, 10, 24, 20, tzinfo=UTC)  # the clocks go back that night
    await make_session(venue=venue, starts_at=starts_at, ends_at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC), sequence=4)

    kept = await desk.calendar()

    assert lines_of(kept, "LOCATION") == [r"Harbour\, west"]
    assert lines_of(kept, "DTSTART") + lines_of(kept, "DTEND") == ["20261024T200000Z", "20261025T013000Z"]
    assert lines_of(kept, "SEQUENCE") == ["4"]
    assert lines_of(kept, "DTSTAMP") == lines_of(kept, "LAST-MODIFIED") == ["20261023T180000Z"]


async def test_what_closes_or_names_an_evening_is_not_in_its_entry(database: Database, desk: Desk) -> None:
    venue = await make_venue(name="canaryname", last_transport="canarybus")
    words = ("evening_word", "cost", "concerns")
    session = await make_session(
        venue=venue, directions=b"canarysealed", **{word: f"canary{word}"[:24] for word in words}
    )

    for kept in (await desk.calendar(), await desk.session(session)):
        assert b"canary" not in body_of(kept)
        assert b"rights" not in body_of(kept).lower()


async def test_places_leave_the_bytes_as_they_are(database: Database, desk: Desk) -> None:
    session = await make_session()
    before = [body_of(await desk.calendar()), body_of(await desk.session(session))]

    await Session.filter(id=session.id).update(taken=10, waiting=3, next_number=4, availability="queue", epoch=2)

    assert [body_of(await desk.calendar()), body_of(await desk.session(session))] == before


async def test_what_a_coordinator_changes_raises_the_sequence_of_that_entry_alone(
    database: Database, desk: Desk, settings: Settings
) -> None:
    acting = Acting("robin", NOW, settings, make_vault(settings.key_dir), library())
    venue = await make_venue()
    await planning.tell_way(venue, acting)
    session = await planning.publish(planning.make_plan(venue, span=planning.at(1)), acting)
    await planning.publish(planning.make_plan(venue), acting)
    seen = [await entries_of(desk)]

    async with transaction():
        locked = await locked_session(session.id)
        plan = planning.make_plan(venue, span=planning.at(2))
        await change_session(locked, plan, plan_of(locked).mark, replace(acting, now=NOW + timedelta(minutes=61)))
    seen.append(await entries_of(desk))
    await cancel_session(session.id, replace(acting, now=NOW + timedelta(minutes=61)))
    seen.append(await entries_of(desk))

    other = ("0", "20261025T180000Z", "CONFIRMED", "20261023T180000Z")
    assert seen == [
        [("0", "20261023T190000Z", "CONFIRMED", "20261023T180000Z"), other],
        [("1", "20261023T200000Z", "CONFIRMED", "20261023T190000Z"), other],
        [("2", "20261023T200000Z", "CANCELLED", "20261023T190000Z"), other],
    ]


async def entries_of(desk: Desk) -> list[tuple[str, ...]]:
    kept = await desk.calendar()
    names = ("SEQUENCE", "DTSTART", "STATUS", "LAST-MODIFIED")
    return list(zip(*(lines_of(kept, name) for name in names), strict=True))


async def test_the_calendar_narrows_by_the_same_words_as_the_list(
    database: Database, desk: Desk, catalogue: Catalogue
) -> None:
    harbour, station = await make_venue(), await make_venue()
    at_noon, at_eight = datetime(2026, 11, 5, 11, tzinfo=UTC), datetime(2026, 11, 5, 19, tzinfo=UTC)  # Berlin, winter
    await make_session(letter="A", venue=harbour, starts_at=at_noon)
    await make_session(letter="B", venue=station, starts_at=at_eight, language="es")
    await make_session(letter="C", venue=harbour, starts_at=at_eight + timedelta(minutes=1), curriculum="de-escalation")

    assert await letters(desk, topic=short_id("de-escalation")) == ["C"]
    assert await letters(desk, topic=theme_id(Area.LAW_AND_ADVOCACY)) == ["A", "B"]
    assert await letters(desk, topic="00000000") == []
    assert await letters(desk, band="a") == ["A"]
    assert await letters(desk, band="c") == ["B", "C"]
    assert await letters(desk, lang="es") == ["B"]
    assert await letters(desk, area=harbour.area_id) == ["A", "C"]
    assert await letters(desk, area=harbour.area_id, band="c") == ["C"]
    assert await letters(desk, band="z") == []


async def test_a_calendar_is_bounded_and_keeps_the_nearest_evenings(database: Database, desk: Desk) -> None:
    venue = await make_venue()
    for number in range(MOST_EVENTS + 1):
        await make_session(venue=venue, starts_at=NOW + timedelta(hours=1000 - number))

    found = lines_of(await desk.calendar(), "DTSTART")

    assert len(found) == MOST_EVENTS
    assert found[0] == "20261113T140000Z"
