"""A plan as its form shows it: the texts that read back as the same plan."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from workshops.schedule.forms import USUAL
from workshops.schedule.moments import Fold, Span, TwoSuchTimes, moment_at, span_at, wall_at
from workshops.schedule.plans import Answers, Plan, Reach, Way

TICKED = "yes"


def texts_of(plan: Plan, zone: ZoneInfo) -> Mapping[str, Any]:
    """All fields of the form for a plan at a venue in `zone`."""
    return {
        "curriculum": plan.teaching.curriculum,
        "form": plan.teaching.form.value,
        "language": plan.teaching.language,
        "venue": plan.venue_id,
        **_times(plan.span, zone),
        "capacity": str(plan.shares.capacity),
        "walk_in": str(plan.shares.walk_in),
        "slips": str(plan.shares.slips),
        **_reach(plan.reach),
        **_way(plan.way),
        **_answers(plan.answers),
        "interpreters": " ".join(plan.interpreting.languages),
        "interpreters_until": plan.interpreting.until.isoformat() if plan.interpreting.until else "",
        "asks_again": TICKED if plan.asks_again else "",
        "series": plan.series,
        "facilitator": plan.facilitators,
        "seen": plan.mark,
    }


def texts_of_new(language: str) -> Mapping[str, Any]:
    """What the form for a session holds before anything is typed."""
    start = {"language": language, "capacity": "12", "walk_in": "3", "slips": "0"}
    return {**start, **_reach(Reach()), **_way(Way()), **_answers(Answers()), "mode": USUAL}


def _times(span: Span, zone: ZoneInfo) -> Mapping[str, str]:
    """The wall times; the end is left to the topic where no text can say it."""
    starts, ends = wall_at(span.starts_at, zone), wall_at(span.ends_at, zone)
    texts = {"date": starts.date().isoformat(), "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    start, end = (each.replace(tzinfo=None, fold=0) for each in (starts, ends))
    end_on_start_day = datetime.combine(start.date(), end.time())
    for fold in Fold:
        try:
            said = span_at(start, end_on_start_day, zone, fold=fold)
        except TwoSuchTimes:
            continue
        if said == span:
            return texts if fold is Fold.REFUSE else {**texts, "fold": fold.value}
    which = Fold.FIRST if moment_at(start, zone, fold=Fold.FIRST) == span.starts_at else Fold.SECOND
    return {**texts, "ends": "", "fold": which.value}


def _reach(reach: Reach) -> Mapping[str, str]:
    return {
        "visibility": reach.visibility.value,
        "audience": reach.audience.value,
        "audience_shown": TICKED if reach.audience_shown else "",
    }


def _way(way: Way) -> Mapping[str, str]:
    return {
        "mode": way.mode.value,
        "opens_before": str(way.opens_before),
        "closes_after": str(way.closes_after),
        "word": way.word,
        "moves_freely": TICKED if way.moves_freely else "",
    }


def _answers(answers: Answers) -> Mapping[str, str]:
    return {
        "cost": answers.cost,
        "travel_money": TICKED if answers.travel_money else "",
        "food": TICKED if answers.food else "",
        "child_care": TICKED if answers.child_care else "",
        "concerns": answers.concerns,
    }
