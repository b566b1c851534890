"""A coordinator's evening from the first area to the cancelled session, in the browser without script."""

import pytest

from tests.client import Client
from tests.desk.browser import StaffBrowser
from workshops.schedule.models import Area, Session, Venue

pytestmark = pytest.mark.data

EVENING = {
    "curriculum": "know-your-rights",
    "date": "2026-10-30",
    "starts": "22:00",
    "ends": "00:30",
    "concerns": "Robin, at the door.",
    "word": "lantern",
    "food": "yes",
}


async def add_venue(coordinator: StaffBrowser) -> Venue:
    """A venue in a new area, with directions."""
    await coordinator.send("/desk/venues", "/desk/areas", label="Old harbour")
    area = await Area.get()
    facts = {"name": "Back room", "area": area.id, "zone": "Europe/Berlin", "directions": "The green door."}
    answer = await coordinator.send("/desk/venues/new", **facts)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/venues")
    return await Venue.get()


async def test_a_coordinator_adds_publishes_moves_and_cancels_an_evening(
    client: Client, coordinator: StaffBrowser
) -> None:
    venue = await add_venue(coordinator)

    added = await coordinator.send("/desk/sessions/new", venue=venue.id, **EVENING)
    session = await Session.get()
    page = f"/desk/sessions/{session.id}"
    assert (added.status_code, added.headers["location"]) == (303, page)
    assert "Nothing on these nights" in (await client.get("/")).text

    published = await coordinator.send(page, f"{page}/publish")
    assert (published.status_code, published.headers["location"]) == (303, page)
    front = (await client.get("/")).text
    assert "Friday night, 30 October" in front
    assert all(text in front for text in ("Old harbour", ">22:00<", ">00:30<"))
    assert not any(text in front for text in ("Back room", "green door", "lantern"))

    moved = await coordinator.send(page, starts="21:30")
    assert (moved.status_code, moved.headers["location"]) == (303, page)
    assert ">21:30<" in (await client.get("/")).text
    session = await Session.get()
    assert (session.sequence, session.epoch) == (1, 1)

    asked = await coordinator.get(f"{page}/cancel")
    assert "Cancel this evening?" in asked.text
    cancelled = await coordinator.post(f"{page}/cancel", {})
    assert (cancelled.status_code, cancelled.headers["location"]) == (303, "/desk")
    assert "This evening is cancelled" in (await client.get(f"/sessions/{session.id}")).text
    session = await Session.get()
    assert (session.state, session.sequence, session.epoch) == ("cancelled", 2, 2)


async def test_a_calendar_that_asks_again_is_told_of_the_other_time(client: Client, coordinator: StaffBrowser) -> None:
    venue = await add_venue(coordinator)
    await coordinator.send("/desk/sessions/new", venue=venue.id, **EVENING)
    page = f"/desk/sessions/{(await Session.get()).id}"
    await coordinator.send(page, f"{page}/publish")
    before = (await client.get("/calendar.ics")).text

    await coordinator.send(page, starts="21:30")

    after = (await client.get("/calendar.ics")).text
    assert ("DTSTART:20261030T210000Z" in before, "SEQUENCE:0" in before) == (True, True)
    assert ("DTSTART:20261030T203000Z" in after, "SEQUENCE:1" in after) == (True, True)


async def test_an_open_take_form_is_void_once_the_time_has_changed(client: Client, coordinator: StaffBrowser) -> None:
    venue = await add_venue(coordinator)
    await coordinator.send("/desk/sessions/new", venue=venue.id, **EVENING)
    session = await Session.get()
    page = f"/desk/sessions/{session.id}"
    await coordinator.send(page, f"{page}/publish")
    form = await client.place_form(session)

    await coordinator.send(page, starts="21:30")
    receipt = await client.post_form(form)

    assert (receipt.response.status_code, receipt.code) == (409, "")
    assert (await Session.get()).taken == 0


async def test_an_evening_like_an_earlier_one_needs_its_day_only(coordinator: StaffBrowser) -> None:
    venue = await add_venue(coordinator)
    await coordinator.send("/desk/sessions/new", venue=venue.id, **EVENING)
    first = await Session.get()

    answer = await coordinator.send(f"/desk/sessions/new?like={first.id}", date="2026-11-06")

    second = await Session.exclude(id=first.id).get()
    assert answer.status_code == 303
    assert second.evening_word == "lantern"
    assert (second.ends_at - second.starts_at) == (first.ends_at - first.starts_at)
