"""One code in many tabs at once: moved, opened and given back; every answer is one, and seats are counted once."""

from functools import partial

import anyio
import pytest

from tests.client import Client
from tests.make import make_session
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
