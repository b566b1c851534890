"""What a place costs while many people ask: nothing, a few seconds of a phone's work, or ten minutes' patience.

A budget only ever raises the cost. Nobody is refused: a form that has waited is good whatever the load.
"""

from dataclasses import dataclass
from datetime import timedelta

MOST = 3
PATIENCE = timedelta(minutes=11)  # ten minutes, and the one to which forms are dated


@dataclass(frozen=True, slots=True)
class Budgets:
    """How many takes cost nothing in about a quarter of an hour: for one session, and for the site."""

    session: int
    site: int


@dataclass(frozen=True, slots=True)
class Load:
    """The takes of late, this one among them; for one session, and for the whole site."""

    session: int
    site: int


def owed(load: Load, budgets: Budgets) -> int:
    """The level of work that a place costs: 0 is none, and each further level is twice the work, up to `MOST`."""
    return max(_level(load.session, budgets.session), _level(load.site, budgets.site))


def _level(takes: int, budget: int) -> int:
    return sum(takes > budget * 2**doubled for doubled in range(MOST))


def is_paid(level: int, *, done: int, age: timedelta) -> bool:
    """Whether a form may take a place where `level` is owed.

    Args:
        level: What is owed now.
        done: The level of the work that came with the form; it may be one too low, since the
            load goes on rising while a phone works.
        age: How old the form is; from `PATIENCE` on nothing else counts.
    """
    return level == 0 or age >= PATIENCE or done >= max(level - 1, 1)


def minutes_left(age: timedelta) -> int:
    """How many minutes a form of this age still has to wait, rounded up."""
    return max(0, -(-(PATIENCE - age) // timedelta(minutes=1)))


@dataclass(frozen=True, slots=True)
class Terms:
    """What a form that asks for a place is judged by: the budgets, and the work that came with it."""

    budgets: Budgets
    solution: str = ""
