"""Coming in and going: invitations, accounts, browser sessions, and the record of what staff did."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from anyio import sleep
from tortoise.exceptions import IntegrityError

from workshops.database.connection import transaction
from workshops.staff.models import Account, BrowserSession, Invitation, StaffAction
from workshops.staff.passwords import Passwords
from workshops.staff.porter import Porter
from workshops.staff.queries import find_account, find_invitation
from workshops.staff.rules import (
    ACTIONS_KEPT_FOR,
    Credentials,
    HandleTaken,
    InvitationOver,
    NotLetIn,
    Role,
    invited_until,
    signed_in_until,
)
from workshops.staff.tokens import Token, new_cookie_token, new_invitation_token
from workshops.vault import Purpose, Vault


async def invite(vault: Vault, roles: Collection[Role], now: datetime) -> Token:
    """Make an invitation that gives one account these roles; its code is shown once and never kept."""
    token = new_invitation_token()
    digest = vault.digest(Purpose.TOKEN, token.value)
    async with transaction():
        await Invitation.create(
            digest=digest.value, key_id=digest.key_id, expires_at=invited_until(now), **_columns(roles)
        )
    return token


async def accept_invitation(
    token: Token, chosen: Credentials, passwords: Passwords, vault: Vault, now: datetime
) -> Account:
    """Turn an invitation into an account, once however many try.

    Raises:
        InvitationOver: the code is unknown, used or over.
        HandleTaken: somebody has this handle; the invitation stays good.
    """
    invitation = await find_invitation(token, vault, now)
    if invitation is None:
        raise InvitationOver
    kept = await passwords.hashed(chosen.password)
    try:
        return await _use_up(invitation, chosen.handle, kept, now)
    except IntegrityError:
        raise HandleTaken from None


async def sign_in(given: Credentials, porter: Porter, vault: Vault, now: datetime) -> Token:
    """Open a browser session; the same work is done whether handle, password or account are at fault.

    Raises:
        NotLetIn: there is no such active account with this password.
    """
    delay = porter.pace.next_delay(given.handle, now)
    if delay:
        await sleep(delay.total_seconds())
    account = await find_account(given.handle)
    fits = await porter.passwords.fits(given.password, account.password if account else None)
    if account is None or not fits or not account.active:
        raise NotLetIn
    porter.pace.forget(given.handle)
    if porter.passwords.is_outdated(account.password):
        await _hash_again(account, given.password, porter.passwords)
    return await open_session(account, vault, now)


async def open_session(account: Account, vault: Vault, now: datetime) -> Token:
    """Keep somebody signed in until their time is up; returns what the cookie carries."""
    token = new_cookie_token()
    digest = vault.digest(Purpose.TOKEN, token.value)
    async with transaction():
        await BrowserSession.create(
            digest=digest.value, key_id=digest.key_id, account=account, expires_at=signed_in_until(now)
        )
    return token


async def sign_out(token: Token, vault: Vault) -> None:
    """Forget a browser session; doing it twice is no fault."""
    async with transaction():
        await BrowserSession.filter(digest__in=vault.digests(Purpose.TOKEN, token.value)).delete()


async def record(handle: str, verb: str, now: datetime) -> None:
    """Write down what somebody of staff did, by day, as part of the caller's transaction; never about a place."""
    await StaffAction.create(handle=handle, verb=verb, day=now.date())


async def forget_expired(now: datetime) -> None:
    """Delete browser sessions and invitations that are over, and what staff did more than 30 days ago."""
    async with transaction():
        await BrowserSession.filter(expires_at__lte=now).delete()
        await Invitation.filter(expires_at__lte=now).delete()
        await StaffAction.filter(day__lt=(now - ACTIONS_KEPT_FOR).date()).delete()


async def _use_up(invitation: Invitation, handle: str, password: str, now: datetime) -> Account:
    async with transaction():
        claimed = await Invitation.filter(digest=invitation.digest).delete()
        if not claimed:
            raise InvitationOver
        account = await Account.create(handle=handle, password=password, **_columns(invitation.roles))
        await record(handle, "joined", now)
    return account


async def _hash_again(account: Account, password: str, passwords: Passwords) -> None:
    """Keep a password with the present parameters, unless it was changed meanwhile."""
    kept = await passwords.hashed(password)
    async with transaction():
        await Account.filter(id=account.id, password=account.password).update(password=kept)


def _columns(roles: Collection[Role]) -> dict[str, Any]:
    return {role.value: role in roles for role in Role}
