"""Questions about staff: who is signed in, which invitation is good, whose handle this is."""

from datetime import datetime

from workshops.staff.models import Account, BrowserSession, Invitation
from workshops.staff.rules import SignedIn
from workshops.staff.tokens import Token
from workshops.vault import Purpose, Vault


async def find_signed_in(token: Token, vault: Vault, now: datetime) -> SignedIn | None:
    """Who a cookie's token belongs to; None once they left, their time is up or their account is suspended."""
    digests = vault.digests(Purpose.TOKEN, token.value)
    live = BrowserSession.filter(digest__in=digests, expires_at__gt=now, account__active=True)
    session = await live.select_related("account").first()
    return session.signed_in if session else None


async def find_invitation(token: Token, vault: Vault, now: datetime) -> Invitation | None:
    """The invitation of a code, while it is good."""
    digests = vault.digests(Purpose.TOKEN, token.value)
    return await Invitation.filter(digest__in=digests, expires_at__gt=now).first()


async def find_account(handle: str) -> Account | None:
    return await Account.filter(handle=handle).first()


async def first_invitation() -> bool:
    """Whether nobody can coordinate yet, so that the terminal should be given an invitation."""
    return not await Account.filter(coordinator=True, active=True).exists()
