"""Nonces: the one-time, signed value in a take form, from which the code is derived."""

import base64
import binascii
import secrets
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from workshops.registration.codes import Code, derive_code
from workshops.vault import Digest, Key, Purpose, Vault, same

GOOD_FOR = timedelta(minutes=30)
REMEMBERED_FOR = timedelta(minutes=60)
RANDOM_BYTES = 18  # the whole is then a multiple of three: base64 without bits that mean nothing
MAC_BYTES = 16
_BODY = struct.Struct(f">{RANDOM_BYTES}sII")  # random, epoch, minutes since 1970


@dataclass(frozen=True, slots=True)
class Nonce:
    """A nonce of ours for one session; its secret stays out of `repr`."""

    session_id: str
    epoch: int
    issued_at: datetime
    derivation_key_id: str
    secret: bytes = field(repr=False)
    key: Key = field(repr=False)

    def is_good(self, now: datetime) -> bool:
        return self.issued_at <= now < self.issued_at + GOOD_FOR

    @property
    def mark(self) -> Digest:
        """What is remembered of it once it was used: no session, and the same whichever key is the newest."""
        return Digest(self.key.id, self.key.digest(self.secret.hex().encode()).hex())

    @property
    def gone_at(self) -> datetime:
        """When it need not be remembered any more, rounded up to the hour."""
        end = self.issued_at + REMEMBERED_FOR
        return end.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def make_nonce(session_id: str, epoch: int, vault: Vault, now: datetime) -> str:
    """A fresh nonce for one form of one session."""
    body = _BODY.pack(secrets.token_bytes(RANDOM_BYTES), epoch, int(now.timestamp()) // 60)
    key = vault.newest(Purpose.NONCE)
    derivation = vault.newest(Purpose.DERIVATION).id
    mac = key.digest(_signed(session_id, key.id, derivation, body), MAC_BYTES)
    return f"{key.id}.{derivation}.{base64.urlsafe_b64encode(body + mac).decode()}"


def read_nonce(text: str, session_id: str, vault: Vault) -> Nonce | None:
    """Read a nonce that came back; None unless we made it for this very session."""
    key_id, _, rest = text[:200].partition(".")
    derivation, _, encoded = rest.partition(".")
    key = vault.key(Purpose.NONCE, key_id)
    try:
        raw = base64.b64decode(encoded.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    body, mac = raw[: _BODY.size], raw[_BODY.size :]
    if key is None or not same(mac, key.digest(_signed(session_id, key_id, derivation, body), MAC_BYTES)):
        return None
    secret, epoch, minutes = _BODY.unpack(body)
    return Nonce(session_id, epoch, datetime.fromtimestamp(minutes * 60, UTC), derivation, secret, key)


def code_of(nonce: Nonce, vault: Vault) -> Code | None:
    """The code of a nonce, while the key it was to be derived with still lives."""
    key = vault.key(Purpose.DERIVATION, nonce.derivation_key_id)
    return derive_code(nonce.secret, key) if key else None


def _signed(session_id: str, key_id: str, derivation: str, body: bytes) -> bytes:
    return b"\0".join((session_id.encode(), key_id.encode(), derivation.encode(), body))
