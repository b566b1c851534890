from datetime import timedelta

import pytest

from tests.staff.conftest import House
from tests.staff.people import COORDINATOR, FACILITATOR, NOW, signed_in_token
from workshops.staff.models import Account, BrowserSession
from workshops.staff.rules import Role
from workshops.staff.tokens import new_cookie_token

ROOMS = ("coordinator", "facilitator", "reporter", "staff")


async def statuses(house: House, token: str) -> dict[str, int]:
    browser = house.browser(cookie=f"workshops={token}")
    return {name: (await browser.get(f"/room/{name}")).status_code for name in ROOMS}


@pytest.mark.parametrize(
    ("roles", "opened"),
    [
        (COORDINATOR, {"coordinator", "facilitator", "reporter", "staff"}),
        (FACILITATOR, {"facilitator", "staff"}),
        (frozenset({Role.REPORTER}), {"reporter", "staff"}),
        (frozenset({Role.FACILITATOR, Role.REPORTER}), {"facilitator", "reporter", "staff"}),
    ],
)
async def test_a_room_for_others_is_absent(house: House, roles: frozenset[Role], opened: set[str]) -> None:
    token = await signed_in_token(house.vault, "robin", roles)

    assert await statuses(house, token.value) == {name: 200 if name in opened else 404 for name in ROOMS}


async def test_who_is_not_signed_in_is_sent_to_the_door_with_nothing_in_the_address(house: House) -> None:
    browser = house.browser()

    answers = [await browser.get(f"/es/room/{name}?next=//elsewhere.example") for name in (*ROOMS, "safe")]

    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {(303, "/es/staff")}
    assert not any("set-cookie" in answer.headers for answer in answers)


async def test_an_unknown_token_and_a_suspended_account_are_sent_to_the_door(house: House) -> None:
    token = await signed_in_token(house.vault)
    await Account.filter().update(active=False)

    assert set((await statuses(house, token.value)).values()) == {303}
    assert set((await statuses(house, new_cookie_token().value)).values()) == {303}


async def test_a_role_that_was_taken_away_counts_from_the_next_request(house: House) -> None:
    token = await signed_in_token(house.vault, "robin", COORDINATOR)
    await Account.filter().update(coordinator=False, reporter=True)

    assert await statuses(house, token.value) == {"coordinator": 404, "facilitator": 404, "reporter": 200, "staff": 200}


@pytest.mark.parametrize(
    ("level", "fresh_for", "status"),
    [
        (1, None, 409),
        (1, timedelta(hours=1), 409),
        (2, None, 409),
        (2, timedelta(0), 409),
        (2, timedelta(hours=1), 200),
    ],
)
async def test_what_needs_a_second_factor_opens_only_while_it_is_fresh(
    house: House, level: int, fresh_for: timedelta | None, status: int
) -> None:
    token = await signed_in_token(house.vault)
    fresh_until = NOW + fresh_for if fresh_for is not None else None
    await BrowserSession.filter().update(factor_level=level, fresh_until=fresh_until)

    answer = await house.browser(cookie=f"workshops={token.value}").get("/room/safe")

    assert answer.status_code == status
