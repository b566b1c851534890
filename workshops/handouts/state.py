"""The prints of one process: found on the shelf, or rendered once however many ask."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from anyio import CapacityLimiter, to_thread

from workshops.curricula.state import CurriculaState
from workshops.handouts.documents import Guide, Handout, Printable
from workshops.handouts.press import Press, edition
from workshops.handouts.shelf import Shelf, key_of
from workshops.handouts.typesetting import Typesetter
from workshops.settings import Settings

FOLDER = "prints"


class Prints:
    """Makes prints of curricula, and of nothing else: what bears a code has no type that fits."""

    def __init__(self, press: Press, shelf: Shelf) -> None:
        self._typesetter = Typesetter()
        self._press = press
        self._shelf = shelf
        self._edition = ""  # read with the first print: listing the fonts takes a moment
        self._one_hand = CapacityLimiter(1)  # on the shelf
        self._making: dict[str, asyncio.Task[bytes]] = {}

    async def pdf(self, document: Printable) -> bytes:
        """The print as PDF/UA; the same document gives the same bytes.

        Raises:
            PrintUnavailable: it could not be rendered.
            TypeError: this is no print of a curriculum.
        """
        if type(document) not in {Handout, Guide}:
            raise TypeError("only prints made from a curriculum are rendered and kept")
        html = await to_thread.run_sync(self._typesetter.html, document)
        self._edition = self._edition or await to_thread.run_sync(edition)
        key = key_of(html, self._edition)
        making = self._making.get(key)
        if making is None:
            making = self._making[key] = asyncio.create_task(self._make(key, html))
            making.add_done_callback(partial(self._made, key))
        return await asyncio.shield(making)

    async def close(self) -> None:
        """End what is being rendered."""
        making = list(self._making.values())
        for task in making:
            task.cancel()
        await asyncio.gather(*making, return_exceptions=True)

    async def _make(self, key: str, html: str) -> bytes:
        found = await to_thread.run_sync(self._shelf.find, key, limiter=self._one_hand)
        if found is None:
            found = await self._press.pdf(html)
            await to_thread.run_sync(self._shelf.keep, key, found, limiter=self._one_hand)
        return found

    def _made(self, key: str, done: "asyncio.Task[bytes]") -> None:
        del self._making[key]
        if not done.cancelled():
            done.exception()  # whoever waits is told; nobody waiting is no news


class PrintsState(CurriculaState):
    """The state of the application with its prints."""

    prints: Prints


@asynccontextmanager
async def open_prints(settings: Settings) -> AsyncIterator[Prints]:
    """Make the prints of this installation ready; nothing is started or read before the first is asked for."""
    prints = Prints(Press(), Shelf(Path(settings.data_dir) / FOLDER))
    try:
        yield prints
    finally:
        await prints.close()
