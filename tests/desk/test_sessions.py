import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.client import Client
from tests.desk.browser import FormReader, StaffBrowser
from tests.make import NOW, make_session, make_venue
from tests.schedule.planning import at, kept, make_plan, publish, tell_way
from tests.staff.people import make_account
from workshops.registration.models import Place
from workshops.schedule.acting import Acting
from workshops.schedule.models import Session, Venue
from workshops.schedule.plans import Shares

pytestmark = pytest.mark.data


@pytest.fixture
async def venue(acting: Acting) -> Venue:
    """A venue with directions."""
    venue = await make_venue()
    await tell_way(venue, acting)
    return venue


async def published(venue: Venue, acting: Acting, **changes: Any) -> tuple[Session, str]:
    """A published session, and the address where it is changed."""
    session = await publish(make_plan(venue, **changes), acting)
    return session, f"/desk/sessions/{session.id}"


async def places(session: Session) -> list[tuple[str, int | None]]:
    """How the places of a session stand, with their numbers in the queue."""
    found = await Place.filter(session_id=session.id).values_list("state", "number")
    return sorted((str(state), number) for state, number in found)


async def test_more_places_pass_to_who_waits_in_the_same_change(
    client: Client, coordinator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    session, page = await published(venue, acting, shares=Shares(4, 3))
    for _ in range(4):
        await client.take(session)

    answer = await coordinator.send(page, capacity="6")

    session = await kept(session.id)
    assert answer.status_code == 303
    assert (session.registrable, session.taken, session.waiting) == (3, 3, 1)
    assert await places(session) == [("confirmed", None), ("held", None), ("held", None), ("waiting", 3)]


async def test_fewer_places_than_are_given_come_back_as_a_fault_with_their_number(
    client: Client, coordinator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    session, page = await published(venue, acting, shares=Shares(3))
    for _ in range(3):
        await client.take(session)

    answer = await coordinator.send(page, capacity="2", word="lantern")

    assert answer.status_code == 409
    assert "3 places are given" in answer.text
    assert 'value="lantern"' in answer.text
    assert (await kept(session.id)).capacity == 3


async def test_places_and_capacity_changed_at_once_never_oversell(
    client: Client, coordinator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    session, page = await published(venue, acting, shares=Shares(10, 8))
    fields = await coordinator.form(page)

    await asyncio.gather(
        *(client.take(session) for _ in range(8)),
        *(coordinator.post(page, {**fields, "capacity": [str(capacity)]}) for capacity in (14, 12, 13)),
    )

    session = await kept(session.id)
    seated = [state for state, _ in await places(session) if state != "waiting"]
    assert session.taken == len(seated) <= session.registrable
    assert session.waiting == 8 - len(seated)


async def test_the_second_of_two_coordinators_is_told_and_loses_nothing(
    coordinator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    session, page = await published(venue, acting)
    mine, theirs = await coordinator.form(page), await coordinator.form(page)
    await coordinator.post(page, {**theirs, "starts": ["19:00"], "ends": ["21:00"]})

    answer = await coordinator.post(page, {**mine, "word": ["lantern"]})

    assert answer.status_code == 409
    assert "Somebody else changed this evening meanwhile" in answer.text
    assert 'value="lantern"' in answer.text
    assert (await kept(session.id)).evening_word == ""


async def test_whoever_was_told_of_another_change_may_replace_it(
    coordinator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    session, page = await published(venue, acting)
    mine = {**await coordinator.form(page), "word": ["lantern"]}
    await coordinator.send(page, word="anvil")

    told = await coordinator.post(page, mine)
    answer = await coordinator.post(page, FormReader(told.text).forms[page])

    assert (told.status_code, answer.status_code) == (409, 303)
    assert (await kept(session.id)).evening_word == "lantern"


async def test_saving_twice_is_saving_once(coordinator: StaffBrowser, venue: Venue, acting: Acting) -> None:
    session, page = await published(venue, acting)
    changed = {**await coordinator.form(page), "starts": ["19:00"], "ends": ["21:00"]}

    answers = await asyncio.gather(*(coordinator.post(page, changed) for _ in range(3)))

    session = await kept(session.id)
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert (session.sequence, session.epoch) == (1, 1)


async def test_a_form_that_nobody_touched_changes_nothing(
    coordinator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    await make_account("kim")
    session, page = await published(venue, acting, facilitators=("kim", "robin"), shares=Shares(12, 3))

    answer = await coordinator.send(page)

    assert answer.status_code == 303
    assert await kept(session.id) == session
    assert (await kept(session.id)).sequence == 0


async def test_adding_twice_is_adding_once(coordinator: StaffBrowser, venue: Venue) -> None:
    new = "/desk/sessions/new"
    fields = {**await coordinator.form(new), "curriculum": "know-your-rights", "venue": venue.id}
    fields |= {"date": "2026-10-30", "starts": "20:00"}

    answers = [await coordinator.post(new, fields) for _ in range(2)]

    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert await Session.all().count() == 1


async def test_a_time_that_the_clock_shows_twice_is_asked_for_and_kept(coordinator: StaffBrowser, venue: Venue) -> None:
    new = "/desk/sessions/new"
    fields = {**await coordinator.form(new), "curriculum": "know-your-rights", "venue": venue.id}
    fields |= {"date": "2026-10-25", "starts": "02:30", "ends": "04:00"}

    asked = await coordinator.post(new, fields)
    answer = await coordinator.post(new, {**fields, "fold": "second"})

    session = await Session.get()
    assert (asked.status_code, answer.status_code) == (422, 303)
    assert 'type="radio"' in asked.text
    assert session.starts_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert (await coordinator.form(f"/desk/sessions/{session.id}"))["fold"] == ["second"]


async def test_a_time_that_the_clock_skips_is_refused(coordinator: StaffBrowser, venue: Venue) -> None:
    changes = {"curriculum": "know-your-rights", "venue": venue.id, "date": "2027-03-28", "starts": "02:30"}

    answer = await coordinator.send("/desk/sessions/new", **changes)

    assert answer.status_code == 422
    assert "skips this time" in answer.text
    assert not await Session.exists()


async def test_what_is_missing_is_listed_before_and_after_publishing_is_tried(
    coordinator: StaffBrowser, acting: Acting
) -> None:
    session = await make_session(state="draft")
    page = f"/desk/sessions/{session.id}"

    before = await coordinator.get(page)
    tried = await coordinator.post(f"{page}/publish", {})

    assert (before.status_code, tried.status_code) == (200, 409)
    for text in ("The venue has no directions", "Nothing is said about whom to turn to"):
        assert text in before.text
        assert text in tried.text
    assert (await kept(session.id)).state == "draft"


async def test_a_change_that_would_leave_the_public_pages_lacking_is_refused_in_place(
    coordinator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    session, page = await published(venue, acting)

    answer = await coordinator.send(page, concerns="", word="lantern")

    assert answer.status_code == 409
    assert "Nothing is said about whom to turn to" in answer.text
    assert 'value="lantern"' in answer.text
    assert (await kept(session.id)).concerns != ""


async def test_a_draft_is_deleted_after_asking_once_and_twice_is_once(coordinator: StaffBrowser) -> None:
    session = await make_session(state="draft")
    page = f"/desk/sessions/{session.id}/cancel"

    asked = await coordinator.get(page)
    assert await Session.exists()
    answers = [await coordinator.post(page, {}) for _ in range(2)]

    assert "Delete this draft?" in asked.text
    assert [answer.headers["location"] for answer in answers] == ["/desk", "/desk"]
    assert not await Session.exists()


async def test_holders_of_a_place_are_told_of_a_cancelled_evening(
    client: Client, coordinator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    session, page = await published(venue, acting)
    code = (await client.take(session)).code

    await coordinator.post(f"{page}/cancel", {})

    assert "This evening is cancelled" in (await client.open_place(code)).text
    assert await Place.all().count() == 1


async def test_an_evening_that_is_over_cannot_be_changed_any_more(
    client: Client, coordinator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    _, page = await published(venue, acting, span=at(2))
    fields = await coordinator.form(page)
    client.clock.now = NOW + timedelta(hours=4)

    answers = [
        await coordinator.post(page, {**fields, "word": ["lantern"]}),
        await coordinator.post(f"{page}/cancel", {}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all("This evening is over" in answer.text for answer in answers)


@pytest.mark.parametrize("session_id", ["zzzzzzzzzzzz", "zzzzzzzz", "../../etc", "%00", "new%00"])
async def test_unknown_evenings_are_absent(coordinator: StaffBrowser, session_id: str) -> None:
    page = f"/desk/sessions/{session_id}"
    form = {"curriculum": "know-your-rights"}

    answers = [
        await coordinator.get(page),
        await coordinator.get(f"{page}/cancel"),
        await coordinator.post(page, form),
        await coordinator.post(f"{page}/publish", {}),
        await coordinator.get(f"/desk/sessions/new?like={session_id}"),
    ]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("text", ["\0", "a\0b", "\u202ebidi", "x" * 30_000, "٣", "-1", "'; DROP TABLE session; --"])
async def test_odd_text_in_every_field_is_answered_and_nothing_is_kept(
    coordinator: StaffBrowser, venue: Venue, acting: Acting, text: str
) -> None:
    session, page = await published(venue, acting)
    fields = await coordinator.form(page)

    for name in [*fields, "facilitator", "fold", "id"]:
        for path in (page, "/desk/sessions/new"):
            answer = await coordinator.post(path, {**fields, name: [text]})
            assert answer.status_code in {303, 409, 422}, (name, answer.status_code)

    assert (await kept(session.id)).state == "published"


async def test_an_empty_form_and_far_too_many_fields_are_answered(coordinator: StaffBrowser, venue: Venue) -> None:
    many = {f"field{number}": "x" for number in range(200)}

    answers = [await coordinator.post("/desk/sessions/new", fields) for fields in ({"a": "b"}, many)]

    assert [answer.status_code for answer in answers] == [422, 413]
