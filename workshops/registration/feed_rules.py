"""Private feeds: a token in the address, a neutral title out of a short list, ids that nobody can join with ours."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b

from workshops.errors import N_
from workshops.registration.nonces import Nonce
from workshops.vault import Purpose, Vault

TOKEN_BYTES = 20  # 160 bits: 32 letters and digits
UID_BYTES = 16


class FeedTitle(StrEnum):
    """All that the entries of a private feed may be called; nobody types a title."""

    MEETING = "meeting"
    COURSE = "course"
    REMINDER = "reminder"
    RESERVED = "reserved"


WORDS: Mapping[FeedTitle, str] = {
    FeedTitle.MEETING: N_("Meeting"),
    FeedTitle.COURSE: N_("Course"),
    FeedTitle.REMINDER: N_("Reminder"),
    FeedTitle.RESERVED: N_("Reserved"),
}


@dataclass(frozen=True, slots=True)
class FeedToken:
    """What the address of a private feed is made of; it stays out of `repr` and so out of logs."""

    value: str = field(repr=False)

    def uid(self, *, target: bool) -> str:
        """The id of an entry: always the same for this token, and of no use without it.

        It is made from the token alone. Ours would lead to the public entry of the same session,
        and one under a key would change when keys are exchanged.
        """
        role = b"target" if target else b"place"
        return blake2b(self.value.encode(), digest_size=UID_BYTES, person=b"feed-" + role).hexdigest()


def read_title(text: str) -> FeedTitle:
    """The chosen title; the first of the list for anything that is none."""
    return FeedTitle(text) if text in set(FeedTitle) else FeedTitle.MEETING


def form_of(registration_id: str) -> str:
    """What the nonce of a form for a private feed is bound to."""
    return f"feed {registration_id}"


def token_of(nonce: Nonce, vault: Vault) -> FeedToken | None:
    """The token of a form, while the key it was to be derived with still lives: the same form, the same token."""
    key = vault.key(Purpose.DERIVATION, nonce.derivation_key_id)
    if key is None:
        return None
    value = key.digest(b"feed\0" + nonce.secret, TOKEN_BYTES)  # a code is derived from the secret alone
    return FeedToken(base64.b32encode(value).decode().lower())
