"""How a command runs: in the server that holds the data, or here; and what of it is said on the terminal."""

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from workshops.database.away import DatabaseAway, away_line
from workshops.errors import CannotStart, Refusal
from workshops.settings import Settings

FAULT = 2  # the status that a fault ends with

# What a command needs is imported when it runs: `serve` must answer within a second of its start.
# ruff: noqa: PLC0415


def command(settings: Settings, name: str, arguments: Sequence[str]) -> str:
    """Run a command, in the server if one runs on this data folder."""
    said = handed_over(settings, name, arguments)
    return said if said is not None else asyncio.run(_run_here(settings, name, arguments))


def handed_over(settings: Settings, name: str, arguments: Sequence[str]) -> str | None:
    from workshops.control import hand_over

    answer = hand_over(settings, name, arguments)
    if answer is not None and not answer.done:
        raise CannotStart(answer.text)
    return answer.text if answer else None


async def _run_here(settings: Settings, name: str, arguments: Sequence[str]) -> str:
    from workshops.clock import utc_now
    from workshops.commands import COMMANDS, Tools
    from workshops.database.connection import open_database
    from workshops.database.keys import fitting_vault

    async with open_database(settings):
        return await COMMANDS[name](Tools(settings, utc_now, await fitting_vault(settings.key_dir)), arguments)


async def restored(settings: Settings, sealed: bytes, identity: str) -> str:
    from workshops.backup import restore_backup
    from workshops.clock import utc_now
    from workshops.database.connection import open_database
    from workshops.database.migrate import migrate as run_migrations

    await run_migrations(settings)
    async with open_database(settings):
        count = await restore_backup(sealed, identity, settings.key_dir, utc_now())
    return (
        f"{count} evenings came back. Places did not: what was taken stays taken. Look at them, then start the server."
    )


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotStart(f"{path}: cannot be read ({error.strerror})") from None


def write_privately(settings: Settings, text: str) -> Path:
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = settings.data_dir / "invitation.txt"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
    return path


def or_fault(run: Callable[[], None]) -> None:
    """Say in one clear line why something cannot start, and end with status 2."""
    try:
        run()
    except (CannotStart, Refusal) as fault:
        line = str(fault)
    except DatabaseAway as away:
        line = away_line(away)
    else:
        return
    typer.echo(f"workshops: {line}", err=True)
    raise typer.Exit(FAULT)
