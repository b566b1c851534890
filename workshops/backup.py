"""Backups: what coordinators would have to type again, for one recipient whose key is not on this machine.

Nothing of a participant is in them, and no session's way there: whoever finds an old backup, even with its key, finds
no registration. A seat that was taken stays taken after a restore, since somebody holds its number on paper.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pyrage import (  # type: ignore[import-untyped]  # ships no types
    DecryptError,
    IdentityError,
    RecipientError,
    decrypt,
    encrypt,
    ssh,
    x25519,
)
from tortoise import fields
from tortoise.connection import get_connection
from tortoise.models import Model

from workshops.curricula.models import Edition, Revision
from workshops.database.config import ALIAS
from workshops.database.connection import transaction
from workshops.database.keys import vault_for
from workshops.database.models import KeyCheck, Lease
from workshops.database.schema import APPLIED
from workshops.errors import CannotStart
from workshops.registration.models import Feed, Place, Registration, Slip, SlipBatch, UsedNonce
from workshops.schedule.directions import sealed_copy
from workshops.schedule.models import Area, Schedule, Series, Session, SessionFacilitator, SessionSum, Venue
from workshops.schedule.rules import SessionState
from workshops.staff.models import Account, BrowserSession, Invitation, StaffAction
from workshops.vault import Vault

FORMAT = 1
LONGEST = 500_000_000  # bytes once unpacked

# In the order in which they can be written anew: what refers to another table comes after it.
KEPT: Sequence[type[Model]] = (
    *(KeyCheck, Account, Edition, Revision, Area, Venue, Series, Session, SessionFacilitator, SessionSum),
    *(SlipBatch, Slip, Schedule),
)
LEFT_OUT = frozenset({Registration, Place, Feed, UsedNonce, BrowserSession, Invitation, StaffAction, Lease})
EMPTIED: Mapping[type[Model], Mapping[str, Any]] = {Session: {"directions": None, "waiting": 0}}


class NoBackup(CannotStart):
    """A file that cannot be restored; its one line says why."""


async def make_backup(recipient: str) -> bytes:
    """Everything that is kept of this installation but its participants, as an age file.

    Raises:
        CannotStart: this is no recipient.
    """
    to = _recipient(recipient)
    async with transaction():
        tables = {model.__name__: await _rows(model) for model in KEPT}
        text = json.dumps({"format": FORMAT, "schema": await _schema(), "tables": tables})
    sealed: bytes = encrypt(zlib.compress(text.encode()), [to])
    return sealed


async def restore_backup(sealed: bytes, identity: str, key_dir: Path, now: datetime) -> int:
    """Fill an empty database from a backup, whole or not at all; says how many sessions came back.

    Args:
        sealed: The file.
        identity: The private key whose recipient it was made for.
        key_dir: The folder of the keys that the installation had.
        now: The present moment.

    Raises:
        NoBackup: it is not for this key, damaged, or of another schema.
        CannotStart: the database is not empty, or the keys are not those of the backup.
    """
    found = _opened(sealed, identity)
    if found.get("schema") != await _schema():
        raise NoBackup("the backup is of another version of the program: restore it with that one, then update")
    if await Account.exists() or await Area.exists() or await Session.exists():
        raise CannotStart("this database is not empty: restore into a new data folder or a new database")
    vault = vault_for({each["key_id"]: b64decode(each["check_value"]) for each in found["tables"]["KeyCheck"]}, key_dir)
    async with transaction():
        await KeyCheck.all().delete()
        await Schedule.all().delete()
        for model in KEPT:
            await model.bulk_create([_row(model, values) for values in found["tables"][model.__name__]])
        await _begin_anew(vault, now)
    return await Session.all().count()


async def _begin_anew(vault: Vault, now: datetime) -> None:
    """Make forms that were open void, copy the way there of coming sessions, and live from this hour on."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    await Schedule.filter(id=1).update(high_water=hour)
    for session in await Session.all().select_related("venue"):
        session.epoch += 1
        if session.state == SessionState.PUBLISHED and session.ends_at > now:
            session.directions = sealed_copy(session.venue, session.id, vault)
        await session.save(update_fields=["epoch", "directions"])


async def _rows(model: type[Model]) -> list[dict[str, Any]]:
    columns = sorted(model._meta.db_fields)  # noqa: SLF001 (Tortoise's own way to its columns)
    names = [model._meta.fields_db_projection_reverse[column] for column in columns]  # noqa: SLF001
    emptied = EMPTIED.get(model, {})
    found = await model.all().values(*names)
    return [{name: _plain(emptied.get(name, value)) for name, value in row.items()} for row in found]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value  # a moment is a date too


def _row(model: type[Model], values: Mapping[str, Any]) -> Model:
    described = model._meta.fields_map  # noqa: SLF001
    return model(**{name: _value(described[name], value) for name, value in values.items()})


def _value(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, fields.BinaryField):
        return b64decode(value)
    if isinstance(field, fields.DatetimeField):
        return datetime.fromisoformat(value).astimezone(UTC)
    return date.fromisoformat(value) if isinstance(field, fields.DateField) else value


async def _schema() -> list[str]:
    applied = await get_connection(ALIAS).execute_query_dict(APPLIED)
    return sorted(str(row["name"]) for row in applied)


def _opened(sealed: bytes, identity: str) -> dict[str, Any]:
    try:
        text = _unpacked(decrypt(sealed, [_identity(identity)]))
        found = json.loads(text)
    except DecryptError:
        raise NoBackup("this key does not open the backup, or the file is damaged") from None
    except (ValueError, zlib.error):
        raise NoBackup("the file opens, but holds no backup") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NoBackup("the backup has a format that this program does not know")
    return found


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(packed, LONGEST)
    if unpacker.unconsumed_tail:
        raise NoBackup("the backup is larger than any of ours")
    return text


def _recipient(text: str) -> Any:
    try:
        return ssh.Recipient.from_str(text) if text.startswith("ssh-") else x25519.Recipient.from_str(text)
    except RecipientError:
        raise CannotStart("this is no recipient: it begins with age1, or is an ssh public key") from None


def _identity(text: str) -> Any:
    keys = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        if text.lstrip().startswith("-----BEGIN"):
            return ssh.Identity.from_buffer(text.encode())
        return x25519.Identity.from_str(keys[0] if len(keys) == 1 else "")
    except IdentityError:
        raise NoBackup("this is no private key: the file holds one line that begins with AGE-SECRET-KEY-") from None
