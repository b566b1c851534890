"""Secrets that we hand out: the code of an invitation, which people type, and what a cookie carries."""

import secrets
import unicodedata
from dataclasses import dataclass, field

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 20  # 100 random bits
GROUP = 5
LOOKALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})
COOKIE_BYTES = 32
COOKIE_MOST = 64


@dataclass(frozen=True, slots=True)
class Token:
    """A secret of ours; it stays out of `repr` and so out of logs."""

    value: str = field(repr=False)

    @property
    def groups(self) -> tuple[str, ...]:
        """The token in groups, for people to read and type."""
        return tuple(self.value[start : start + GROUP] for start in range(0, len(self.value), GROUP))


def new_invitation_token() -> Token:
    return Token("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def read_invitation_token(text: str) -> Token | None:
    """Read a typed code whatever its case, spaces and dashes; None when it has a typo for sure."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(LOOKALIKES)
    value = "".join(each for each in plain if each.isalnum())
    return Token(value) if len(value) == LENGTH and set(value) <= set(ALPHABET) else None


def new_cookie_token() -> Token:
    return Token(secrets.token_urlsafe(COOKIE_BYTES))


def read_cookie_token(text: str) -> Token | None:
    """What a cookie carried, if it can be ours at all."""
    return Token(text) if 0 < len(text) <= COOKIE_MOST and text.isascii() else None
