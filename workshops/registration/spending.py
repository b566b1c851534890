"""Using a slip up: inside the transaction that gives its place, and without a trace of which slip it was."""

from datetime import datetime

from tortoise.expressions import F

from workshops.registration.codes import Code
from workshops.registration.models import Slip
from workshops.registration.slip_queries import find_slip, slips_wait
from workshops.registration.slip_rules import Entry, SlipGone, SlipNeeded
from workshops.schedule.models import Session
from workshops.schedule.rules import Visibility
from workshops.vault import Vault


async def claim_slip_seat(session_id: str, epoch: int) -> bool:
    """Claim a seat of the slips' share for somebody who comes with a slip, past nobody who waits with one."""
    session = Session.filter(id=session_id, epoch=epoch)
    free = session.filter(slip_taken__lt=F("slip_share"))
    if not await free.update(slip_taken=F("slip_taken") + 1):
        return False
    if await slips_wait(session_id):
        await session.update(slip_taken=F("slip_taken") - 1)
        return False
    return True


async def let_in(entry: Entry, session: Session, vault: Vault, now: datetime) -> None:
    """Let somebody into a session whose seat or waiting spot is claimed already; a slip is spent by this.

    Raises:
        SlipNeeded: the session is for who holds a slip.
        SlipGone: the slip is none, or none for this session.
    """
    if entry.slip is not None:
        await _spend(entry.slip, session, vault, now)
    elif session.visibility == Visibility.SLIP and not entry.by_staff:
        raise SlipNeeded


async def _spend(code: Code, session: Session, vault: Vault, now: datetime) -> None:
    """Delete a slip; of several who use it at once, one finds it there to delete."""
    slip = await find_slip(code, vault, now)
    if slip is None or not slip.batch.reach.covers(session.id, session.series_id):
        raise SlipGone
    if not await Slip.filter(digest=slip.digest).delete():
        raise SlipGone
