"""What the form says that a place costs just now, if it costs anything."""

from datetime import datetime

from workshops.curricula.state import CurriculaState
from workshops.registration.budget import level_owed
from workshops.registration.cost import PATIENCE, Budgets, is_paid, minutes_left
from workshops.registration.nonces import GOOD_FOR, read_nonce
from workshops.registration.offers import Offer
from workshops.registration.take_pages import Price
from workshops.registration.work import make_challenge
from workshops.settings import Settings


def budgets_of(settings: Settings) -> Budgets:
    return Budgets(settings.session_budget, settings.site_budget)


def price_of(offer: Offer, typed: str, state: CurriculaState, now: datetime, *, unpaid: int = 0) -> Price | None:
    """The price of a form by its own age, or None while it costs nothing.

    Args:
        offer: The session it asks a place in, and how many ask elsewhere.
        typed: The nonce that the form carries.
        state: Of the application: keys and settings.
        now: The present moment.
        unpaid: The level that was owed when the form was pressed just now, before it was paid.
    """
    nonce = read_nonce(typed, offer.session.id, state["vault"])
    assert nonce is not None  # it was made or read for this very form
    age = now - nonce.issued_at
    level = unpaid or level_owed(offer, budgets_of(state["settings"]), to_come=1)
    if is_paid(level, done=0, age=age):
        return None
    challenge = make_challenge(level, nonce, state["vault"])
    stays_good = GOOD_FOR - PATIENCE
    return Price(challenge, minutes_left(age), int(stays_good.total_seconds()) // 60, pressed=unpaid > 0)
