"""Questions that join the features below: what has to be arranged for an evening."""

from collections import Counter
from collections.abc import Collection, Mapping

from workshops.registration.models import Place
from workshops.registration.rules import Need, PlaceState

SEATED = (PlaceState.CONFIRMED, PlaceState.HELD)


async def ticked_needs(session_ids: Collection[str]) -> Mapping[str, Counter[Need]]:
    """How often each need is ticked among the places of each session; sums, never a place."""
    sums: dict[str, Counter[Need]] = {session_id: Counter() for session_id in session_ids}
    seated = Place.filter(session_id__in=list(session_ids), state__in=SEATED, needs__gt=0)
    for session_id, needs in await seated.values_list("session_id", "needs"):
        sums[str(session_id)].update(need for need in Need if need in Need(needs))
    return sums
