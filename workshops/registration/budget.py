"""How many people ask at present, read off what is kept anyway: no visitor, no address and no time is noted for it."""

from datetime import datetime

from tortoise.expressions import F

from workshops.registration.cost import Budgets, Load, is_paid, owed
from workshops.registration.nonces import Nonce
from workshops.registration.offers import Offer
from workshops.schedule.models import Session


class NotPaid(Exception):  # noqa: N818 (undoes a claim; the answer is the same form again, with its price)
    """A form has neither waited nor brought the work that is owed now."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.level = level


def level_owed(offer: Offer, budgets: Budgets, *, to_come: int = 0) -> int:
    """The level of work that a place costs now.

    Each coming session's row counts its own takes of late, in the update that claims a seat: counting writes
    nothing more, and asking reads few rows however many people ask.

    Args:
        offer: Whose session may count the take in question already.
        budgets: What costs nothing.
        to_come: 1 where the row does not count it yet.
    """
    takes = offer.session.recent_takes + to_come
    return owed(Load(takes, takes + offer.elsewhere), budgets)


def ensure_paid(offer: Offer, nonce: Nonce, done: int, budgets: Budgets, now: datetime) -> None:
    """Let a form take a place whose take is already counted in the session's row.

    Raises:
        NotPaid: it costs more than the form brought.
    """
    level = level_owed(offer, budgets)
    if not is_paid(level, done=done, age=now - nonce.issued_at):
        raise NotPaid(level)


async def let_load_down() -> None:
    """Forget half of every session's takes of late; the sweep does so each quarter of an hour.

    One statement for each session: takes that come meanwhile count, and no two rows are locked at once.
    """
    busy = await Session.filter(recent_takes__gt=0).order_by("id").values_list("id", flat=True)
    for session_id in busy:
        await Session.filter(id=session_id).update(recent_takes=F("recent_takes") / 2)
