"""The form for a session: from what a coordinator typed to a plan, or to its faults with nothing lost."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from workshops.curricula.rules import Curriculum, Form
from workshops.errors import N_
from workshops.schedule.interpreting import MOST as INTERPRETERS_MOST
from workshops.schedule.interpreting import NO_INTERPRETERS, Interpreting
from workshops.schedule.moments import Fold, NoSuchTime, Span, TwoSuchTimes, moment_at, span_at
from workshops.schedule.plans import Answers, Plan, Reach, Shares, Teaching, Way
from workshops.schedule.rules import Audience, DirectionsMode, Visibility, usual_directions_mode
from workshops.schedule.typed import Typed
from workshops.web.forms import Rejected, Values, first
from workshops.web.languages import own_name

SKIPPED = N_("The clock goes forward that night and skips this time. Take one before or after.")
TWICE = N_("The clock goes back that night and shows this time twice. Say which of the two you mean.")
PAST = N_("This lies in the past.")
FAR = N_("This is more than two years away. Is the year right?")
LONG = N_("The evening would take more than 12 hours. Is the end right?")
NO_SUCH_LENGTH = N_("This topic cannot be taught in this length. It takes other ones.")
GONE = N_("Somebody you chose is not among those who run evenings any more. Choose again.")
NO_SEATS = N_("At least one place must be left for people with a number.")
NO_LANGUAGES = N_("Write at most %(most)s languages as codes, such as: es ar th.")
TOO_LATE = N_("This lies after the evening.")

USUAL = "usual"  # the way is told as it usually is to this audience
AHEAD = timedelta(days=731)
LONGEST = timedelta(hours=12)
SEATS_MOST = 500
EARLIEST, LATEST = 1970, 2999
OPENS_BEFORE = tuple(60 * hours for hours in (1, 2, 3, 6, 12, 24, 48, 72))  # minutes before the start
CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", re.ASCII)
CLOSES_AFTER = (0, 30, 60, 120)  # minutes after the end


@dataclass(frozen=True, slots=True)
class Offers:
    """What there is to choose among."""

    curricula: Mapping[str, Curriculum]  # by id
    venues: Mapping[str, ZoneInfo]  # the zone by the venue's id
    languages: Collection[str]
    handles: Collection[str]


def read_plan(values: Values, offers: Offers, now: datetime, former: Plan | None = None) -> Plan | Rejected:
    """Read the form for a session.

    Args:
        values: What was sent.
        offers: What there is to choose among.
        now: The present moment.
        former: The plan that is changed, if it is no new session; what it says may stay as it is.
    """
    typed = Typed(values)
    teaching = _teaching(typed, offers, former.teaching if former else None)
    venue_id = typed.choice("venue", {each: each for each in offers.venues})
    span = _span(typed, offers, teaching, venue_id)
    _ensure_ahead(typed, span, now, former)
    shares, reach, answers = _shares(typed), _reach(typed), _answers(typed)
    way = _way(typed, former.way if former else Way(), reach or Reach())
    interpreting, facilitators = _interpreting(typed, span), _facilitators(typed, offers)
    series, asks_again = typed.line("series", 60), typed.tick("asks_again")
    if typed.faults or not (teaching and venue_id and span and shares and reach and way):  # None always left a fault
        return typed.rejected(facilitator=facilitators)
    return Plan(teaching, venue_id, span, shares, reach, way, answers, interpreting, facilitators, series, asks_again)


def _teaching(typed: Typed, offers: Offers, former: Teaching | None) -> Teaching | None:
    kept = [former.curriculum] if former else []  # its file may be broken meanwhile
    curriculum = typed.choice("curriculum", {each: each for each in (*offers.curricula, *kept)})
    form = typed.choice("form", {each.value: each for each in Form})
    language = typed.choice(
        "language", {each: each for each in (*offers.languages, *([former.language] if former else []))}
    )
    known = offers.curricula.get(curriculum or "")
    if known and form and form not in known.minutes:
        typed.fault("form", NO_SUCH_LENGTH)
    return Teaching(curriculum, form, language) if curriculum and form and language else None


def _span(typed: Typed, offers: Offers, teaching: Teaching | None, venue_id: str | None) -> Span | None:
    """When it is, by the wall clock of its venue; without an end it takes as long as the topic does."""
    day, starts = typed.day("date"), typed.clock_time("starts")
    known = offers.curricula.get(teaching.curriculum) if teaching else None
    minutes = known.minutes.get(teaching.form) if known and teaching else None
    ends = typed.clock_time("ends", needed=teaching is not None and minutes is None)
    fold = {each.value: each for each in (Fold.FIRST, Fold.SECOND)}.get(first(typed.values, "fold"), Fold.REFUSE)
    if day is None or starts is None or venue_id is None or (ends is None and minutes is None):
        return None
    if not EARLIEST <= day.year <= LATEST:  # beyond, moments in UTC may not exist
        typed.fault("date", FAR if day.year > LATEST else PAST)
        return None
    zone, start = offers.venues[venue_id], datetime.combine(day, starts)
    try:
        if ends is not None:
            return span_at(start, datetime.combine(day, ends), zone, fold=fold)
        starts_at = moment_at(start, zone, fold=fold)
        return Span(starts_at, starts_at + timedelta(minutes=minutes or 0))
    except NoSuchTime as skipped:
        typed.fault("starts" if skipped.args[0] == start else "ends", SKIPPED)
    except TwoSuchTimes:
        typed.fault("fold", TWICE)
    return None


def _ensure_ahead(typed: Typed, span: Span | None, now: datetime, former: Plan | None) -> None:
    """Say what is wrong with a time that reads: it is over, too far away, or too long."""
    if span is None:
        return
    if span.starts_at <= now and not (former and former.span.starts_at == span.starts_at):
        typed.fault("date", PAST)
    if span.starts_at > now + AHEAD:
        typed.fault("date", FAR)
    if span.length > LONGEST:
        typed.fault("ends", LONG)


def _shares(typed: Typed) -> Shares | None:
    capacity, walk_in = typed.number("capacity", 1, SEATS_MOST), typed.number("walk_in", 0, SEATS_MOST)
    slips = typed.number("slips", 0, SEATS_MOST)
    if capacity is None or walk_in is None or slips is None:
        return None
    shares = Shares(capacity, walk_in, slips)
    if shares.registrable < 1:
        typed.fault("walk_in", NO_SEATS)
    return shares


def _reach(typed: Typed) -> Reach | None:
    visibility = typed.choice("visibility", {each.value: each for each in Visibility})
    audience = typed.choice("audience", {each.value: each for each in Audience})
    return Reach(visibility, audience, typed.tick("audience_shown")) if visibility and audience else None


def _way(typed: Typed, former: Way, reach: Reach) -> Way | None:
    usual = usual_directions_mode(reach.audience)
    mode = typed.choice("mode", {USUAL: usual} | {each.value: each for each in DirectionsMode})
    opens = typed.choice("opens_before", {str(each): each for each in (*OPENS_BEFORE, former.opens_before)})
    closes = typed.choice("closes_after", {str(each): each for each in (*CLOSES_AFTER, former.closes_after)})
    word, freely = typed.line("word", 24), typed.tick("moves_freely")
    return Way(mode, opens, closes, word, freely) if mode and opens is not None and closes is not None else None


def _answers(typed: Typed) -> Answers:
    concerns = " ".join(typed.lines("concerns", 300).split())
    return Answers(
        typed.line("cost", 100), typed.tick("travel_money"), typed.tick("food"), typed.tick("child_care"), concerns
    )


def _interpreting(typed: Typed, span: Span | None) -> Interpreting:
    """Languages as codes, and the last day on which an interpreter can be asked for."""
    codes = tuple(dict.fromkeys(typed.line("interpreters", 40).replace(",", " ").split()))
    if not codes:
        return NO_INTERPRETERS
    if len(codes) > INTERPRETERS_MOST or not all(CODE.fullmatch(each) and own_name(each) != each for each in codes):
        typed.fault("interpreters", NO_LANGUAGES, most=INTERPRETERS_MOST)
    until = typed.day("interpreters_until")
    if until and span and until > (span.ends_at + timedelta(days=1)).date():
        typed.fault("interpreters_until", TOO_LATE)
    return Interpreting(codes, until)


def _facilitators(typed: Typed, offers: Offers) -> tuple[str, ...]:
    chosen = tuple(sorted(set(typed.values.get("facilitator", ()))))
    if not set(chosen) <= set(offers.handles):
        typed.fault("facilitator", GONE)
    return chosen
