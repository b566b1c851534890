"""Leases: of several processes, one does a recurring task."""

from datetime import datetime, timedelta

from tortoise.exceptions import IntegrityError

from workshops.database.connection import transaction
from workshops.database.models import Lease


async def take_lease(name: str, holder: str, length: timedelta, now: datetime) -> bool:
    """Take or prolong a lease; False while another process holds it."""
    until = now + length
    async with transaction():
        if await Lease.filter(name=name, holder=holder).update(until=until):
            return True
        if await Lease.filter(name=name, until__lte=now).update(holder=holder, until=until):
            return True
    try:
        async with transaction():
            await Lease.create(name=name, holder=holder, until=until)
    except IntegrityError:
        return False
    return True


async def give_back_lease(name: str, holder: str) -> None:
    """Let another process have a lease at once, because this one ends."""
    async with transaction():
        await Lease.filter(name=name, holder=holder).delete()
