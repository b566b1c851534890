"""Keys, and what is done with them: keyed digests, marks that we made a value, and sealed texts.

Keys live in a folder of their own, one file each, named `<purpose>.<key id>.key`. A key id
is the purpose's letter and a generation: `c2` is the second key for digests of codes. The
newest generation of a purpose makes new values; older ones are still looked up under.
"""

import hmac
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from hashlib import blake2b
from pathlib import Path

from workshops.errors import CannotStart

KEY_BYTES = 32
NONCE_BYTES = 12  # of AES-GCM-SIV


class Purpose(Enum):
    """What a key is for; no key serves two purposes."""

    CODE = "code-digest"
    DERIVATION = "code-derivation"
    NONCE = "nonce"
    SEAL = "seal"
    TOKEN = "token"  # noqa: S105 (a purpose, not a secret)

    @property
    def letter(self) -> str:
        return {"code-digest": "c", "code-derivation": "d", "nonce": "n", "seal": "s", "token": "t"}[self.value]

    @property
    def person(self) -> bytes:
        """BLAKE2b's personalisation: digests for two purposes never meet."""
        return self.value.encode()


@dataclass(frozen=True, slots=True)
class Key:
    """One key; its bytes stay out of `repr`."""

    purpose: Purpose
    generation: int
    value: bytes = field(repr=False)

    @property
    def id(self) -> str:
        return f"{self.purpose.letter}{self.generation}"

    def digest(self, message: bytes, size: int = 32) -> bytes:
        return blake2b(message, digest_size=size, key=self.value, person=self.purpose.person).digest()

    def check_value(self) -> bytes:
        """What only this key can make; the database keeps it to refuse wrong keys."""
        return blake2b(b"check", digest_size=16, key=self.value, person=b"check").digest()


@dataclass(frozen=True, slots=True)
class Digest:
    """A keyed digest as tables keep it, with the id of its key."""

    key_id: str
    value: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """The table, column and row that a sealed text belongs to; moved elsewhere, it does not open."""

    table: str
    column: str
    row: str

    def bound(self) -> bytes:
        return f"{self.table}\0{self.column}\0{self.row}".encode()


class Vault:
    """The keys of one installation."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self._keys: Mapping[str, Key] = {key.id: key for key in keys}
        self._newest = {key.purpose: key for key in sorted(keys, key=lambda key: key.generation)}

    @property
    def keys(self) -> Sequence[Key]:
        return tuple(self._keys.values())

    def newest(self, purpose: Purpose) -> Key:
        return self._newest[purpose]

    def key(self, purpose: Purpose, key_id: str) -> Key | None:
        """The live key of that id, if there is one for this purpose."""
        found = self._keys.get(key_id)
        return found if found and found.purpose is purpose else None

    def digest(self, purpose: Purpose, secret: str) -> Digest:
        """The digest a new row keeps of `secret`."""
        key = self._newest[purpose]
        return Digest(key.id, key.digest(secret.encode()).hex())

    def digests(self, purpose: Purpose, secret: str) -> Sequence[str]:
        """What `secret` may be kept as: its digest under every live key."""
        return [key.digest(secret.encode()).hex() for key in self._keys.values() if key.purpose is purpose]

    def seal(self, text: str, place: Sealed) -> bytes:
        """Encrypt `text` for one place: key id, zero byte, nonce, ciphertext.

        Source: RFC 8452, AES-GCM-SIV.
        """
        from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV  # noqa: PLC0415 (costs start-up time)

        key = self._newest[Purpose.SEAL]
        nonce = os.urandom(NONCE_BYTES)
        return key.id.encode() + b"\0" + nonce + AESGCMSIV(key.value).encrypt(nonce, text.encode(), place.bound())

    def unseal(self, sealed: bytes, place: Sealed) -> str | None:
        """Open what `seal` made for the same place; None when the key is gone or the bytes are not ours."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 (costs start-up time)
        from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV  # noqa: PLC0415

        key_id, _, rest = sealed.partition(b"\0")
        key = self.key(Purpose.SEAL, key_id.decode("ascii", "replace"))
        if key is None:
            return None
        try:
            return AESGCMSIV(key.value).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place.bound()).decode()
        except (InvalidTag, ValueError):
            return None


def same(one: bytes, other: bytes) -> bool:
    """Compare without telling by time where two values differ."""
    return hmac.compare_digest(one, other)


def open_vault(folder: Path) -> Vault | None:
    """Read the keys of a folder; None when it holds none at all.

    Raises:
        CannotStart: a key is missing, does not read, or others may read it.
    """
    files = sorted(folder.glob("*.key")) if folder.is_dir() else []
    if not files:
        return None
    keys = [_read_key(file) for file in files]
    missing = [purpose.value for purpose in Purpose if not any(key.purpose is purpose for key in keys)]
    if missing:
        message = f"{folder}: no key for {', '.join(missing)}; put the folder back as it was"
        raise CannotStart(message)
    return Vault(keys)


def make_vault(folder: Path) -> Vault:
    """Make the first key of every purpose in an empty folder that nobody else may read.

    Raises:
        CannotStart: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        keys = [Key(purpose, 1, secrets.token_bytes(KEY_BYTES)) for purpose in Purpose]
        for key in keys:
            _write_key(folder, key)
    except OSError as error:
        message = f"{folder}: keys cannot be written there ({error.strerror}); set WORKSHOPS_KEY_DIR"
        raise CannotStart(message) from None
    return Vault(keys)


def _write_key(folder: Path, key: Key) -> None:
    name = folder / f"{key.purpose.value}.{key.id}.key"
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key.value.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def _read_key(file: Path) -> Key:
    purpose_name, _, key_id = file.name.removesuffix(".key").partition(".")
    try:
        purpose = Purpose(purpose_name)
        if file.stat().st_mode & 0o077:
            message = f"{file}: others may read this key; chmod 600 it"
            raise CannotStart(message)
        value = bytes.fromhex(file.read_text().strip())
        key = Key(purpose, int(key_id.removeprefix(purpose.letter)), value)
    except (OSError, ValueError):
        message = f"{file}: not a key of ours; put the folder back as it was"
        raise CannotStart(message) from None
    if len(value) != KEY_BYTES or key.id != key_id:
        message = f"{file}: not a key of ours; put the folder back as it was"
        raise CannotStart(message)
    return key
