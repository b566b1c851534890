"""What the desk reads about paper slips and about people who call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from workshops.errors import N_
from workshops.registration.callers import MOST_PEOPLE, Person
from workshops.registration.forms import read_interpreters, read_needs
from workshops.registration.slip_rules import MOST_SLIPS, BatchPlan, Reach, SlipKind, hour_at_or_after
from workshops.schedule.moments import Fold, NoSuchTime, moment_at
from workshops.schedule.typed import Typed
from workshops.web.forms import Rejected, Values

ANY = "any"
INVITATION, PLACE = "invitation", "place"
GOOD_FOR = timedelta(days=14)  # unless a coordinator says otherwise
LONGEST = timedelta(days=366)
NO_EVENING = N_("A slip that is a place already needs one evening.")
SKIPPED = N_("The clock goes forward that night and skips this time. Take one before or after.")
PAST = N_("This lies in the past.")
FAR = N_("This is more than a year away. Is the year right?")


@dataclass(frozen=True, slots=True)
class SlipOffers:
    """What slips can be for."""

    ends: Mapping[str, datetime]  # of sessions, by id
    zones: Mapping[str, ZoneInfo]  # of their venues, by the session's id
    series: Sequence[str]  # ids
    zone: ZoneInfo  # of the site


def texts_of_new_batch(session_id: str, now: datetime, zone: ZoneInfo) -> Mapping[str, str]:
    """What the form for a batch holds before anything is typed."""
    until = (now + GOOD_FOR).astimezone(zone).date().isoformat()
    chosen = {"reach": session_id or ANY, "form": INVITATION, "kind": SlipKind.OUTREACH.value}
    return {**chosen, "count": "20", "until": until, "at": "18:00"}


def read_batch(values: Values, offers: SlipOffers, now: datetime) -> BatchPlan | Rejected:
    """Read the form for a batch; place slips are good as long as their evening lasts."""
    typed = Typed(values)
    kind = typed.choice("kind", {each.value: each for each in SlipKind})
    placed = typed.choice("form", {INVITATION: False, PLACE: True})
    reaches = {ANY: Reach()} | {each: Reach(series_id=each) for each in offers.series}
    reach = typed.choice("reach", reaches | {each: Reach(each) for each in offers.ends})
    count = typed.number("count", 1, MOST_SLIPS)
    if placed and reach and reach.session_id is None:
        typed.fault("reach", NO_EVENING)
    session_id = (reach and reach.session_id) or ""
    zone = offers.zones.get(session_id, offers.zone)
    expires_at = offers.ends.get(session_id) if placed else _expiry(typed, zone, now)
    if typed.faults or kind is None or placed is None or reach is None or count is None or expires_at is None:
        return typed.rejected()
    return BatchPlan(kind, placed, reach, count, hour_at_or_after(expires_at))


def read_people(values: Values) -> Sequence[Person]:
    """What is ticked for each of the people that places are taken for."""
    numbers = [str(number) for number in range(1, MOST_PEOPLE + 1)]
    wanted = [number for number in numbers if number in values.get("person", ())]
    own = [{name: values.get(f"{name}-{number}", ()) for name in ("need", "interpreter")} for number in wanted]
    return [Person(read_needs(each), read_interpreters(each)) for each in own]


def _expiry(typed: Typed, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When invitation slips end, by the clock on the wall; the first of two where it shows an hour twice."""
    day, at = typed.day("until"), typed.clock_time("at")
    if day is None or at is None:
        return None
    if not now.year <= day.year <= (now + LONGEST).year:
        typed.fault("until", PAST if day.year < now.year else FAR)
        return None
    try:
        moment = moment_at(datetime.combine(day, at), zone, fold=Fold.FIRST)
    except NoSuchTime:
        typed.fault("at", SKIPPED)
        return None
    if not now < moment <= now + LONGEST:
        typed.fault("until", PAST if moment <= now else FAR)
    return moment
