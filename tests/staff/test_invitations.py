import asyncio
from datetime import timedelta

import pytest

from tests.staff.people import COORDINATOR, FACILITATOR, NOW, PASSWORD, cheap_porter, make_account
from workshops.database.connection import Database
from workshops.staff.actions import accept_invitation, forget_expired, invite
from workshops.staff.models import Account, Invitation, StaffAction
from workshops.staff.queries import first_invitation
from workshops.staff.rules import Credentials, HandleTaken, InvitationOver, Role
from workshops.staff.tokens import Token, new_invitation_token
from workshops.vault import Vault

pytestmark = pytest.mark.data


async def accept(token: Token, vault: Vault, handle: str = "robin", *, later: timedelta = timedelta(0)) -> Account:
    return await accept_invitation(token, Credentials(handle, PASSWORD), cheap_porter().passwords, vault, NOW + later)


@pytest.mark.parametrize("roles", [COORDINATOR, FACILITATOR, frozenset({Role.FACILITATOR, Role.REPORTER})])
async def test_an_invitation_gives_an_account_its_roles(
    database: Database, vault: Vault, roles: frozenset[Role]
) -> None:
    token = await invite(vault, roles, NOW)

    await accept(token, vault)

    account = await Account.get(handle="robin")
    assert account.roles == roles
    assert account.active
    assert await Invitation.all().count() == 0


async def test_two_who_accept_one_invitation_at_once_give_one_account(database: Database, vault: Vault) -> None:
    token = await invite(vault, FACILITATOR, NOW)

    answers = await asyncio.gather(
        *(accept(token, vault, handle) for handle in ("robin", "kim")), return_exceptions=True
    )

    assert {type(each) for each in answers} == {Account, InvitationOver}
    assert await Account.all().count() == 1


async def test_eight_who_accept_one_invitation_under_one_handle_give_one_account(
    database: Database, vault: Vault
) -> None:
    token = await invite(vault, FACILITATOR, NOW)

    answers = await asyncio.gather(*(accept(token, vault) for _ in range(8)), return_exceptions=True)

    assert sorted(type(each).__name__ for each in answers) == ["Account", *["InvitationOver"] * 7]
    assert await Account.all().count() == 1


async def test_an_invitation_is_good_for_two_days_and_not_longer(database: Database, vault: Vault) -> None:
    token = await invite(vault, FACILITATOR, NOW)

    with pytest.raises(InvitationOver):
        await accept(token, vault, later=timedelta(hours=49))
    await accept(token, vault, later=timedelta(hours=48))

    assert await Account.all().count() == 1


async def test_an_unknown_code_costs_no_hash_and_gives_nothing(database: Database, vault: Vault) -> None:
    with pytest.raises(InvitationOver):
        await accept(new_invitation_token(), vault)

    assert await Account.all().count() == 0


async def test_a_handle_that_is_taken_leaves_the_invitation_good(database: Database, vault: Vault) -> None:
    await make_account("robin")
    token = await invite(vault, FACILITATOR, NOW)

    with pytest.raises(HandleTaken):
        await accept(token, vault, "robin")
    await accept(token, vault, "kim")

    assert [account.handle for account in await Account.all().order_by("handle")] == ["kim", "robin"]


async def test_accepting_is_written_down_by_day_alone(database: Database, vault: Vault) -> None:
    await accept(await invite(vault, FACILITATOR, NOW), vault)

    written = await StaffAction.all().values("handle", "verb", "day")

    assert written == [{"handle": "robin", "verb": "joined", "day": NOW.date()}]


async def test_the_table_holds_neither_the_code_nor_the_minute_it_was_made(database: Database, vault: Vault) -> None:
    token = await invite(vault, FACILITATOR, NOW)

    row = await Invitation.first().values()

    assert row is not None
    assert token.value not in repr(row)
    assert row["expires_at"].minute == row["expires_at"].second == 0


async def test_the_first_invitation_is_due_until_somebody_coordinates(database: Database) -> None:
    before = await first_invitation()
    await make_account("kim", FACILITATOR)
    with_facilitator = await first_invitation()
    await make_account("robin", COORDINATOR)

    assert (before, with_facilitator, await first_invitation()) == (True, True, False)


async def test_what_is_over_is_forgotten_and_what_is_not_stays(database: Database, vault: Vault) -> None:
    await invite(vault, FACILITATOR, NOW)
    await StaffAction.create(handle="robin", verb="changed", day=NOW.date())

    await forget_expired(NOW + timedelta(hours=48))
    kept = await Invitation.all().count(), await StaffAction.all().count()
    await forget_expired(NOW + timedelta(hours=49))
    after = await Invitation.all().count(), await StaffAction.all().count()
    await forget_expired(NOW + timedelta(days=31))

    assert (kept, after) == ((1, 1), (0, 1))
    assert await StaffAction.all().count() == 0
