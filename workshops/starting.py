"""From nothing to a served site: schema, keys, samples, and who is told what on the terminal."""

import asyncio
import sys
from functools import partial

from anyio import to_thread

from workshops.app import create_app
from workshops.clock import utc_now
from workshops.control import hand_over
from workshops.curricula.state import Library
from workshops.database.connection import open_database
from workshops.database.keys import fitting_vault
from workshops.database.migrate import migrate
from workshops.loading import loaded
from workshops.samples import add_samples, is_empty
from workshops.serving import serve
from workshops.settings import Settings, load_settings, unknown_settings


def start(*, with_samples: bool) -> None:
    """Serve this installation until told to stop.

    Raises:
        CannotStart: something does not fit; its one line says what.
    """
    settings = load_settings()
    for line in unknown_settings():
        _say(line)
    asyncio.run(_prepare(settings, with_samples=with_samples))
    serve(create_app(settings), settings, partial(_welcome, settings))


async def _prepare(settings: Settings, *, with_samples: bool) -> None:
    await migrate(settings)
    async with open_database(settings):
        vault = await fitting_vault(settings.key_dir)
        if with_samples and await is_empty():
            added = await add_samples(Library(settings), settings, vault, utc_now())
            _say(f"{added} sample evenings were added; start with --empty to leave them out.")


async def _welcome(settings: Settings, address: str) -> None:
    loaded()
    _say(f"Serving at {address}  (Ctrl+C ends it)")
    if sys.stdout.isatty():
        answer = await to_thread.run_sync(hand_over, settings, "welcome", [])
        if answer and answer.text:
            _say(f"Nobody can coordinate yet. Open {address}/staff/invitation within two days and type: {answer.text}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
