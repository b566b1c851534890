"""One code in many tabs at once: moved, opened and given back; every answer is one, and seats are counted once."""

from datetime import timedelta
from functools import partial

import anyio
import pytest

from tests.client import Client
from tests.make import NOW, make_session
from tests.registration.laws import see_that_sums_agree
from workshops.registration.models import Place
from workshops.schedule.models import Session

pytestmark = pytest.mark.data


async def test_a_code_moved_opened_and_given_back_from_many_tabs_never_meets_an_error(client: Client) -> None:
    sessions = [await make_session(capacity=3) for _ in range(3)]
    code = (await client.take(sessions[0])).code
    statuses: list[int] = []

    async def press(path: str, **fields: str) -> None:
        statuses.append((await client.post(path, {"code": code, **fields})).status_code)

    async with anyio.create_task_group() as group:
        for number in range(6):
            group.start_soon(press, "/place")
            group.start_soon(partial(press, "/place/move", session=sessions[number % 3].id))
        group.start_soon(press, "/place/cancel")

    assert set(statuses) <= {200, 409}
    assert sum([(await Session.get(id=session.id)).taken for session in sessions]) == await Place.all().count() == 0


async def test_a_code_that_changes_its_target_from_many_tabs_waits_for_one_full_evening_at_a_time(
    client: Client,
) -> None:
    week = NOW + timedelta(days=7)
    home, *full = [await make_session(capacity=1, starts_at=week) for _ in range(4)]
    for session in full:
        await client.take(session)
    code = (await client.take(home)).code
    statuses: list[int] = []

    async def press(path: str, **fields: str) -> None:
        statuses.append((await client.post(path, {"code": code, **fields})).status_code)

    async with anyio.create_task_group() as group:
        for number in range(9):
            group.start_soon(partial(press, "/place/move", session=full[number % 3].id))
            if number % 4 == 3:
                group.start_soon(press, "/place/stay")
    await press("/place/move", session=full[0].id)

    assert set(statuses) == {200}
    assert await Place.filter(target=True).values_list("session_id", flat=True) == [full[0].id]
    await see_that_sums_agree()


async def test_two_full_evenings_whose_people_all_want_to_swap_neither_hang_nor_lose_or_sell_a_seat(
    client: Client,
) -> None:
    week = NOW + timedelta(days=7)
    one, two = [await make_session(capacity=3, starts_at=week) for _ in range(2)]
    there, back = [[(await client.take(session)).code for _ in range(3)] for session in (one, two)]
    statuses: list[int] = []

    async def press(code: str, path: str, session: Session | None = None) -> None:
        fields = {"code": code} | ({"session": session.id} if session else {})
        statuses.append((await client.post(path, fields)).status_code)

    async with anyio.create_task_group() as group:
        for ones, twos in zip(there, back, strict=True):
            group.start_soon(press, ones, "/place/move", two)
            group.start_soon(press, twos, "/place/move", one)
    waiting = await Place.filter(target=True).count()
    async with anyio.create_task_group() as group:
        group.start_soon(press, there[0], "/place/cancel")
        group.start_soon(press, back[0], "/place/cancel")

    assert set(statuses) == {200}
    assert waiting == 6
    assert await Place.filter(target=False).count() == 4
    await see_that_sums_agree()
