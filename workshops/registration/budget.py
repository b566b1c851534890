"""How many people ask at present, read off what is kept anyway: no visitor, no address and no time is noted for it."""

from datetime import datetime

from tortoise.expressions import F

from workshops.registration.cost import MOST, Budgets, Load, is_paid, owed
from workshops.registration.models import UsedNonce
from workshops.registration.nonces import Nonce
from workshops.schedule.models import Session


class NotPaid(Exception):  # noqa: N818 (undoes a claim; the answer is the same form again, with its price)
    """A form has neither waited nor brought the work that is owed now."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.level = level


async def level_owed(takes: int, budgets: Budgets, now: datetime) -> int:
    """The level of work that a place costs now.

    The session's row counts its own takes of late; those of the whole site are the used forms
    that are still remembered, so that counting them writes nothing.

    Args:
        takes: Of the session, this one among them.
        budgets: What costs nothing.
        now: The present moment.
    """
    site = await UsedNonce.filter(gone_at__gt=now).count() + 1
    return owed(Load(takes, site), budgets)


async def ensure_paid(session: Session, nonce: Nonce, done: int, budgets: Budgets, now: datetime) -> None:
    """Let a form take a place whose take is already counted in the session's row.

    Raises:
        NotPaid: it costs more than the form brought.
    """
    age = now - nonce.issued_at
    if is_paid(MOST, done=done, age=age):
        return
    level = await level_owed(session.recent_takes, budgets, now)
    if not is_paid(level, done=done, age=age):
        raise NotPaid(level)


async def let_load_down() -> None:
    """Forget half of every session's takes of late; the sweep does so each quarter of an hour.

    One statement for each session: takes that come meanwhile count, and no two rows are locked at once.
    """
    busy = await Session.filter(recent_takes__gt=0).order_by("id").values_list("id", flat=True)
    for session_id in busy:
        await Session.filter(id=session_id).update(recent_takes=F("recent_takes") / 2)
