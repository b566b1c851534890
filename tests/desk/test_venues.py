import asyncio

import pytest

from tests.client import Client
from tests.desk.browser import StaffBrowser
from tests.make import make_area, make_session, make_venue
from tests.schedule.planning import WAY, tell_way
from workshops.schedule.acting import Acting
from workshops.schedule.models import Area, Venue

pytestmark = pytest.mark.data


async def test_an_area_can_be_chosen_on_the_front_page_at_once(client: Client, coordinator: StaffBrowser) -> None:
    before = (await client.get("/")).text

    answer = await coordinator.send("/desk/venues", "/desk/areas", label="Old harbour")

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/venues")
    assert "Old harbour" not in before
    assert "Old harbour" in (await client.get("/")).text


async def test_an_area_named_before_comes_back_as_a_fault(coordinator: StaffBrowser) -> None:
    await make_area(label="Old harbour")

    answers = [await coordinator.post("/desk/areas", {"label": label}) for label in ("Old harbour", "", "a\0b")]

    assert [answer.status_code for answer in answers] == [409, 422, 422]
    assert 'value="Old harbour"' in answers[0].text
    assert await Area.all().count() == 1


async def test_two_who_name_one_area_at_once_name_it_once(coordinator: StaffBrowser) -> None:
    answers = await asyncio.gather(*(coordinator.post("/desk/areas", {"label": "Old harbour"}) for _ in range(2)))

    assert sorted(answer.status_code for answer in answers) == [303, 409]


async def test_a_venue_shows_its_directions_where_it_is_described_and_nowhere_else(
    coordinator: StaffBrowser, acting: Acting
) -> None:
    venue = await make_venue(name="Back room")
    await tell_way(venue, acting)

    described, listed = await coordinator.get(f"/desk/venues/{venue.id}"), await coordinator.get("/desk/venues")

    assert WAY in described.text
    assert WAY not in listed.text


async def test_a_venue_form_that_nobody_touched_changes_nothing(coordinator: StaffBrowser, acting: Acting) -> None:
    venue = await make_venue(name="Back room", step_free=True, keep_directions=True, last_transport="01:10")
    await tell_way(venue, acting, "The green door.\nSecond bell.")
    before = await Venue.get().values()

    answer = await coordinator.send(f"/desk/venues/{venue.id}")

    assert answer.status_code == 303
    assert await Venue.get().values() == before


async def test_a_venue_in_use_is_not_retired_and_says_why(coordinator: StaffBrowser) -> None:
    session = await make_session()

    answer = await coordinator.send(f"/desk/venues/{session.venue_id}", retired="yes", name="Front room")

    assert answer.status_code == 409
    assert "Evenings are still planned here: 1" in answer.text
    assert 'value="Front room"' in answer.text
    assert not (await Venue.get()).retired


async def test_a_retired_venue_is_offered_to_no_new_evening(coordinator: StaffBrowser) -> None:
    venue = await make_venue()
    offered = venue.id in (await coordinator.get("/desk/sessions/new")).text

    await coordinator.send(f"/desk/venues/{venue.id}", retired="yes")

    assert offered
    assert venue.id not in (await coordinator.get("/desk/sessions/new")).text


async def test_a_venue_that_does_not_read_comes_back_with_all_that_was_typed(coordinator: StaffBrowser) -> None:
    await make_area()
    typed = {"name": "Back room", "zone": "Berlin", "last_transport": "01:10", "directions": "The green door."}

    answer = await coordinator.send("/desk/venues/new", **typed)

    assert answer.status_code == 422
    assert "No time zone is called that" in answer.text
    assert all(text in answer.text for text in typed.values())
    assert not await Venue.exists()


@pytest.mark.parametrize("text", ["\0", "\u202e", "x" * 30_000, "zzzzzzzzzzzz"])
async def test_odd_text_about_a_venue_is_answered(coordinator: StaffBrowser, text: str) -> None:
    venue = await make_venue()
    fields = await coordinator.form(f"/desk/venues/{venue.id}")

    for name in fields:
        for path in (f"/desk/venues/{venue.id}", "/desk/venues/new"):
            answer = await coordinator.post(path, {**fields, name: [text]})
            assert answer.status_code in {303, 422}, name


async def test_an_unknown_venue_is_absent(coordinator: StaffBrowser) -> None:
    area = await make_area()
    facts = {"name": "Back room", "kind": "room", "area": area.id, "zone": "UTC"}

    answers = [
        await coordinator.get("/desk/venues/zzzzzzzzzzzz"),
        await coordinator.post("/desk/venues/zzzzzzzzzzzz", facts),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
