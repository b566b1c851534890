"""Passwords: hashed slowly on purpose, in threads, and only a few at once."""

import base64
import secrets
import unicodedata

from anyio import CapacityLimiter, to_thread
from argon2 import PasswordHasher, Type
from argon2.exceptions import VerificationError

AT_ONCE = 2


class Passwords:
    """Hashes and checks passwords with argon2id, each in 64 MiB of memory.

    Source: RFC 9106, 4, the second recommended option.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
        self._few = CapacityLimiter(AT_ONCE)
        self._nobodys = _unmatched(self._hasher)

    async def hashed(self, password: str) -> str:
        """What a row keeps of a password, its parameters included."""
        return await to_thread.run_sync(self._hasher.hash, _settled(password), limiter=self._few)

    async def fits(self, password: str, kept: str | None) -> bool:
        """Whether a password is the kept one; where none is kept, the same work is done for a no."""
        return await to_thread.run_sync(self._fits, _settled(password), kept or self._nobodys, limiter=self._few)

    def is_outdated(self, kept: str) -> bool:
        """Whether a password was hashed with other parameters than new ones are."""
        return self._hasher.check_needs_rehash(kept)

    def _fits(self, password: str, kept: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except VerificationError:
            return False


def _settled(password: str) -> str:
    """One way of writing each letter, whichever keyboard typed it."""
    return unicodedata.normalize("NFKC", password)


def _unmatched(hasher: PasswordHasher) -> str:
    """Looks like a kept password and costs as much to check; random bytes instead of a hash fit no password."""
    assert hasher.type is Type.ID
    salt, digest = (
        base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v=19$m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}${salt}${digest}"
