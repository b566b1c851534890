"""Places that staff take for callers, or for a small group at the desk; who they are is not asked or kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workshops.registration.nonces import Nonce
from workshops.registration.rules import Need, QueueFull
from workshops.registration.slip_rules import Entry
from workshops.registration.taking import AlreadyUsed, Given, take_place
from workshops.schedule.site import ensure_not_frozen
from workshops.vault import Vault

MOST_PEOPLE = 4
THROUGH_STAFF = Entry(by_staff=True)


@dataclass(frozen=True, slots=True)
class Person:
    """All that is asked of somebody a place is taken for."""

    needs: Need
    interpreters: frozenset[str]  # languages


@dataclass(frozen=True, slots=True)
class Taken:
    """What one form gave: places each with a code, and how many people it had served before or could not serve."""

    given: Sequence[Given]
    used: int
    full: int


async def take_places(nonce: Nonce, people: Sequence[Person], *, vault: Vault, now: datetime) -> Taken:
    """Take a place, or a waiting spot, for each of several people; the same form always gives the same places.

    Each place is taken by itself, as if its owner had come: no one is passed over, and a group is
    served as far as there is room. Nothing given at all means that the form was too old.

    Raises:
        Absent: there is no such session.
        SessionCancelled, RegistrationClosed, QueueFull: the session says no, to the first of them already.
        Frozen: everything is hidden.
    """
    await ensure_not_frozen()
    given: list[Given] = []
    used = 0
    for number, person in enumerate(people):
        own = replace(nonce, secret=nonce.secret + bytes([number]))
        try:
            outcome = await take_place(
                own, person.needs, vault=vault, now=now, entry=THROUGH_STAFF, interpreters=person.interpreters
            )
        except QueueFull:
            if not given and not used:
                raise
            return Taken(given, used, len(people) - number)
        if isinstance(outcome, Given):
            given.append(outcome)
        elif isinstance(outcome, AlreadyUsed):
            used += 1
    return Taken(given, used, 0)
