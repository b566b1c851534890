"""What the program does by itself, beside the requests: the quarter-hour tick, the sweep, news of other processes."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from workshops.curricula.state import CurriculaState
from workshops.database.away import DatabaseAway
from workshops.database.fields import random_id
from workshops.database.lease import give_back_lease, take_lease
from workshops.database.news import listening
from workshops.database.residue import Traces, remove_residue
from workshops.registration.budget import let_load_down
from workshops.registration.deletion import delete_everything
from workshops.registration.forgetting import forget_sessions
from workshops.registration.settling import settle_due
from workshops.rotation import turn_keys
from workshops.schedule.revision import forget_texts, show_newest
from workshops.schedule.rules import quarter_after
from workshops.schedule.site import remember_hour, site_state
from workshops.schedule.ticking import tick_availability
from workshops.settings import Settings
from workshops.staff.actions import forget_expired

LEASE = timedelta(minutes=5)
POLL_SECONDS = 1.0
WATCH_SECONDS = 5.0
THE_ONLY_ONE = "only one"  # on SQLite a process that starts need not wait for one that ended
DOUBTED = "; the clock jumped, so nothing was deleted: see that it is right, then run `workshops confirm-clock`"

log = logging.getLogger("workshops")


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did, in numbers of sessions."""

    settled: int
    relabelled: int
    forgotten: int
    emptied: bool = False
    doubted: bool = False  # the clock jumped, so nothing was settled or deleted

    def __str__(self) -> str:
        counts = f"{self.settled} settled, {self.relabelled} relabelled, {self.forgotten} forgotten"
        emptied = ", everything about participants deleted" if self.emptied else ""
        return f"{counts}{emptied}{DOUBTED if self.doubted else ''}"


async def sweep(settings: Settings, now: datetime) -> Swept:
    """Settle holds, say anew how full evenings are, and forget what is over; then no trace of it is left.

    While the clock is doubted nothing is settled or deleted.
    """
    site = await site_state()
    if site.doubts(now):
        log.warning("The clock jumped by more than 48 hours: nothing is deleted or told until it is confirmed")
        return Swept(0, await tick_availability(now), 0, doubted=True)
    await remember_hour(site, now)
    settled = await settle_due(settings, now)
    relabelled = await tick_availability(now)
    await let_load_down()
    forgotten = await forget_sessions(settings.forget_after, now)
    emptied = await delete_everything(now) if site.is_deletion_due(now) else None
    await forget_expired(now)
    await forget_texts()
    await remove_residue(settings, forgotten.traces + (emptied or Traces()), thoroughly=emptied is not None)
    return Swept(settled, relabelled, forgotten.sessions, emptied=emptied is not None)


@asynccontextmanager
async def upkeep(state: CurriculaState) -> AsyncIterator[None]:
    """Make up for what was missed, then keep the tick and the news coming for as long as the program serves."""
    holder = random_id() if state["settings"].on_postgresql else THE_ONLY_ONE
    await _sweep_in_turn(state, holder)
    tasks = [asyncio.create_task(_tick(state, holder)), asyncio.create_task(_watch(state, holder))]
    if state["settings"].on_postgresql:
        tasks.append(asyncio.create_task(_hear(state)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
        with suppress(DatabaseAway):
            await give_back_lease("sweep", holder)


async def _tick(state: CurriculaState, holder: str) -> None:
    """Sweep at every full quarter of an hour."""
    while True:
        now = state["clock"]()
        await asyncio.sleep(max(1.0, (quarter_after(now + timedelta(seconds=1)) - now).total_seconds()))
        await _sweep_in_turn(state, holder)


async def _watch(state: CurriculaState, holder: str) -> None:
    """Sweep as soon as everything is to be deleted, instead of at the next quarter of an hour."""
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        with suppress(DatabaseAway):
            if (await site_state()).is_deletion_due(state["clock"]()):
                await _sweep_in_turn(state, holder)


async def _sweep_in_turn(state: CurriculaState, holder: str) -> None:
    """Sweep unless another process does."""
    now = state["clock"]()
    try:
        if await take_lease("sweep", holder, LEASE, now):
            await sweep(state["settings"], now)
            await _turn_keys(state, now)
        await show_newest(state["library"], state["memory"])
    except DatabaseAway as error:
        log.warning("The sweep waits for the database: %s", type(error).__name__)


async def _turn_keys(state: CurriculaState, now: datetime) -> None:
    """Exchange and destroy keys; a folder that cannot be written to stops nothing else."""
    try:
        await turn_keys(state["vault"], state["settings"], now)
    except OSError as error:
        log.warning("Keys cannot be exchanged: WORKSHOPS_KEY_DIR: %s", error.strerror)


async def _hear(state: CurriculaState) -> None:
    """Learn at once of what other processes changed, or within a second where the news does not come."""
    while True:
        try:
            async with listening(state["settings"]) as news:
                while True:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(news.wait(), POLL_SECONDS)
                    news.clear()
                    state["vault"].refresh()
                    await show_newest(state["library"], state["memory"])
        except DatabaseAway as error:
            log.warning("News of other processes wait for the database: %s", type(error).__name__)
            await asyncio.sleep(POLL_SECONDS)
