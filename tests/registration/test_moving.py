"""Moving a code to another evening: new before old, never two seats."""

from datetime import timedelta

import anyio
import pytest

from tests.client import Client
from tests.make import NOW, make_session, make_venue
from workshops.registration.models import Place, Registration
from workshops.schedule.models import Session
from workshops.schedule.ticking import tick_availability
from workshops.settings import Settings
from workshops.upkeep import sweep

pytestmark = pytest.mark.data


async def counters(*sessions: Session) -> list[tuple[int, int]]:
    rows = [await Session.get(id=session.id) for session in sessions]
    return [(row.taken, row.waiting) for row in rows]


async def move(client: Client, code: str, session: Session) -> int:
    return (await client.post("/place/move", {"code": code, "session": session.id})).status_code


async def home_of(code: str, client: Client) -> str:
    """The session in which the only registration has its place."""
    (place,) = await Place.filter(target=False)
    return str(place.session_id)


async def week(**changes: object) -> Session:
    """A session a week from now."""
    return await make_session(starts_at=NOW + timedelta(days=7), **changes)


async def test_a_place_moves_to_a_free_seat_and_frees_the_old_one(client: Client) -> None:
    here, there = await week(), await week()
    code = (await client.take(here)).code

    assert await move(client, code, there) == 200

    assert await counters(here, there) == [(0, 0), (1, 0)]
    assert "Your place is confirmed" in (await client.open_place(code)).text


async def test_moving_twice_is_the_same_as_once(client: Client) -> None:
    here, there = await week(), await week()
    code = (await client.take(here)).code

    await move(client, code, there)
    await move(client, code, there)

    assert await counters(here, there) == [(0, 0), (1, 0)]


async def test_a_full_evening_is_waited_for_while_the_place_is_kept(client: Client) -> None:
    here, full = await week(), await week(capacity=1)
    await client.take(full)
    code = (await client.take(here)).code

    await move(client, code, full)

    page = await client.open_place(code)
    assert "Your place is confirmed" in page.text
    assert "You also wait for evening" in page.text
    assert await counters(here, full) == [(1, 0), (1, 1)]


async def test_when_its_turn_comes_the_place_moves_by_itself(client: Client) -> None:
    here, full = await week(), await week(capacity=1)
    seated = (await client.take(full)).code
    code = (await client.take(here)).code
    await move(client, code, full)

    await client.cancel(seated)

    assert await counters(here, full) == [(0, 0), (1, 0)]
    assert await home_of(code, client) == full.id
    assert await Place.filter(target=True).count() == 0


async def test_a_turn_passes_through_a_chain_of_moves(client: Client) -> None:
    one, two, three = await week(capacity=1), await week(capacity=1), await week(capacity=1)
    first, second, third = [(await client.take(session)).code for session in (one, two, three)]
    await move(client, first, two)
    await move(client, second, three)

    await client.cancel(third)

    assert await counters(one, two, three) == [(0, 0), (1, 0), (1, 0)]
    homes = {place.registration_id: place.session_id for place in await Place.all()}
    assert sorted(homes.values()) == sorted([two.id, three.id])
    assert "Your place is confirmed" in (await client.open_place(first)).text
    assert "Your place is confirmed" in (await client.open_place(second)).text


async def test_two_full_evenings_can_be_swapped_into_each_other_only_in_turn(client: Client) -> None:
    one, two = await week(capacity=1), await week(capacity=1)
    first, second = (await client.take(one)).code, (await client.take(two)).code
    await move(client, first, two)
    await move(client, second, one)
    assert await counters(one, two) == [(1, 1), (1, 1)]

    await client.cancel(first)

    assert await counters(one, two) == [(1, 0), (0, 0)]
    assert await home_of(second, client) == one.id


