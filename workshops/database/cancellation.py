"""Steps that must not stop half way, whatever happens to the task that asked for them."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

from anyio import CancelScope

T = TypeVar("T")


async def finish(step: Awaitable[T]) -> T:
    """Await a step to its end; a cancellation that arrives meanwhile is passed on afterwards."""
    task = asyncio.ensure_future(step)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        with CancelScope(shield=True):  # anyio would cancel again on every turn of the loop
            while not task.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait((task,))
        if not task.cancelled():
            task.exception()  # seen; the cancellation is what the caller hears of
        raise
