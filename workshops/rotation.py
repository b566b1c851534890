"""Exchanging keys: the derivation key of codes every day, any other when somebody asks, and no key kept for nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from tortoise import Model
from tortoise.fields import BinaryField

from workshops.database.connection import transaction
from workshops.database.models import KeyCheck
from workshops.database.table import Table
from workshops.keys import Key, Purpose, destroy_key, finish_destroying, made_at, new_key, write_key
from workshops.registration.holds import SleepHours
from workshops.registration.nonces import GOOD_FOR
from workshops.schedule.revision import lock_schedule
from workshops.schedule.site import site_state
from workshops.settings import Settings
from workshops.vault import Sealed, Vault

GRACE = timedelta(minutes=5)  # for other processes, and for clocks that differ
LOOKED_UP_FOR = timedelta(hours=2)  # a mark made just before an exchange may be written just after it


async def rotate(purpose: Purpose, vault: Vault, folder: Path, now: datetime) -> Key:
    """Make a new key for a purpose; older ones are still looked up under, and sealed texts are sealed anew."""
    key = new_key(purpose, await _next_generation(purpose, vault))
    write_key(folder, key, now)
    async with transaction():
        await KeyCheck.create(key_id=key.id, purpose=purpose.value, check_value=key.check_value())
    vault.refresh()
    if purpose is Purpose.SEAL:
        await _seal_anew(vault)
    return key


async def turn_keys(vault: Vault, settings: Settings, now: datetime) -> None:
    """Exchange the derivation key at its hour, and destroy the keys that nothing needs any more.

    Whoever gets hold of the derivation key could work out the codes of forms they have seen, so
    it lives a day; an older one lives as long as forms made with it are good.
    """
    folder = settings.key_dir
    vault.refresh()
    finish_destroying(folder)
    if (await site_state()).doubts(now):
        return
    if made_at(folder, vault.newest(Purpose.DERIVATION)) < _last_turn(settings, now):
        await rotate(Purpose.DERIVATION, vault, folder, now)
    for old, successor in _superseded(vault):
        derives = old.purpose is Purpose.DERIVATION
        rests = GOOD_FOR + GRACE if derives else LOOKED_UP_FOR
        if made_at(folder, successor) + rests <= now and (derives or not await is_named(old.id)):
            destroy_key(folder, old)
            await KeyCheck.filter(key_id=old.id).delete()
            vault.refresh()


async def is_named(key_id: str) -> bool:
    """Whether a row or a sealed text still names a key."""
    for model in _tables():
        if "key_id" in model._meta.fields_map and await model.filter(key_id=key_id).exists():  # noqa: SLF001 (Tortoise's own way to its fields)
            return True
        for column in _sealed_columns(model):
            if any(bytes(text).startswith(key_id.encode() + b"\0") for _, text in await _sealed(model, column)):
                return True
    return False


async def _seal_anew(vault: Vault) -> None:
    async with transaction():
        await lock_schedule()  # whoever writes directions holds it
        for model in _tables():
            for column in _sealed_columns(model):
                for row_id, text in await _sealed(model, column):
                    place = Sealed(model._meta.db_table, column, row_id)  # noqa: SLF001 (the same)
                    opened = vault.unseal(bytes(text), place)
                    if opened is not None:
                        still_there = model.filter(**{"pk": row_id, f"{column}__not_isnull": True})
                        await still_there.update(**{column: vault.seal(opened, place)})


async def _sealed(model: type[Model], column: str) -> Sequence[tuple[str, bytes]]:
    found = model.filter(**{f"{column}__not_isnull": True})
    key = model._meta.pk_attr  # noqa: SLF001 (the same)
    return [(str(row_id), text) for row_id, text in await found.values_list(key, column)]


def _tables() -> Iterator[type[Model]]:
    return (model for model in Table.__subclasses__() if model is not KeyCheck)


def _sealed_columns(model: type[Model]) -> list[str]:
    return [name for name, field in model._meta.fields_map.items() if isinstance(field, BinaryField)]  # noqa: SLF001 (the same)


def _superseded(vault: Vault) -> list[tuple[Key, Key]]:
    """Every key that is not its purpose's newest, with the one made after it."""
    pairs = []
    for purpose in Purpose:
        line = sorted((key for key in vault.keys if key.purpose is purpose), key=lambda key: key.generation)
        pairs += list(pairwise(line))
    return pairs


async def _next_generation(purpose: Purpose, vault: Vault) -> int:
    """One more than any key ever had that this database or this folder knows of."""
    ids = [*await KeyCheck.filter(purpose=purpose.value).values_list("key_id", flat=True)]
    known = [int(str(key_id).removeprefix(purpose.letter)) for key_id in ids]
    return max([*known, *(key.generation for key in vault.keys if key.purpose is purpose)]) + 1


def _last_turn(settings: Settings, now: datetime) -> datetime:
    """The last time at which people went to sleep, by the site's clock: fewest forms are open then."""
    sleep = SleepHours(settings.sleep_from, settings.sleep_until, ZoneInfo(settings.zone))
    return sleep.next(settings.sleep_from, now - timedelta(days=1))
