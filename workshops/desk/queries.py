"""Questions that join the features below: what has to be arranged for an evening."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from workshops.registration.models import Place
from workshops.registration.rules import Need, PlaceState

SEATED = (PlaceState.CONFIRMED, PlaceState.HELD)


@dataclass(frozen=True, slots=True)
class Ticked:
    """How often each need is ticked among the places of a session, and each language of an interpreter."""

    needs: Counter[Need] = field(default_factory=Counter)
    interpreters: Counter[str] = field(default_factory=Counter)  # by the code of the language


async def ticked_needs(session_ids: Collection[str]) -> Mapping[str, Ticked]:
    """What is ticked for each session; sums, never a place."""
    sums = {session_id: Ticked() for session_id in session_ids}
    seated = Place.filter(session_id__in=list(session_ids), state__in=SEATED, needs__gt=0)
    for session_id, needs, interpreters in await seated.values_list("session_id", "needs", "interpreters"):
        ticked = sums[str(session_id)]
        ticked.needs.update(need for need in Need if need in Need(needs))
        ticked.interpreters.update(str(interpreters).split())
    return sums
