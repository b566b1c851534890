"""Paper slips: what a batch is, which sessions its slips lead to, and what their holders are refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workshops.errors import N_, Refusal
from workshops.registration.codes import Code

MOST_SLIPS = 200  # in one batch


class SlipKind(StrEnum):
    """Who gives the slips of a batch out."""

    OUTREACH = "outreach"
    PARTNER = "partner"
    DOOR = "door"


@dataclass(frozen=True, slots=True)
class Reach:
    """The session or the series that slips are for; neither means any session."""

    session_id: str | None = None
    series_id: str | None = None

    def covers(self, session_id: str, series_id: str | None) -> bool:
        if self.session_id is not None:
            return self.session_id == session_id
        return self.series_id is None or self.series_id == series_id


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """A batch as a coordinator wants it printed."""

    kind: SlipKind
    placed: bool  # each slip is a place already
    reach: Reach
    count: int
    expires_at: datetime  # a full hour


@dataclass(frozen=True, slots=True)
class Entry:
    """How somebody comes to a place: by the public form, with a paper slip, or through staff."""

    slip: Code | None = None
    by_staff: bool = False

    @property
    def vouched(self) -> bool:
        """Whether somebody of ours has met them, on paper or by voice: they may read a way that only slips lead to."""
        return self.by_staff or self.slip is not None


OPENLY = Entry()


class SlipNeeded(Refusal):
    """The session is for who holds a slip."""

    reason = N_("This evening is by invitation: its places are taken with a paper slip.")


class SlipGone(Refusal):
    """The slip gives no place here: unknown, used, withdrawn, expired, or for another session."""

    reason = N_("This slip gives no place here. Its number may be wrong, used, withdrawn or too old.")


class ShareTooSmall(Refusal):
    """More place slips than the seats that are kept for slips and free."""

    reason = N_("Of the places kept for slips, %(free)s are free. Keep more for slips, or print fewer.")


def hour_at_or_after(moment: datetime) -> datetime:
    """The full hour at a moment, or the next one: all that is kept of when a batch ends."""
    hour = moment.replace(minute=0, second=0, microsecond=0)
    return hour if hour == moment else hour + timedelta(hours=1)
