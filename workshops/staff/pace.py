"""Slowing down whoever tries passwords, without ever locking anybody out."""

import secrets
from datetime import datetime, timedelta
from hashlib import blake2b

from workshops.staff.rules import TRIES_REMEMBERED_FOR, delay_after

DRAWERS = 4096


class Pace:
    """The tries lately made for each handle, in the memory of one process.

    Handles are spread over a fixed number of drawers by a key that is gone when the process
    ends: the memory is bounded, cannot be flooded to make it forget, and holds no handle.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._tries: dict[int, tuple[int, datetime]] = {}

    def next_delay(self, handle: str, now: datetime) -> timedelta:
        """How long the answer to this try has to wait; the try counts as one in vain until `forget` is called."""
        drawer = self._drawer(handle)
        tries, last = self._tries.get(drawer, (0, now))
        if now - last >= TRIES_REMEMBERED_FOR:
            tries = 0
        self._tries[drawer] = (tries + 1, now)
        return delay_after(tries)

    def forget(self, handle: str) -> None:
        """Forget the tries for a handle whose owner has come in."""
        self._tries.pop(self._drawer(handle), None)

    def _drawer(self, handle: str) -> int:
        digest = blake2b(handle.encode(), digest_size=8, key=self._key).digest()
        return int.from_bytes(digest, "big") % DRAWERS
