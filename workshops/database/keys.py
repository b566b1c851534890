"""The right keys for this database: made once, then checked at every start."""

from collections.abc import Collection, Mapping
from pathlib import Path

from workshops.database.connection import transaction
from workshops.database.models import KeyCheck
from workshops.errors import CannotStart
from workshops.keys import Purpose, new_key, write_key
from workshops.vault import Vault, make_vault, open_vault, same


async def fitting_vault(folder: Path) -> Vault:
    """Open the keys this database was used with, or make the first ones for a new database.

    Raises:
        CannotStart: the keys are missing or are others.
    """
    checks = {check.key_id: check.check_value for check in await KeyCheck.all()}
    vault = vault_for(checks, folder) if checks else open_vault(folder) or make_vault(folder)
    if not vault.has(Purpose.DERIVATION):  # it is left out of backups
        _add(Purpose.DERIVATION, vault, checks, folder)
    if not vault.has(Purpose.FEED):
        _ensure_never_made(Purpose.FEED, checks, folder)
        _add(Purpose.FEED, vault, checks, folder)
    await _remember_new(vault, checks)
    return vault


def vault_for(checks: Mapping[str, bytes], folder: Path) -> Vault:
    """Open the keys that made these check values.

    Raises:
        CannotStart: the keys are missing or are others.
    """
    vault = open_vault(folder)
    if vault is None:
        message = f"{folder}: the keys of this database are missing; put the folder back or set WORKSHOPS_KEY_DIR"
        raise CannotStart(message)
    _refuse_wrong(vault, checks, folder)
    return vault


def _refuse_wrong(vault: Vault, checks: Mapping[str, bytes], folder: Path) -> None:
    known = [key for key in vault.keys if key.id in checks]
    fits = all(same(key.check_value(), checks[key.id]) for key in known)
    if not fits or (checks and not known):
        message = f"{folder}: these are not the keys of this database; put the right folder back"
        raise CannotStart(message)


def _ensure_never_made(purpose: Purpose, checks: Collection[str], folder: Path) -> None:
    """A folder from before this purpose may lack its key; one that lost it may not."""
    if any(key_id.startswith(purpose.letter) for key_id in checks):
        message = f"{folder}: no key for {purpose.value}; put the folder back as it was"
        raise CannotStart(message)


def _add(purpose: Purpose, vault: Vault, checks: Collection[str], folder: Path) -> None:
    former = [int(key_id.removeprefix(purpose.letter)) for key_id in checks if key_id.startswith(purpose.letter)]
    try:
        write_key(folder, new_key(purpose, max(former, default=0) + 1))
    except OSError as error:
        message = f"{folder}: keys cannot be written there ({error.strerror}); set WORKSHOPS_KEY_DIR"
        raise CannotStart(message) from None
    vault.refresh()


async def _remember_new(vault: Vault, checks: dict[str, bytes]) -> None:
    new = [key for key in vault.keys if key.id not in checks]
    if new:
        async with transaction():
            for key in new:
                await KeyCheck.create(key_id=key.id, purpose=key.purpose.value, check_value=key.check_value())
