"""Builders for staff: accounts with cheap hashes, and browsers that are signed in."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from argon2 import PasswordHasher

from workshops.staff.actions import open_session
from workshops.staff.models import Account
from workshops.staff.passwords import Passwords
from workshops.staff.porter import Porter
from workshops.staff.rules import Role
from workshops.staff.tokens import Token
from workshops.vault import Vault

NOW = datetime(2026, 11, 6, 21, 17, 3, tzinfo=UTC)
PASSWORD = "lamp otter seven bridge"
FACILITATOR = frozenset({Role.FACILITATOR})
COORDINATOR = frozenset({Role.COORDINATOR})


class CountingHasher(PasswordHasher):
    """Argon2 at its cheapest, counting how often it works."""

    def __init__(self, time_cost: int = 1) -> None:
        super().__init__(time_cost=time_cost, memory_cost=8, parallelism=1)
        self.work: list[str] = []

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.work.append("hash")
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]  # noqa: A002 (argon2's own signature)
        self.work.append("verify")
        return super().verify(hash, password)


def cheap_porter(hasher: PasswordHasher | None = None) -> Porter:
    return Porter(Passwords(hasher or CountingHasher()))


async def make_account(
    handle: str = "robin", roles: Collection[Role] = FACILITATOR, *, password: str = PASSWORD, active: bool = True
) -> Account:
    kept = await cheap_porter().passwords.hashed(password)
    columns: dict[str, Any] = {role.value: role in roles for role in Role}
    return await Account.create(handle=handle, password=kept, active=active, **columns)


async def signed_in_token(
    vault: Vault, handle: str = "robin", roles: Collection[Role] = FACILITATOR, now: datetime = NOW
) -> Token:
    """The token of a new account's browser session; its cookie is called `workshops` on this machine."""
    return await open_session(await make_account(handle, roles), vault, now)
