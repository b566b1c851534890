"""Many people at once, over HTTP, against the program as it really runs."""

import re
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import timedelta

import anyio
import httpx2
import pytest
from tortoise.connection import get_connection

from tests.client import Client
from tests.make import make_session
from tests.registration.locked import locked
from tests.serving import running
from workshops.clock import utc_now
from workshops.database.connection import Database, open_database
from workshops.registration.models import Place, Registration
from workshops.schedule.models import Session
from workshops.settings import Settings

PEOPLE = 64
LAST_PLACES = 10


@pytest.mark.data
async def test_sixty_four_people_get_the_last_ten_places_and_distinct_numbers(
    settings: Settings, *, on_postgresql: bool
) -> None:
    session_id = await _session_with_ten_places_left(settings)
    with ExitStack() as stack:
        addresses = [stack.enter_context(running(each)) for each in _processes(settings, 2 if on_postgresql else 1)]

        answers = await _rush(addresses, session_id)

    assert [answer.status_code for answer in answers] == [200] * PEOPLE
    assert sum("You have a place" in answer.text for answer in answers) == LAST_PLACES
    assert len({_code(answer) for answer in answers}) == PEOPLE
    async with open_database(settings):
        session = await Session.get(id=session_id)
        waiting = await Place.filter(session_id=session_id, state="waiting").order_by("number")
        assert (session.taken, session.waiting) == (LAST_PLACES, PEOPLE - LAST_PLACES)
        assert [place.number for place in waiting] == list(range(1, PEOPLE - LAST_PLACES + 1))
        assert await Place.filter(session_id=session_id, state="confirmed").count() == LAST_PLACES


@pytest.mark.data(only="postgresql")
async def test_a_rush_for_one_evening_keeps_nobody_from_another(client: Client, settings: Settings) -> None:
    """However many press, two wait at the server; the rest stand in line here, and leave connections to everybody."""
    wanted, other = await make_session(capacity=PEOPLE), await make_session()
    forms = [await client.place_form(wanted) for _ in range(12)]
    async with anyio.create_task_group() as presses, locked(settings, wanted) as waiting:
        for form in forms:
            presses.start_soon(client.post_form, form)
        await waiting.grows_to(2)

        receipt = await client.take(other)

        assert (receipt.placed, await waiting.count()) == (True, 2)
    assert (await Session.get(id=wanted.id)).taken == len(forms)


@pytest.mark.data(only="postgresql")
async def test_places_are_found_by_their_index_also_where_tables_were_emptied(database: Database) -> None:
    """A connection keeps the plan of a statement, and tables fill in minutes."""
    for table in ("registration", "place"):
        await get_connection("default").execute_query(f'VACUUM "{table}"')

    plans = [
        await found.explain()
        for found in (Registration.filter(digest="a"), Place.filter(registration_id="a", target=False))
    ]

    assert "Index Scan" in str(plans)
    assert "Seq Scan" not in str(plans)


async def _session_with_ten_places_left(settings: Settings) -> str:
    async with open_database(settings):
        starts_at = utc_now() + timedelta(days=5)
        shares = {"capacity": PEOPLE, "walk_in_share": PEOPLE - LAST_PLACES, "queue_limit": PEOPLE}
        session = await make_session(starts_at=starts_at, **shares)
    assert session.registrable == LAST_PLACES
    return str(session.id)


def _processes(settings: Settings, count: int) -> list[Settings]:
    """One site in `count` processes, which share the database and the keys."""
    return [
        settings.model_copy(update={"data_dir": settings.data_dir / f"process{n}"} if n else {}) for n in range(count)
    ]


async def _rush(addresses: Sequence[str], session_id: str) -> list[httpx2.Response]:
    answers: list[httpx2.Response] = []

    async def come(number: int) -> None:
        async with httpx2.AsyncClient(base_url=addresses[number % len(addresses)], timeout=60) as http:
            form = await http.get(f"/sessions/{session_id}/take")
            nonce = re.search(r'name="nonce" value="([^"]+)"', form.text)
            assert nonce
            answers.append(await http.post(f"/sessions/{session_id}/take", data={"nonce": nonce[1]}))

    async with anyio.create_task_group() as group:
        for number in range(PEOPLE):
            group.start_soon(come, number)
    return answers


def _code(answer: httpx2.Response) -> str:
    return "".join(re.findall(r"<span>(\d{4})</span>", answer.text))
