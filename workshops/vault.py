"""What is done with keys: keyed digests, marks that we made a value, and sealed texts.

The newest generation of a purpose makes new values; older ones are still looked up under.
"""

import hmac
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workshops.errors import CannotStart
from workshops.keys import Key, Purpose, key_files, new_key, read_keys, write_key

__all__ = ["Digest", "Key", "Purpose", "Sealed", "Vault", "make_vault", "open_vault", "same"]

NONCE_BYTES = 12  # of AES-GCM-SIV
SETTLED = 2_000_000_000  # nanoseconds, far more than the steps in which disks tell time


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


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys as they lay in their folder at one moment."""

    keys: Mapping[str, Key]
    newest: Mapping[Purpose, Key]
    files: frozenset[str]


def _ring(keys: Sequence[Key]) -> Ring:
    newest = {key.purpose: key for key in sorted(keys, key=lambda key: key.generation)}
    return Ring({key.id: key for key in keys}, newest, frozenset(key.file_name for key in keys))


def _changed_at(folder: Path) -> int:
    with suppress(OSError):
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 (asked for often)
    return 0


class Vault:
    """The keys of one installation; when their folder changes, all of them are exchanged at once."""

    def __init__(self, keys: Sequence[Key], folder: Path | None = None) -> None:
        self._folder = folder
        self._ring = _ring(keys)
        self._looked_at = 0  # when the folder was changed last as we looked, in nanoseconds; 0: look again

    @property
    def keys(self) -> Sequence[Key]:
        return tuple(self._ring.keys.values())

    def refresh(self) -> None:
        """Read the folder again where it changed, by this process or another one."""
        if self._folder is None:
            return
        changed_at = _changed_at(self._folder)
        if changed_at == self._looked_at != 0:
            return
        try:
            if key_files(self._folder) != self._ring.files:
                self._ring = _ring(read_keys(self._folder) or self.keys)
        except CannotStart:
            changed_at = 0  # it is being changed: what we have is good until the next look, which comes for certain
        settled = time.time_ns() - changed_at > SETTLED  # else it may change once more without looking changed
        self._looked_at = changed_at if settled else 0

    def has(self, purpose: Purpose) -> bool:
        return purpose in self._ring.newest

    def newest(self, purpose: Purpose) -> Key:
        return self._ring.newest[purpose]

    def key(self, purpose: Purpose, key_id: str) -> Key | None:
        """The live key of that id, if there is one for this purpose."""
        if key_id not in self._ring.keys:
            self.refresh()
        found = self._ring.keys.get(key_id)
        return found if found and found.purpose is purpose else None

    def digest(self, purpose: Purpose, secret: str) -> Digest:
        """The digest a new row keeps of `secret`."""
        key = self.newest(purpose)
        return Digest(key.id, key.digest(secret.encode()).hex())

    def digests(self, purpose: Purpose, secret: str) -> Sequence[str]:
        """What `secret` may be kept as: its digest under every live key."""
        self.refresh()
        return [key.digest(secret.encode()).hex() for key in self.keys if key.purpose is purpose]

    def seal(self, text: str, place: Sealed) -> bytes:
        """Encrypt `text` for one place: key id, zero byte, nonce, ciphertext.

        Source: RFC 8452, AES-GCM-SIV.
        """
        from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV  # noqa: PLC0415 (costs start-up time)

        key = self.newest(Purpose.SEAL)
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
    """Open the keys of a folder; None when it holds none at all.

    Raises:
        CannotStart: a key is missing, does not read, or others may read it.
    """
    keys = read_keys(folder)
    return Vault(keys, folder) if keys else None


def make_vault(folder: Path) -> Vault:
    """Make the first key of every purpose in an empty folder that nobody else may read.

    Raises:
        CannotStart: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        keys = [new_key(purpose, 1) for purpose in Purpose]
        for key in keys:
            write_key(folder, key)
    except OSError as error:
        message = f"{folder}: keys cannot be written there ({error.strerror}); set WORKSHOPS_KEY_DIR"
        raise CannotStart(message) from None
    return Vault(keys, folder)
