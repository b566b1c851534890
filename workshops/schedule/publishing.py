"""What a session needs before it may stand on public pages, and what coordinators are refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from workshops.curricula.rules import Curriculum, Status
from workshops.errors import N_, Refusal
from workshops.schedule.plans import Plan
from workshops.schedule.rules import DirectionsMode, SessionState, VenueKind


class Missing(Enum):
    """Why a session cannot be published as it is; the values are sentences for coordinators."""

    FUTURE = N_("The start lies in the past.")
    TEACHING_FILE = N_("The teaching file is missing or has faults.")
    CURRENT_TOPIC = N_("The topic is retired.")
    FORM = N_("The topic cannot be taught in this length.")
    OPEN_VENUE = N_("The venue is no longer used.")
    DIRECTIONS = N_("The venue has no directions, so nobody with a place would find it.")
    MEETING_POINT = N_("People are to be told a meeting point, but the venue is none.")
    CLOSED_LINE = N_("The way into an online room or a phone line cannot be told to everyone.")
    CONCERNS = N_("Nothing is said about whom to turn to with a worry, and what that person must pass on.")


@dataclass(frozen=True, slots=True)
class Site:
    """What publishing has to know of a venue."""

    kind: VenueKind
    retired: bool
    has_directions: bool


def missing_for(plan: Plan, site: Site, curriculum: Curriculum | None, now: datetime) -> list[Missing]:
    """All that keeps a session from public pages; empty when it may stand there.

    Args:
        plan: What the coordinator decided.
        site: The venue.
        curriculum: What it teaches, if the catalogue has that without faults.
        now: The present moment.
    """
    findings = {
        Missing.FUTURE: plan.span.starts_at <= now,
        Missing.TEACHING_FILE: curriculum is None,
        Missing.CURRENT_TOPIC: curriculum is not None and curriculum.status is Status.RETIRED,
        Missing.FORM: curriculum is not None and plan.teaching.form not in curriculum.minutes,
        Missing.OPEN_VENUE: site.retired,
        Missing.DIRECTIONS: plan.way.mode is not DirectionsMode.SLIPS and not site.has_directions,
        Missing.MEETING_POINT: plan.way.mode is DirectionsMode.MEETING and site.kind is not VenueKind.MEETING,
        Missing.CLOSED_LINE: plan.way.mode is DirectionsMode.PUBLIC
        and site.kind in {VenueKind.ONLINE, VenueKind.PHONE},
        Missing.CONCERNS: not plan.answers.concerns,
    }
    return [missing for missing, found in findings.items() if found]


class NotReady(Refusal):
    """Something is missing for public pages."""

    reason = N_("This evening cannot stand on the public pages like this. Nothing was changed.")

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__()
        self.missing = missing


class PlacesGiven(Refusal):
    """There would be fewer places than are given."""

    reason = N_("%(taken)s places are given; there cannot be fewer. What is kept for the door counts extra.")


class SlipPlacesGiven(PlacesGiven):
    """There would be fewer places for slips than slips have taken."""

    reason = N_("%(taken)s places are given to slips; fewer cannot be kept for them.")


class StaysCancelled(Refusal):
    reason = N_("This evening is cancelled, and people were told so. Plan a new one instead.")


class EveningOver(Refusal):
    reason = N_("This evening is over. Nothing about it can be changed any more.")


class ChangedMeanwhile(Refusal):
    """Somebody saved another plan since the form was opened."""

    reason = N_("Somebody else changed this evening meanwhile. Nothing was saved. Saving again replaces what they did.")


def ensure_changeable(state: SessionState, ends_at: datetime, now: datetime) -> None:
    """Let coordinators change only what is still to come.

    Raises:
        StaysCancelled: it was cancelled.
        EveningOver: it has ended.
    """
    if state is SessionState.CANCELLED:
        raise StaysCancelled
    if now >= ends_at:
        raise EveningOver
