"""Renders prints one at a time in a process of its own, which can be killed."""

import importlib.metadata
import logging
import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import anyio
from anyio import to_process

from workshops.errors import N_, NotNow
from workshops.handouts.worker import NotRendered, render

log = logging.getLogger("workshops")

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


class PrintUnavailable(NotNow):
    """A print could not be rendered."""

    reason = N_("This print could not be made just now. Try again in a few minutes.")


class Press:
    """One worker process, started by the first print and gone when nobody prints."""

    def __init__(self, seconds: float = 60) -> None:
        self._seconds = seconds
        self._one_at_a_time = anyio.CapacityLimiter(1)

    async def pdf(self, html: str) -> bytes:
        """Render HTML; waiting for one's turn does not count against the time.

        Raises:
            PrintUnavailable: it took too long, or the worker failed or died.
        """
        async with self._one_at_a_time:
            try:
                with anyio.fail_after(self._seconds):
                    return await self._render(html)
            except (TimeoutError, NotRendered, anyio.BrokenWorkerProcess, OSError) as error:
                kind = str(error) if isinstance(error, NotRendered) else type(error).__name__
                log.error("A print could not be made: %s", kind)  # noqa: TRY400 (a trace may hold its text)
                raise PrintUnavailable from None

    async def _render(self, html: str) -> bytes:
        try:
            return await to_process.run_sync(render, html, cancellable=True)
        except anyio.BrokenWorkerProcess:  # it may just have gone home; what kills a second one is the print
            return await to_process.run_sync(render, html, cancellable=True)


def edition() -> str:
    """What the bytes of a print depend on besides its HTML: WeasyPrint and the installed fonts."""
    digest = blake2b(importlib.metadata.version("weasyprint").encode(), digest_size=16)
    for font in sorted(_fonts()):
        digest.update(font.encode())
    return digest.hexdigest()


def _fonts() -> Iterator[str]:
    for folder in FONT_FOLDERS:
        # os.path leaves a `~` alone where nobody knows the home; pathlib would raise.
        for file in Path(os.path.expanduser(folder)).rglob("*.[to]tf"):  # noqa: PTH111 (for that reason)
            if file.is_file():
                yield f"{file}:{file.stat().st_size}\n"
