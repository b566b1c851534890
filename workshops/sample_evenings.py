"""The evenings that samples are: when each of them is, seen from the moment at which somebody starts."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workshops.curricula.rules import Form
from workshops.schedule.moments import Fold, NoSuchTime, moment_at
from workshops.schedule.nights import night_of


@dataclass(frozen=True, slots=True)
class Evening:
    """One sample session: days from today, wall time, and what is particular about it."""

    day: int
    at: time
    curriculum: str
    form: Form
    venue: int
    capacity: int = 12
    cancelled: bool = False
    full: bool = False


class Letters:
    """A letter for each evening of a night, so that neutral titles are told apart."""

    def __init__(self, small_hours_end: time) -> None:
        self._small_hours_end = small_hours_end
        self._given: dict[date, int] = {}

    def next(self, starts_at: datetime, zone: ZoneInfo) -> str:
        night = night_of(starts_at, zone, self._small_hours_end)
        self._given[night] = self._given.get(night, 0) + 1
        return "ABCDEFGH"[self._given[night] - 1]


EVENINGS = (
    Evening(0, time(21, 30), "know-your-rights", Form.STANDARD, 0),
    Evening(1, time(14, 30), "safety-negotiation", Form.SHORT, 1),
    Evening(3, time(18), "de-escalation", Form.STANDARD, 0),
    Evening(4, time(23), "know-your-rights", Form.STANDARD, 0),
    Evening(6, time(0, 30), "safety-negotiation", Form.SHORT, 1),
    Evening(8, time(17, 30), "safety-negotiation", Form.STANDARD, 1, capacity=6, full=True),
    Evening(9, time(14), "know-your-rights", Form.SHORT, 1),
    Evening(11, time(22), "de-escalation", Form.STANDARD, 0, cancelled=True),
    Evening(13, time(21), "de-escalation", Form.LONG, 0),
    Evening(15, time(18), "know-your-rights", Form.LONG, 0),
    Evening(17, time(13, 30), "de-escalation", Form.SHORT, 1),
    Evening(19, time(23, 15), "safety-negotiation", Form.STANDARD, 0),
    Evening(22, time(18, 30), "know-your-rights", Form.STANDARD, 1),
    Evening(25, time(21, 30), "safety-negotiation", Form.STANDARD, 0),
    Evening(27, time(15), "know-your-rights", Form.STANDARD, 1),
)

HEADWAY = timedelta(hours=1)  # whoever starts now needs some time to find tonight's evening
LATER = (time(0, 30), time(2), time(3, 30))  # tonight's, where it is too late for the first
LEADS = (timedelta(minutes=30), timedelta(minutes=5), timedelta())  # where it is too late for these, too


def planned(zone: ZoneInfo, small_hours_end: time, now: datetime) -> list[tuple[Evening, datetime]]:
    """The evenings with their starts; where it is too late for tonight's there is one more, later tonight.

    In the last minutes of a night nothing can begin before it ends, and there is none.
    """
    today = now.astimezone(zone).date()
    starts = [_moment(today + timedelta(days=each.day), each.at, zone) for each in EVENINGS]
    if starts[0] <= now + HEADWAY:
        starts[0] += timedelta(days=1)
    night = night_of(now, zone, small_hours_end)
    if night_of(starts[0], zone, small_hours_end) == night:
        return list(zip(EVENINGS, starts, strict=True))
    later = (_moment(night + timedelta(days=1), at, zone) for at in LATER)
    possible = [*(each for each in later if each > now + HEADWAY), *(_soon(now, lead) for lead in LEADS)]
    tonight = [(EVENINGS[0], each) for each in possible if night_of(each, zone, small_hours_end) == night]
    return [*tonight[:1], *zip(EVENINGS, starts, strict=True)]


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    wall = datetime.combine(day, at)
    try:
        return moment_at(wall, zone, fold=Fold.FIRST)
    except NoSuchTime:
        return moment_at(wall + timedelta(hours=1), zone, fold=Fold.FIRST)


def _soon(now: datetime, lead: timedelta) -> datetime:
    """The next full five minutes after a while."""
    soon = now + lead + timedelta(minutes=5)
    return soon.replace(minute=soon.minute // 5 * 5, second=0, microsecond=0)