async def test_a_code_waits_for_one_evening_at_a_time(client: Client) -> None:
    here, one, two = await week(), await week(capacity=1), await week(capacity=1)
    await client.take(one)
    await client.take(two)
    code = (await client.take(here)).code

    await move(client, code, one)
    await move(client, code, two)

    assert await counters(here, one, two) == [(1, 0), (1, 0), (1, 1)]
    assert await Place.filter(target=True).count() == 1


async def test_the_other_evenings_of_a_place_page_tell_no_booking_before_the_public_pages_do(client: Client) -> None:
    here, filling = await week(), await week(capacity=1)
    code = (await client.take(here)).code
    before = (await client.open_place(code)).text

    seated = (await client.take(filling)).code
    after = (await client.open_place(code)).text
    await tick_availability(NOW + timedelta(minutes=15))
    await client.schedule_changed()
    ticked = (await client.open_place(code)).text
    await client.cancel(seated)
    freed = (await client.open_place(code)).text

    assert "Move there" in before
    assert after == before
    assert "Wait for this one" in ticked
    assert freed == ticked
    assert await move(client, code, filling) == 200  # what is pressed does what is possible now
    assert await counters(here, filling) == [(0, 0), (1, 0)]


async def test_stopping_to_wait_keeps_the_place_at_home(client: Client) -> None:
    here, full = await week(), await week(capacity=1)
    await client.take(full)
    code = (await client.take(here)).code
    await move(client, code, full)

    first = await client.post("/place/stay", {"code": code})
    second = await client.post("/place/stay", {"code": code})

    assert first.content == second.content
    assert await counters(here, full) == [(1, 0), (1, 0)]


async def test_cancelling_gives_back_the_place_and_what_the_code_waits_for(client: Client) -> None:
    here, full = await week(), await week(capacity=1)
    await client.take(full)
    code = (await client.take(here)).code
    await move(client, code, full)

    await client.cancel(code)

    assert await counters(here, full) == [(0, 0), (1, 0)]
    assert await Registration.all().count() == 1


async def test_waiting_for_another_evening_ends_a_day_before_the_earlier_start(
    client: Client, settings: Settings
) -> None:
    here, full = await week(), await make_session(starts_at=NOW + timedelta(days=9), capacity=1)
    seated = (await client.take(full)).code
    code = (await client.take(here)).code
    await move(client, code, full)
    client.clock.now = here.starts_at - timedelta(hours=24)

    await client.cancel(seated)

    assert await counters(here, full) == [(1, 0), (0, 0)]
    assert await home_of(code, client) == here.id


async def test_nobody_can_begin_to_wait_within_a_day_of_the_earlier_start(client: Client) -> None:
    here, full = await make_session(starts_at=NOW + timedelta(hours=20)), await week(capacity=1)
    await client.take(full)
    code = (await client.take(here)).code

    assert await move(client, code, full) == 409
    assert await counters(here, full) == [(1, 0), (1, 0)]


async def test_a_place_moves_until_a_quarter_of_an_hour_after_the_start(client: Client) -> None:
    here, there = await week(), await make_session(starts_at=NOW + timedelta(days=8))
    early, late = (await client.take(here)).code, (await client.take(here)).code
    client.clock.now = here.starts_at + timedelta(minutes=14)

    assert await move(client, early, there) == 200
    client.clock.now = here.starts_at + timedelta(minutes=15)
    assert await move(client, late, there) == 409


async def test_who_has_seen_the_way_moves_only_within_the_venue_or_where_it_is_allowed(client: Client) -> None:
    venue = await make_venue()
    here, same, other = await week(venue=venue), await week(venue=venue), await week()
    code = (await client.take(here)).code
    await Place.filter(session_id=here.id).update(directions_shown=True)

    assert await move(client, code, other) == 409
    assert "You have seen the way" in (await client.post("/place/move", {"code": code, "session": other.id})).text
    assert await move(client, code, same) == 200
    await Session.filter(id=same.id).update(moves_freely=True)
    assert await move(client, code, other) == 200


