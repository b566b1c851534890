"""Takers, movers and cancellers all at once, against the program as it really runs."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import timedelta
from time import monotonic

import anyio
import httpx2
import pytest

from tests.make import make_session, make_venue
from tests.registration.laws import see_that_sums_agree
from tests.serving import running
from workshops.clock import utc_now
from workshops.database.connection import open_database
from workshops.settings import Settings

PEOPLE = 200
FAIR = {200, 409}  # given, or refused by a rule; never an error


@pytest.mark.data
async def test_a_storm_leaves_no_error_no_seat_sold_twice_and_sums_that_agree(
    settings: Settings, pytestconfig: pytest.Config, *, on_postgresql: bool
) -> None:
    session_ids = await _evenings(settings)
    with ExitStack() as stack:
        addresses = [stack.enter_context(running(each)) for each in _processes(settings, 3 if on_postgresql else 1)]

        statuses = await _storm(addresses, session_ids, seconds=60 if pytestconfig.option.all else 10)

    assert set(statuses) <= FAIR, statuses
    assert statuses[200] > PEOPLE / 4  # slow machines still have a storm
    async with open_database(settings):
        await see_that_sums_agree()


async def _evenings(settings: Settings) -> list[str]:
    async with open_database(settings):
        venue = await make_venue()
        starts = [utc_now() + timedelta(days=days) for days in (5, 6, 7, 8)]
        made = [await make_session(venue=venue, starts_at=at, capacity=15, queue_limit=40) for at in starts]
        return [str(session.id) for session in made]


def _processes(settings: Settings, count: int) -> list[Settings]:
    changes = [{"data_dir": settings.data_dir / f"process{number}"} if number else {} for number in range(count)]
    return [settings.model_copy(update=each) for each in changes]


async def _storm(addresses: Sequence[str], session_ids: Sequence[str], seconds: float) -> Counter[int]:
    statuses: Counter[int] = Counter()
    ends = monotonic() + seconds

    async def person(number: int) -> None:
        chance = random.Random(number)
        address = addresses[number % len(addresses)]
        async with httpx2.AsyncClient(base_url=address, timeout=60) as http:
            code = ""
            while monotonic() < ends:
                session_id = chance.choice(session_ids)
                if not code:
                    code, status = await _take(http, session_id)
                else:
                    action = chance.choice(["move", "move", "stay", "cancel", ""])
                    status = (
                        await http.post(f"/place/{action}".rstrip("/"), data={"code": code, "session": session_id})
                    ).status_code
                    code = "" if action == "cancel" else code
                statuses[status] += 1

    async with anyio.create_task_group() as group:
        for number in range(PEOPLE):
            group.start_soon(person, number)
    return statuses


async def _take(http: httpx2.AsyncClient, session_id: str) -> tuple[str, int]:
    form = await http.get(f"/sessions/{session_id}/take")
    nonce = re.search(r'name="nonce" value="([^"]+)"', form.text)
    if nonce is None:
        return "", form.status_code
    receipt = await http.post(f"/sessions/{session_id}/take", data={"nonce": nonce[1]})
    return "".join(re.findall(r"<span>(\d{4})</span>", receipt.text)), receipt.status_code
