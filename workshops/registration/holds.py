"""How long a place is held for the next in the queue: waking hours, never past the last call."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workshops.schedule.rules import quarter_after


@dataclass(frozen=True, slots=True)
class HoldLimits:
    """How long a place is held: one part in so many of the time left, within bounds of waking hours."""

    part: int = 3
    least: timedelta = timedelta(hours=2)
    most: timedelta = timedelta(hours=24)


USUAL = HoldLimits()


@dataclass(frozen=True, slots=True)
class SleepHours:
    """When the site's people sleep, by the venue's wall clock; equal ends mean never."""

    starts: time
    ends: time
    zone: ZoneInfo

    def hold(self, moment: datetime) -> bool:
        """Whether they hold this moment."""
        at = moment.astimezone(self.zone).time()
        if self.starts < self.ends:
            return self.starts <= at < self.ends
        return self.starts != self.ends and (at >= self.starts or at < self.ends)

    def next(self, at: time, after: datetime) -> datetime:
        """The next moment, later than `after`, at which the wall clock shows `at`."""
        wall = after.astimezone(self.zone)
        day = wall.date()
        moment = datetime.combine(day, at, self.zone).astimezone(UTC)
        while moment <= after:
            day += timedelta(days=1)
            moment = datetime.combine(day, at, self.zone).astimezone(UTC)
        return moment


def held_until(  # noqa: PLR0913 (the session's hours, the site's, and what went before)
    now: datetime,
    starts_at: datetime,
    last_call: datetime,
    sleep: SleepHours,
    limits: HoldLimits = USUAL,
    *,
    lapses: int = 0,
) -> datetime | None:
    """Until when a seat that comes free now is held for the head of the queue.

    A part of the time left to the start, usually a third, at least 2 and at most 24 waking
    hours, getting smaller with each lapse; to the quarter hour, not past the last call,
    never ending while people sleep.

    Returns:
        None when the last call leaves no waking time: then whoever waiting looks first has it.
    """
    share = (starts_at - now) / (limits.part * (lapses + 1))
    end = quarter_after(after_waking(now, min(max(share, limits.least), limits.most), sleep))
    end = min(end, last_call)
    if sleep.hold(end):
        end = sleep.next(sleep.starts, end - timedelta(days=1))
    return end if end > now else None


def promised_until(  # noqa: PLR0913 (the same)
    now: datetime,
    starts_at: datetime,
    last_call: datetime,
    sleep: SleepHours,
    limits: HoldLimits = USUAL,
    *,
    lapses: int = 0,
) -> datetime | None:
    """The earliest end of any hold that is given from now on: who looks once until then misses no turn.

    While people are awake, a hold that begins later ends later. While they sleep, the time left gets
    shorter and no waking hour passes: of a night, a hold that begins at its very end ends first.

    Returns:
        None when nothing is held any more.
    """
    begins = [now]
    while sleep.starts != sleep.ends and begins[-1] < last_call:
        begins.append(sleep.next(sleep.ends, begins[-1]))
    ends = (held_until(each, starts_at, last_call, sleep, limits, lapses=lapses) for each in begins)
    return min((end for end in ends if end is not None), default=None)


def after_waking(now: datetime, length: timedelta, sleep: SleepHours) -> datetime:
    """The moment at which `length` of waking time has passed since `now`."""
    if sleep.starts == sleep.ends:
        return now + length
    moment = sleep.next(sleep.ends, now) if sleep.hold(now) else now
    while True:
        bedtime = sleep.next(sleep.starts, moment)
        if moment + length < bedtime:
            return moment + length
        length -= bedtime - moment
        moment = sleep.next(sleep.ends, bedtime)


def before_waking(now: datetime, length: timedelta, sleep: SleepHours) -> datetime:
    """The latest moment from which `length` of waking time passes until `now`."""
    if sleep.starts == sleep.ends:
        return now - length
    day, instant = timedelta(days=1), timedelta(microseconds=1)
    moment = sleep.next(sleep.starts, now - day) if sleep.hold(now - instant) else now
    while True:
        woke = sleep.next(sleep.ends, moment - day - instant)
        if woke > moment:  # a clock change made the day longer
            woke = sleep.next(sleep.ends, moment - 2 * day)
        if moment - length >= woke:
            return moment - length
        length -= moment - woke
        moment = sleep.next(sleep.starts, woke - day)
