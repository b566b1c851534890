"""Moving a place: when a code may leave its evening for another, and how long it may wait for that."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workshops.errors import N_, Refusal

TARGET_ENDS_BEFORE = timedelta(hours=24)


class MoveClosed(Refusal):
    """It is too late to leave this evening."""

    reason = N_("This evening has begun, so its place can no longer be moved.")


class WaySeen(Refusal):
    """The code was told where; it must not be told where elsewhere too."""

    reason = N_("You have seen the way to this evening, so this number cannot move to another place. Ask at the door.")


@dataclass(frozen=True, slots=True)
class Leaving:
    """What decides whether a place may leave its evening."""

    starts_at: datetime
    late: timedelta  # after the start
    way_seen: bool
    same_venue: bool
    free_to_move: bool  # the coordinator lets people move who have seen the way


def ensure_may_leave(leaving: Leaving, now: datetime) -> None:
    """Let a place leave its evening for another.

    Raises:
        MoveClosed: the evening has begun too long ago.
        WaySeen: its directions were shown, and the other evening is elsewhere.
    """
    if now >= leaving.starts_at + leaving.late:
        raise MoveClosed
    if leaving.way_seen and not leaving.same_venue and not leaving.free_to_move:
        raise WaySeen


def target_ends_at(one: datetime, other: datetime) -> datetime:
    """Until when a code may wait for another evening: a day before the earlier of both starts."""
    return min(one, other) - TARGET_ENDS_BEFORE
