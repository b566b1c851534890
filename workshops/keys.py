"""Keys, and the folder they lie in: one file each, named `<purpose>.<key id>.key`, readable by one user alone.

A key id is the purpose's letter and a generation: `c2` is the second key for digests of codes.
The time of a file is the moment its key was made.
"""

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from hashlib import blake2b
from pathlib import Path

from workshops.errors import CannotStart

KEY_BYTES = 32
ENDING = ".key"
GONE = ".gone"  # a key that is being destroyed: read by nobody any more
PART = ".part"  # a key that is being written: read by nobody yet


LETTERS = {
    "code-digest": "c",
    "code-derivation": "d",
    "nonce": "n",
    "seal": "s",
    "token": "t",
    "feed-token": "f",
}


class Purpose(Enum):
    """What a key is for; no key serves two purposes."""

    CODE = "code-digest"
    DERIVATION = "code-derivation"
    NONCE = "nonce"
    SEAL = "seal"
    TOKEN = "token"  # noqa: S105 (a purpose, not a secret)
    FEED = "feed-token"  # of private calendars

    @property
    def letter(self) -> str:
        return LETTERS[self.value]

    @property
    def person(self) -> bytes:
        """BLAKE2b's personalisation: digests for two purposes never meet."""
        return self.value.encode()


# Left out of backups, or younger than some folders: the database knows whether one was there.
MAY_BE_MISSING = (Purpose.DERIVATION, Purpose.FEED)
KEPT = tuple(purpose for purpose in Purpose if purpose not in MAY_BE_MISSING)


@dataclass(frozen=True, slots=True)
class Key:
    """One key; its bytes stay out of `repr`."""

    purpose: Purpose
    generation: int
    value: bytes = field(repr=False)

    @property
    def id(self) -> str:
        return f"{self.purpose.letter}{self.generation}"

    @property
    def file_name(self) -> str:
        return f"{self.purpose.value}.{self.id}{ENDING}"

    def digest(self, message: bytes, size: int = 32) -> bytes:
        return blake2b(message, digest_size=size, key=self.value, person=self.purpose.person).digest()

    def check_value(self) -> bytes:
        """What only this key can make; the database keeps it to refuse wrong keys."""
        return blake2b(b"check", digest_size=16, key=self.value, person=b"check").digest()


def new_key(purpose: Purpose, generation: int) -> Key:
    return Key(purpose, generation, secrets.token_bytes(KEY_BYTES))


def key_files(folder: Path) -> frozenset[str]:
    """The names of the keys in a folder, by which a changed folder is known; none where there is no folder.

    Raises:
        CannotStart: it is no folder, or this user may not read it.
    """
    try:
        return frozenset(name for name in os.listdir(folder) if name.endswith(ENDING))  # noqa: PTH208 (asked for often)
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        message = f"{folder}: keys cannot be read there ({error.strerror}); set WORKSHOPS_KEY_DIR"
        raise CannotStart(message) from None


def read_keys(folder: Path) -> Sequence[Key]:
    """Read the keys of a folder; none where it holds none at all. Those of `MAY_BE_MISSING` may be missing.

    Raises:
        CannotStart: a key is missing, does not read, or others may read it.
    """
    keys = [_read_key(folder / name) for name in sorted(key_files(folder))]
    missing = [purpose.value for purpose in KEPT if not any(key.purpose is purpose for key in keys)]
    if keys and missing:
        message = f"{folder}: no key for {', '.join(missing)}; put the folder back as it was"
        raise CannotStart(message)
    return keys


def write_key(folder: Path, key: Key, now: datetime | None = None) -> None:
    """Keep a new key: whole, or not at all; the file is as old as `now` says.

    Raises:
        FileExistsError: there is a key of that id already.
    """
    part = folder / (key.file_name + PART)
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key.value.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    if now is not None:
        os.utime(part, (now.timestamp(), now.timestamp()))
    try:
        os.link(part, folder / key.file_name)  # unlike a rename it replaces nothing
    finally:
        part.unlink()
    _sync(folder)


def made_at(folder: Path, key: Key) -> datetime:
    """When a key was made."""
    return datetime.fromtimestamp((folder / key.file_name).stat().st_mtime, UTC)


def destroy_key(folder: Path, key: Key) -> None:
    """Overwrite a key where it lies on the disk, then delete its file; doing it twice is no fault."""
    with suppress(FileNotFoundError):
        (folder / key.file_name).rename(folder / (key.file_name + GONE))
    finish_destroying(folder)


def finish_destroying(folder: Path) -> None:
    """Destroy what was being destroyed when the program ended."""
    for file in folder.glob(f"*{GONE}"):
        with file.open("r+b") as opened:
            opened.write(bytes(file.stat().st_size))
            opened.flush()
            os.fsync(opened.fileno())
        file.unlink()
        _sync(folder)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_key(file: Path) -> Key:
    purpose_name, _, key_id = file.name.removesuffix(ENDING).partition(".")
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
