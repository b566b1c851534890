"""Still coming? Where many wait, a session may ask once, long before its last call, in waking hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workshops.registration.holds import SleepHours, after_waking, before_waking

LEAST = timedelta(hours=12)  # waking hours to answer
OPEN_FOR = timedelta(hours=16)  # waking hours
LEFT_TO_PASS_ON = timedelta(hours=2)  # waking hours before the last call


@dataclass(frozen=True, slots=True)
class Asking:
    """From when until when a look at a place answers the question."""

    opens_at: datetime
    closes_at: datetime

    def may_begin(self, now: datetime, sleep: SleepHours) -> bool:
        """Whether the question can be put now: everybody would still have their waking hours to answer."""
        return self.opens_at <= now and after_waking(now, LEAST, sleep) <= self.closes_at

    def is_over(self, now: datetime) -> bool:
        return now >= self.closes_at


def asking_of(last_call: datetime, sleep: SleepHours) -> Asking:
    """When a session with this last call asks."""
    closes_at = before_waking(last_call, LEFT_TO_PASS_ON, sleep)
    return Asking(before_waking(closes_at, OPEN_FOR, sleep), closes_at)
