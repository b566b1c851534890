"""One code is told one way: whatever press shows it, the place is marked before, and then leaves its venue no more."""

from datetime import timedelta

import anyio
import pytest

from tests.client import Client
from tests.make import NOW, make_session
from workshops.database.connection import transaction
from workshops.registration.models import Place, Registration
from workshops.registration.queries import own_place
from workshops.schedule.models import Session
from workshops.schedule.site import confirm_clock
from workshops.settings import Settings
from workshops.upkeep import sweep
from workshops.vault import Sealed

pytestmark = pytest.mark.data


async def led(client: Client, name: str, **changes: object) -> Session:
    """A session of tonight whose way, at a venue of its own, is told already: it holds `name`."""
    session = await make_session(**{"starts_at": NOW + timedelta(hours=10), **changes})
    session.directions = client.state["vault"].seal(f"Way {name}.", Sealed("session", "directions", session.id))
    await session.save(update_fields=["directions"])
    return session


def ways(*pages: str) -> list[str]:
    """The names of the ways that pages show."""
    return [name for name in "ABC" if any(f"Way {name}." in page for page in pages)]


async def press(client: Client, path: str, code: str, session: Session | None = None) -> str:
    fields = {"code": code} | ({"session": session.id} if session else {})
    return (await client.post(path, fields)).text


async def test_a_code_that_stays_and_moves_is_told_one_way(client: Client) -> None:
    one, two, three = [await led(client, name) for name in "ABC"]
    code = (await client.take(one)).code

    pages = [await press(client, "/place/stay", code)]
    marked = [place.directions_shown for place in await Place.all()]
    pages += [await press(client, "/place/move", code, session) for session in (two, three)]

    assert ways(*pages) == ["A"]
    assert marked == [True]
    assert "You have seen the way" in pages[-1]


async def test_a_code_is_told_the_way_of_where_it_moved_and_no_other(client: Client) -> None:
    one, two, three = [await led(client, name) for name in "ABC"]
    code = (await client.take(one)).code

    pages = [await press(client, "/place/move", code, session) for session in (two, three, one)]

    assert ways(*pages) == ["B"]
    assert ways(await press(client, "/place", code)) == ["B"]


async def test_a_calendar_that_is_made_shows_no_way_and_marks_none(client: Client) -> None:
    code = (await client.take(await led(client, "A"))).code

    page = await press(client, "/place/calendar", code)

    assert ways(page) == []
    assert [place.directions_shown for place in await Place.all()] == [False]


async def test_looking_and_moving_at_once_tells_one_way(client: Client) -> None:
    one, two = [await led(client, name, capacity=100) for name in "AB"]
    told: list[list[str]] = []

    async def both(code: str) -> None:
        pages: list[str] = []

        async def pressed(path: str, session: Session | None = None) -> None:
            pages.append(await press(client, path, code, session))

        async with anyio.create_task_group() as group:
            group.start_soon(pressed, "/place")
            group.start_soon(pressed, "/place/move", two)
        told.append(ways(*pages))

    for code in [(await client.take(one)).code for _ in range(20)]:
        await both(code)

    assert all(len(each) == 1 for each in told), told


async def test_who_looks_and_moves_at_once_to_where_the_way_is_told_later_is_told_it_only_where_the_place_stays(
    client: Client,
) -> None:
    one, two = await led(client, "A", capacity=100), await make_session(capacity=100)

    async def pressed(pages: list[str], path: str, code: str, session: Session | None = None) -> None:
        pages.append(await press(client, path, code, session))

    for code in [(await client.take(one)).code for _ in range(30)]:
        pages: list[str] = []
        async with anyio.create_task_group() as group:
            for late in range(4):
                group.start_soon(pressed, pages, "/place", code)
                if late == 1:
                    group.start_soon(pressed, pages, "/place/move", code, two)
        moved = "You have seen the way" not in "".join(pages)
        assert ways(*pages) == ([] if moved else ["A"])


async def test_a_turn_that_comes_while_somebody_looks_tells_one_way(client: Client) -> None:
    one, two = [
        await led(client, name, capacity=1, starts_at=NOW + timedelta(hours=30), directions_from=2000) for name in "AB"
    ]
    told = []
    for _ in range(10):
        seated, code = (await client.take(two)).code, (await client.take(one)).code
        await press(client, "/place/move", code, two)
        pages: list[str] = []
        # the press said A's way, as it may: here the look is what counts
        await Place.all().update(directions_shown=False)

        async def look(code: str, pages: list[str]) -> None:
            pages.append(await press(client, "/place", code))

        async with anyio.create_task_group() as group:
            group.start_soon(look, code, pages)
            group.start_soon(client.cancel, seated)
        told.append(ways(*pages, await press(client, "/place", code)))
        await client.cancel(code)

    assert all(len(each) == 1 for each in told), told


async def test_a_look_waits_for_whoever_acts_upon_the_place_before_it_tells_the_way(client: Client) -> None:
    one = await led(client, "A")
    code = (await client.take(one)).code
    await Registration.all().update(used=True)
    begun, pages = anyio.Event(), list[str]()

    async def look() -> None:
        await begun.wait()
        pages.append(await press(client, "/place", code))

    async with anyio.create_task_group() as group:
        group.start_soon(look)
        async with transaction():
            place = await own_place((await Registration.get()).id)
            begun.set()
            await anyio.sleep(0.3)
            told_meanwhile = list(pages)

    assert place is not None
    assert told_meanwhile == []
    assert ways(*pages) == ["A"]


@pytest.mark.parametrize("path", ["/place", "/place/stay", "/place/move"])
async def test_after_a_jump_of_the_clock_no_press_tells_the_way(client: Client, settings: Settings, path: str) -> None:
    later = NOW + timedelta(days=4)
    one, two = [await led(client, name, starts_at=later + timedelta(hours=1)) for name in "AB"]
    code = (await client.take(one)).code
    await sweep(settings, NOW)
    client.clock.now = later

    doubted = await press(client, path, code, two)
    await confirm_clock("robin", later)
    believed = await press(client, path, code, two)

    assert ways(doubted) == []
    assert len(ways(believed)) == 1
