"""How many people ask at present, read off what is kept anyway: no visitor, no address and no time is noted for it."""

from datetime import datetime

from tortoise.expressions import F

from workshops.registration.cost import MOST, Budgets, Load, is_paid, owed
from workshops.registration.nonces import Nonce
from workshops.schedule.models import Session
from workshops.schedule.rules import SessionState


class NotPaid(Exception):  # noqa: N818 (undoes a claim; the answer is the same form again, with its price)
    """A form has neither waited nor brought the work that is owed now."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.level = level


async def level_owed(session: Session, budgets: Budgets, now: datetime, *, to_come: int = 0) -> int:
    """The level of work that a place in this session costs now.

    Each coming session's row counts its own takes of late, in the update that claims a seat: counting writes
    nothing more, and asking reads few rows however many people ask.

    Args:
        session: Whose row may count the take in question already.
        budgets: What costs nothing.
        now: The present moment.
        to_come: 1 where the row does not count it yet.
    """
    coming = Session.filter(state=SessionState.PUBLISHED, starts_at__gt=now, recent_takes__gt=0)
    others = await coming.exclude(id=session.id).only("recent_takes")
    takes = session.recent_takes + to_come
    return owed(Load(takes, takes + sum(each.recent_takes for each in others)), budgets)


async def ensure_paid(session: Session, nonce: Nonce, done: int, budgets: Budgets, now: datetime) -> None:
    """Let a form take a place whose take is already counted in the session's row.

    Raises:
        NotPaid: it costs more than the form brought.
    """
    age = now - nonce.issued_at
    if is_paid(MOST, done=done, age=age):
        return
    level = await level_owed(session, budgets, now)
    if not is_paid(level, done=done, age=age):
        raise NotPaid(level)


async def let_load_down() -> None:
    """Forget half of every session's takes of late; the sweep does so each quarter of an hour.

    One statement for each session: takes that come meanwhile count, and no two rows are locked at once.
    """
    busy = await Session.filter(recent_takes__gt=0).order_by("id").values_list("id", flat=True)
    for session_id in busy:
        await Session.filter(id=session_id).update(recent_takes=F("recent_takes") / 2)
