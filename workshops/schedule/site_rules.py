"""The site as a whole: hidden or not, about to be emptied or not, and whether its clock can be believed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workshops.errors import N_, Refusal

DELETION_AFTER = timedelta(minutes=15)
LARGEST_STEP = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class SiteState:
    """How the site stands.

    Attributes:
        frozen: Nothing of sessions and directions is told to anybody.
        deletion_due: When everything about participants is deleted, if that was asked for.
        high_water: The latest hour this site has lived through; None before its first one.
    """

    frozen: bool
    deletion_due: datetime | None
    high_water: datetime | None

    def doubts(self, now: datetime) -> bool:
        """Whether `now` is too far from the last hour to be believed: a wrong clock, or a machine that was off."""
        return self.high_water is not None and abs(now - self.high_water) > LARGEST_STEP

    def sure(self, now: datetime) -> datetime:
        """The present moment, or the last hour that was sure: time stands still while the clock is doubted."""
        return self.high_water if self.high_water is not None and self.doubts(now) else now

    def tells(self, now: datetime) -> bool:
        """Whether directions may be told at all."""
        return not self.frozen and not self.doubts(now)

    def is_deletion_due(self, now: datetime) -> bool:
        return self.deletion_due is not None and self.deletion_due <= now and not self.doubts(now)


def hour_lived(state: SiteState, now: datetime) -> datetime | None:
    """The hour to be remembered now; None when there is nothing new to remember, or the clock is doubted."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    known = state.high_water
    return None if known is not None and (state.doubts(now) or hour <= known) else hour


class Frozen(Refusal):
    """The site is hidden; the sentence is the same for every code and every evening."""

    reason = N_("This is not available at present. Please look again another day.")


class DeletionWaits(Refusal):
    """What is about to be deleted stays hidden until somebody stops that."""

    reason = N_("Everything is about to be deleted. Stop that first.")


class ClockDoubted(Refusal):
    """Deleting by a clock that jumped could delete too much, too early or never."""

    reason = N_("The clock has jumped. Confirm first that it is right.")
