"""A wish for an interpreter when its place moves: kept where it can be, else dropped, and said before and after."""

from datetime import timedelta
from typing import Any

import pytest

from tests.client import Client
from tests.make import NOW, make_session
from workshops.registration.models import Place
from workshops.schedule.models import Session

pytestmark = pytest.mark.data

BEFORE = "cannot offer the interpreter you asked for"
AFTER = "You had asked for an interpreter"
INTO = {"interpreters": "es", "interpreters_until": (NOW + timedelta(days=5)).date()}


async def week(**changes: Any) -> Session:
    return await make_session(starts_at=NOW + timedelta(days=7), **changes)


async def move(client: Client, code: str, session: Session) -> str:
    return (await client.post("/place/move", {"code": code, "session": session.id})).text


async def wishes() -> list[str]:
    return [
        str(each)
        for each in await Place.filter(target=False).order_by("interpreters").values_list("interpreters", flat=True)
    ]


async def test_a_wish_moves_along_to_an_evening_that_offers_it(client: Client) -> None:
    here, there = await week(**INTO), await week(**{**INTO, "interpreters": "ar es"})
    code = (await client.take(here, interpreter=["es"])).code

    before = (await client.open_place(code)).text
    after = await move(client, code, there)

    assert (BEFORE in before, AFTER in after) == (False, False)
    assert await wishes() == ["es"]


@pytest.mark.parametrize("offer", [{}, {**INTO, "interpreters": "ar"}, {**INTO, "interpreters_until": NOW.date()}])
async def test_a_wish_that_the_other_evening_does_not_offer_is_dropped_and_the_page_says_so_before_and_after(
    client: Client, offer: dict[str, Any]
) -> None:
    here, there = await week(**INTO), await week(**offer)
    code = (await client.take(here, interpreter=["es"])).code
    client.clock.now += timedelta(days=1)

    before = (await client.open_place(code)).text
    after = await move(client, code, there)
    later = (await client.open_place(code)).text

    assert BEFORE in before
    assert [AFTER in page for page in (before, after, later)] == [False, True, True]
    assert await wishes() == [""]


async def test_a_turn_that_moves_a_place_by_itself_drops_the_wish_as_was_said(client: Client) -> None:
    here, full = await week(**INTO), await week(capacity=1)
    seated = (await client.take(full)).code
    code = (await client.take(here, interpreter=["es"])).code

    waits = await move(client, code, full)
    kept = await wishes()
    await client.cancel(seated)

    assert BEFORE in waits
    assert "es" in kept
    assert AFTER in (await client.open_place(code)).text
    assert await wishes() == [""]


async def test_a_wish_is_kept_where_only_the_waiting_spot_is_left(client: Client) -> None:
    here, full = await week(capacity=1, **INTO), await week(capacity=1, **INTO)
    await client.take(full)
    await client.take(here)
    code = (await client.take(here, interpreter=["es"])).code
    await move(client, code, full)

    spots = await Place.filter(target=True).values_list("interpreters", flat=True)

    assert [str(each) for each in spots] == ["es"]


async def test_who_asked_for_nothing_is_told_nothing(client: Client) -> None:
    here, there = await week(**INTO), await week()
    code = (await client.take(here, need=["STEP_FREE"])).code

    before, after = (await client.open_place(code)).text, await move(client, code, there)

    assert (BEFORE in before, AFTER in after) == (False, False)
