"""Hiding, deleting and confirming by command, handed to the server that runs or done where none does."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

import httpx2
import pytest

from tests.make import make_session
from tests.serving import run_command, running
from workshops.clock import utc_now
from workshops.database.connection import open_database
from workshops.registration.models import Place, Registration
from workshops.schedule.models import Schedule
from workshops.settings import Settings

pytestmark = pytest.mark.data


async def with_a_place(settings: Settings) -> str:
    async with open_database(settings):
        session = await make_session(starts_at=utc_now() + timedelta(days=2), taken=1)
        registration = await Registration.create(digest="d" * 64, key_id="c1")
        await Place.create(registration=registration, session=session, state="confirmed")
        return str(session.id)


async def pass_quarter_of_an_hour(settings: Settings) -> None:
    async with open_database(settings):
        await Schedule.all().update(deletion_due=utc_now() - timedelta(seconds=1))


async def places(settings: Settings) -> int:
    async with open_database(settings):
        return await Place.all().count()


async def jump(settings: Settings) -> None:
    async with open_database(settings):
        await Schedule.all().update(
            high_water=(utc_now() - timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
        )


def _soon(seen: Callable[[], bool]) -> None:
    """Other processes of PostgreSQL hear of it within a second, SQLite's one process at once."""
    deadline = time.monotonic() + 5
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_freeze_and_thaw_reach_the_pages_of_the_running_server_at_once(settings: Settings) -> None:
    session = asyncio.run(with_a_place(settings))
    with running(settings) as address, httpx2.Client(base_url=address) as browser:
        before = session in browser.get("/").text
        run_command(settings, "freeze")
        _soon(lambda: session not in browser.get("/").text)
        hidden = [session in browser.get("/").text, browser.get(f"/sessions/{session}").status_code]
        place = browser.post("/place", data={"code": "1"}).status_code
        run_command(settings, "thaw")
        _soon(lambda: session in browser.get("/").text)

    assert before
    assert (hidden, place) == ([False, 404], 409)


def test_a_deletion_survives_a_restart_and_can_be_stopped_until_it_happens(settings: Settings) -> None:
    asyncio.run(with_a_place(settings))

    started = run_command(settings, "delete-now").stdout
    with running(settings):
        refused = run_command(settings, "thaw")
        stopped = run_command(settings, "delete-now", "--stop").stdout
    kept = asyncio.run(places(settings))
    run_command(settings, "delete-now")
    asyncio.run(pass_quarter_of_an_hour(settings))
    with running(settings):
        pass

    assert "legal demand" in started
    assert "--stop" in started
    assert (refused.returncode, "Stop that first" in refused.stderr) == (2, True)
    assert "Nothing will be deleted" in stopped
    assert (kept, asyncio.run(places(settings))) == (1, 0)


def test_after_a_week_off_the_clock_is_confirmed_by_command(settings: Settings) -> None:
    asyncio.run(with_a_place(settings))
    asyncio.run(jump(settings))

    doubted, refused = run_command(settings, "sweep"), run_command(settings, "delete-now")
    confirmed = run_command(settings, "confirm-clock")
    swept = run_command(settings, "sweep")

    assert "confirm-clock" in doubted.stdout
    assert refused.returncode == 2
    assert "UTC" in confirmed.stdout
    assert "confirm-clock" not in swept.stdout
