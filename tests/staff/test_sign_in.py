import asyncio
from datetime import timedelta

import pytest
from tortoise import Tortoise

from tests.staff.people import FACILITATOR, NOW, PASSWORD, CountingHasher, cheap_porter, make_account
from workshops.database.connection import Database
from workshops.staff.actions import (
    accept_invitation,
    forget_expired,
    invite,
    open_session,
    sign_in,
    sign_out,
)
from workshops.staff.models import Account, BrowserSession
from workshops.staff.passwords import Passwords
from workshops.staff.porter import Porter
from workshops.staff.queries import find_signed_in
from workshops.staff.rules import Credentials, NotLetIn
from workshops.staff.tokens import new_cookie_token
from workshops.vault import Vault

pytestmark = pytest.mark.data

RIGHT = Credentials("robin", PASSWORD)


async def test_handle_and_password_open_a_browser_session_of_twelve_hours(database: Database, vault: Vault) -> None:
    account = await make_account("robin")

    token = await sign_in(RIGHT, cheap_porter(), vault, NOW)

    signed_in = await find_signed_in(token, vault, NOW + timedelta(hours=12))
    assert signed_in is not None
    assert (signed_in.account_id, signed_in.handle, signed_in.roles) == (account.id, "robin", FACILITATOR)
    assert await find_signed_in(token, vault, NOW + timedelta(hours=13)) is None


@pytest.mark.parametrize(
    ("given", "active", "work"),
    [
        (RIGHT, True, ["verify", "let in"]),
        (Credentials("robin", PASSWORD + "."), True, ["verify"]),
        (Credentials("nobody", PASSWORD), True, ["verify"]),
        (RIGHT, False, ["verify"]),
        (Credentials("robin", PASSWORD + "."), False, ["verify"]),
    ],
)
async def test_every_try_costs_one_check_of_a_password_whatever_is_wrong(
    database: Database, vault: Vault, given: Credentials, work: list[str], *, active: bool
) -> None:
    await make_account("robin", active=active)
    hasher = CountingHasher()

    try:
        await sign_in(given, cheap_porter(hasher), vault, NOW)
        hasher.work.append("let in")
    except NotLetIn:
        assert await BrowserSession.all().count() == 0

    assert hasher.work == work


async def test_wrong_tries_never_lock_anybody_out(database: Database, vault: Vault) -> None:
    await make_account("robin")
    porter = cheap_porter()
    for _ in range(3):
        with pytest.raises(NotLetIn):
            await sign_in(Credentials("robin", "lamp otter seven"), porter, vault, NOW)

    await sign_in(RIGHT, porter, vault, NOW)

    assert await BrowserSession.all().count() == 1
    assert porter.pace.next_delay("robin", NOW) == timedelta(0)


async def test_unknown_handles_are_slowed_down_like_known_ones(database: Database, vault: Vault) -> None:
    await make_account("robin")
    porter = cheap_porter()
    for handle in ("robin", "nobody"):
        with pytest.raises(NotLetIn):
            await sign_in(Credentials(handle, "lamp otter seven"), porter, vault, NOW)

    delays = [porter.pace.next_delay(handle, NOW) for handle in ("robin", "nobody")]

    assert delays == [timedelta(seconds=0.25)] * 2


async def test_a_password_hashed_with_old_parameters_is_hashed_again_when_it_fits(
    database: Database, vault: Vault
) -> None:
    await make_account("robin")
    hasher = CountingHasher(time_cost=2)
    newer = Porter(Passwords(hasher))
    with pytest.raises(NotLetIn):
        await sign_in(Credentials("robin", "lamp otter seven"), newer, vault, NOW)
    old = (await Account.get(handle="robin")).password

    await sign_in(RIGHT, newer, vault, NOW)
    await sign_in(RIGHT, newer, vault, NOW)

    assert (await Account.get(handle="robin")).password != old
    assert hasher.work == ["verify", "verify", "hash", "verify"]


async def test_two_who_sign_in_at_once_while_parameters_change_both_come_in(database: Database, vault: Vault) -> None:
    await make_account("robin")
    newer = Porter(Passwords(CountingHasher(time_cost=2)))

    await asyncio.gather(sign_in(RIGHT, newer, vault, NOW), sign_in(RIGHT, newer, vault, NOW))

    assert await BrowserSession.all().count() == 2
    await sign_in(RIGHT, newer, vault, NOW)


async def test_signing_out_deletes_the_row_and_only_that_one(database: Database, vault: Vault) -> None:
    account = await make_account("robin")
    phone, laptop = await open_session(account, vault, NOW), await open_session(account, vault, NOW)

    await sign_out(phone, vault)
    await sign_out(phone, vault)

    assert await find_signed_in(phone, vault, NOW) is None
    assert await find_signed_in(laptop, vault, NOW) is not None
    assert await BrowserSession.all().count() == 1


async def test_suspending_an_account_ends_what_is_open(database: Database, vault: Vault) -> None:
    token = await open_session(await make_account("robin"), vault, NOW)

    await Account.filter(handle="robin").update(active=False)

    assert await find_signed_in(token, vault, NOW) is None


async def test_a_token_that_was_never_handed_out_is_nobodys(database: Database, vault: Vault) -> None:
    await open_session(await make_account("robin"), vault, NOW)

    assert await find_signed_in(new_cookie_token(), vault, NOW) is None


async def test_browser_sessions_that_are_over_are_forgotten(database: Database, vault: Vault) -> None:
    await open_session(await make_account("robin"), vault, NOW)

    await forget_expired(NOW + timedelta(hours=12))
    live = await BrowserSession.all().count()
    await forget_expired(NOW + timedelta(hours=13))

    assert (live, await BrowserSession.all().count()) == (1, 0)


async def test_passwords_codes_and_tokens_are_in_no_table_in_the_clear(database: Database, vault: Vault) -> None:
    invitation, open_invitation = await invite(vault, FACILITATOR, NOW), await invite(vault, FACILITATOR, NOW)
    porter = cheap_porter()
    await accept_invitation(invitation, RIGHT, porter.passwords, vault, NOW)
    cookie = await sign_in(RIGHT, porter, vault, NOW)

    everything = await whole_database()

    assert "robin" in everything  # the control: what is kept in the clear is found
    for secret in (PASSWORD, invitation.value, open_invitation.value, cookie.value):
        assert secret not in everything


async def whole_database() -> str:
    """Every row of every table of ours, as text."""
    tables = [model for models in Tortoise.apps.values() for model in models.values()]
    return repr([await model.all().values() for model in tables])