@pytest.mark.parametrize(
    "change",
    [
        {"curriculum": "de-escalation"},
        {"visibility": "unlisted"},
        {"state": "draft"},
        {"state": "cancelled", "cancelled_on": NOW.date()},
        {"frozen": True},
        {"closes_before": 60 * 24 * 8},
    ],
)
async def test_a_place_goes_nowhere_it_could_not_be_taken(client: Client, change: dict[str, object]) -> None:
    here, there = await week(), await week(**change)
    code = (await client.take(here)).code

    assert await move(client, code, there) in {404, 409}
    assert await counters(here, there) == [(1, 0), (0, 0)]


@pytest.mark.parametrize("session", ["", "x", "0" * 12, "\0" * 12, "0123456789ab"])
async def test_a_session_that_is_none_moves_nothing(client: Client, session: str) -> None:
    here = await week()
    code = (await client.take(here)).code

    assert (await client.post("/place/move", {"code": code, "session": session})).status_code == 404
    assert await counters(here) == [(1, 0)]


async def test_a_cancelled_evening_can_be_left_for_another(client: Client) -> None:
    here, there = await week(), await week()
    code = (await client.take(here)).code
    await Session.filter(id=here.id).update(state="cancelled", cancelled_on=NOW.date())

    assert await move(client, code, there) == 200

    assert await counters(here, there) == [(0, 0), (1, 0)]


async def test_moves_in_both_directions_at_once_neither_hang_nor_sell_a_seat_twice(client: Client) -> None:
    one, two = await week(capacity=3), await week(capacity=3)
    ones = [(await client.take(one)).code for _ in range(2)]
    twos = [(await client.take(two)).code for _ in range(2)]
    answers: list[int] = []

    async def press(code: str, session: Session) -> None:
        answers.append(await move(client, code, session))

    async with anyio.create_task_group() as group:
        for code in ones * 3:
            group.start_soon(press, code, two)
        for code in twos * 3:
            group.start_soon(press, code, one)

    assert set(answers) == {200}
    seated = await Place.filter(target=False).count()
    assert seated == 4
    for session, (taken, waiting) in zip((one, two), await counters(one, two), strict=True):
        assert taken == await Place.filter(session_id=session.id).exclude(state="waiting").count() <= 3
        assert waiting == await Place.filter(session_id=session.id, state="waiting").count()


async def test_a_sweep_ends_waiting_that_nobody_looked_at(client: Client, settings: Settings) -> None:
    here, full = await week(), await make_session(starts_at=NOW + timedelta(days=20), capacity=1)
    await client.take(full)
    code = (await client.take(here)).code
    await move(client, code, full)

    await sweep(settings, here.starts_at - timedelta(hours=24))

    assert await counters(here, full) == [(1, 0), (1, 0)]
    assert await Place.filter(target=True).count() == 0


async def test_who_sees_the_way_while_waiting_for_another_venue_stays_at_home(client: Client) -> None:
    here, full = await week(), await week(capacity=1)
    seated = (await client.take(full)).code
    code = (await client.take(here)).code
    await move(client, code, full)
    await Place.filter(session_id=here.id).update(directions_shown=True)

    await client.cancel(seated)

    assert await counters(here, full) == [(1, 0), (0, 0)]


async def test_a_chain_of_moves_passes_over_who_may_not_move_any_more(client: Client) -> None:
    soon, one, two = (
        await make_session(starts_at=NOW + timedelta(days=3)),
        await week(capacity=1),
        await week(capacity=1),
    )
    first, second = (await client.take(one)).code, (await client.take(two)).code
    late = (await client.take(soon)).code
    await move(client, late, one)
    await move(client, first, two)
    client.clock.now = soon.starts_at - timedelta(hours=24)

    await client.cancel(second)

    assert await counters(soon, one, two) == [(1, 0), (0, 0), (1, 0)]
