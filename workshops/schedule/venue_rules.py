"""What a venue is told to be, and what coordinators are refused about venues and areas."""

from dataclasses import dataclass, field

from workshops.errors import N_, Refusal
from workshops.schedule.rules import VenueKind


@dataclass(frozen=True, slots=True)
class VenueFacts:
    """A venue as a coordinator describes it."""

    name: str  # for staff only
    kind: VenueKind
    area_id: str
    zone: str  # IANA name
    step_free: bool = False
    last_transport: str = ""
    directions: str = field(default="", repr=False)
    keep_directions: bool = False
    retired: bool = False

    @property
    def shown(self) -> tuple[object, ...]:
        """The facts that anyone may read of it on the page of a session."""
        return (self.kind, self.area_id, self.step_free, self.last_transport)


class ZoneInUse(Refusal):
    reason = N_("Evenings are planned here by the present time zone. Move or cancel them first.")


class VenueInUse(Refusal):
    reason = N_("Evenings are still planned here: %(count)s. Move or cancel them first.")


class DirectionsInUse(Refusal):
    reason = N_("Evenings here are public already, and people need the directions to find them.")


class AreaExists(Refusal):
    reason = N_("There is an area of this name already.")
