"""What people with a place are told of changes, and how little is kept for it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.client import Client
from tests.desk.browser import StaffBrowser
from tests.make import NOW, make_venue
from tests.schedule.planning import WAY, at, make_plan, publish, tell_way
from workshops.desk.actions import change_session
from workshops.registration.models import Place
from workshops.schedule.acting import Acting
from workshops.schedule.actions import cancel_session
from workshops.schedule.models import Session, Venue
from workshops.schedule.plan_rows import plan_of
from workshops.schedule.plans import Way
from workshops.schedule.rules import DirectionsMode
from workshops.schedule.staff_queries import planned_session
from workshops.schedule.venue_actions import change_venue, facts_of

pytestmark = pytest.mark.data

NEW, MOVED = "this has changed since you first saw it", "the time or the place of this evening was changed"


@pytest.fixture
async def venue(acting: Acting) -> Venue:
    venue = await make_venue(name="Back room")
    await tell_way(venue, acting)
    return venue


@pytest.fixture
async def session(venue: Venue, acting: Acting) -> Session:
    """A published session whose way is told already."""
    return await publish(make_plan(venue, span=at(20), way=Way(word="lantern")), acting)


async def change(session: Session, acting: Acting, **changes: Any) -> None:
    planned = await planned_session(session.id)
    assert planned is not None
    plan = plan_of(planned)
    await change_session(session.id, replace(plan, **changes), plan.mark, acting)


async def say_anew(venue: Venue, acting: Acting, text: str) -> None:
    """Describe the way to a venue in other words."""
    found = await Venue.get(id=venue.id)
    await change_venue(venue.id, replace(facts_of(found, acting), directions=text), acting)


async def look(client: Client, code: str) -> str:
    return (await client.open_place(code)).text


async def test_a_way_that_changes_is_marked_as_new_for_who_saw_the_old_one_and_for_nobody_else(
    client: Client, session: Session, venue: Venue, acting: Acting
) -> None:
    early, late = (await client.take(session)).code, (await client.take(session)).code
    first = await look(client, early)
    await say_anew(venue, acting, "The red door.")

    again, fresh = await look(client, early), await look(client, late)

    assert WAY in first
    assert NEW not in first
    assert "The red door." in again
    assert "The red door." in fresh
    assert NEW in again
    assert NEW not in fresh


async def test_the_mark_is_there_at_every_look_and_no_later_look_leaves_a_trace(
    client: Client, session: Session, venue: Venue, acting: Acting
) -> None:
    code = (await client.take(session)).code
    await look(client, code)
    before = await Place.all().values()
    await say_anew(venue, acting, "The red door.")

    pages = [await look(client, code) for _ in range(3)]

    assert [NEW in page for page in pages] == [True, True, True]
    assert await Place.all().values() == before


@pytest.mark.parametrize(
    ("changes", "marked"),
    [
        ({"way": Way(word="anvil")}, True),
        ({"span": at(21)}, True),
        ({"way": Way(word="lantern", closes_after=60)}, False),
        ({"facilitators": ()}, False),
    ],
)
async def test_another_word_or_time_is_new_too_and_what_is_not_told_is_not(
    client: Client, session: Session, acting: Acting, changes: dict[str, Any], *, marked: bool
) -> None:
    code = (await client.take(session)).code
    await look(client, code)

    await change(session, acting, **changes)

    assert (NEW in await look(client, code)) == marked


async def test_a_session_that_moved_says_so_with_its_day_and_one_that_did_not_says_nothing(
    client: Client, session: Session, acting: Acting
) -> None:
    code = (await client.take(session)).code
    before = await look(client, code)

    await change(session, acting, span=at(22))

    after = await look(client, code)
    assert MOVED not in before
    assert MOVED in after
    assert "On Friday 23 October the time" in after


async def test_a_move_before_the_window_is_said_before_the_way_is(client: Client, venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue, span=at(72)), acting)
    code = (await client.take(session)).code
    await change(session, acting, span=at(73))

    page = await look(client, code)

    assert MOVED in page
    assert WAY not in page


async def test_a_cancelled_evening_says_so_on_the_page_of_the_place_and_tells_the_way_no_more(
    client: Client, session: Session, acting: Acting
) -> None:
    code = (await client.take(session)).code

    await cancel_session(session.id, acting)

    page = await look(client, code)
    assert "This evening is cancelled. Nobody will be there." in page
    assert WAY not in page


async def test_a_meeting_point_is_called_one_on_every_page(client: Client, acting: Acting) -> None:
    venue = await make_venue(kind="meeting")
    await tell_way(venue, acting, "The clock at the station.")
    plan = make_plan(venue, span=at(30), way=Way(DirectionsMode.MEETING))
    session = await publish(plan, acting)

    public = (await client.get(f"/sessions/{session.id}")).text
    receipt = await client.take(session)
    early = await look(client, receipt.code)
    client.clock.now = NOW + timedelta(hours=8)
    inside = await look(client, receipt.code)

    assert "Your number tells you where somebody meets you" in public
    assert "then it says where somebody meets you. From there you go together." in receipt.response.text
    assert "Where somebody meets you is shown here from" in early
    assert "<h2>Where somebody meets you</h2>" in inside
    assert "The clock at the station." in inside
    assert not any("The way there" in text for text in (receipt.response.text, early, inside))


async def test_an_online_evening_says_how_to_join(client: Client, acting: Acting) -> None:
    venue = await make_venue(kind="online")
    await tell_way(venue, acting, "Room 12.")
    session = await publish(make_plan(venue, span=at(20)), acting)

    receipt = await client.take(session)

    assert "it already says how to join" in receipt.response.text
    assert "<h2>How to join</h2>" in await look(client, receipt.code)


async def test_who_runs_an_evening_finds_word_way_and_run_sheet_on_one_page_and_nobody_else_does(
    client: Client, facilitator: StaffBrowser, coordinator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    plan = make_plan(venue, facilitators=("sam",), way=Way(word="lantern"))
    session, other = await publish(plan, acting), await publish(make_plan(venue), acting)
    page = f"/desk/runs/{session.id}"

    mine = await facilitator.get(page)
    refused = [await coordinator.get(page), await facilitator.get(f"/desk/runs/{other.id}")]
    stranger = await client.get(page)

    assert mine.status_code == 200
    assert all(text in mine.text for text in (WAY, "lantern", 'class="run-sheet"'))
    assert page in (await facilitator.get("/desk")).text
    assert [answer.status_code for answer in refused] == [404, 404]
    assert stranger.headers["location"] == "/staff"


async def test_a_frozen_evening_keeps_word_and_way_from_who_runs_it(
    facilitator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    session = await publish(make_plan(venue, facilitators=("sam",), way=Way(word="lantern")), acting)
    await Session.all().update(frozen=True)

    page = (await facilitator.get(f"/desk/runs/{session.id}")).text

    assert WAY not in page
    assert "lantern" not in page
