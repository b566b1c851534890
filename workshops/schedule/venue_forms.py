"""The forms for venues and areas."""

from collections.abc import Collection, Mapping
from typing import Any
from zoneinfo import available_timezones

from workshops.errors import N_
from workshops.schedule.plan_texts import TICKED
from workshops.schedule.rules import VenueKind
from workshops.schedule.typed import Typed
from workshops.schedule.venue_rules import VenueFacts
from workshops.web.forms import Rejected, Values

NO_ZONE = N_("No time zone is called that. Take a name such as Europe/Berlin.")
DIRECTIONS_MOST = 2000


def read_venue(values: Values, area_ids: Collection[str]) -> VenueFacts | Rejected:
    """Read the form for a venue."""
    typed = Typed(values)
    name = typed.line("name", 60, needed=True)
    kind = typed.choice("kind", {each.value: each for each in VenueKind})
    area_id = typed.choice("area", {each: each for each in area_ids})
    zone = typed.line("zone", 40, needed=True)
    if zone and zone not in available_timezones():
        typed.fault("zone", NO_ZONE)
    last_transport = typed.line("last_transport", 200)
    directions = typed.lines("directions", DIRECTIONS_MOST)
    if typed.faults or not (kind and area_id):  # None always left a fault
        return typed.rejected()
    step_free, keep, retired = (typed.tick(each) for each in ("step_free", "keep_directions", "retired"))
    return VenueFacts(name, kind, area_id, zone, step_free, last_transport, directions, keep, retired)


def texts_of_venue(facts: VenueFacts) -> Mapping[str, Any]:
    """All fields of the form for a venue."""
    return {
        "name": facts.name,
        "kind": facts.kind.value,
        "area": facts.area_id,
        "zone": facts.zone,
        "step_free": TICKED if facts.step_free else "",
        "last_transport": facts.last_transport,
        "directions": facts.directions,
        "keep_directions": TICKED if facts.keep_directions else "",
        "retired": TICKED if facts.retired else "",
    }


def read_area(values: Values) -> str | Rejected:
    """Read the label of an area."""
    typed = Typed(values)
    label = typed.line("label", 60, needed=True)
    return typed.rejected() if typed.faults else label
