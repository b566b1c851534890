from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.make import NOW
from tests.schedule.planning import make_plan
from tests.shipped import library
from workshops.curricula.rules import Form
from workshops.schedule.forms import CLOSES_AFTER, FAR, LONG, OPENS_BEFORE, PAST, SKIPPED, TWICE, Offers, read_plan
from workshops.schedule.moments import Span
from workshops.schedule.plan_texts import texts_of, texts_of_new
from workshops.schedule.plans import Answers, Plan, Reach, Shares, Teaching, Way
from workshops.schedule.rules import Audience, DirectionsMode, Visibility
from workshops.schedule.typed import NO_DAY, NO_NUMBER, NO_TIME, NOT_OFFERED, OUT_OF_RANGE
from workshops.web.forms import MISSING, NOT_PLAIN, TOO_LONG, Rejected, Values

VENUE = "0123456789ab"
BERLIN = ZoneInfo("Europe/Berlin")
OFFERS = Offers(
    {each.id: each for each in library().catalogue.in_language("en")}, {VENUE: BERLIN}, ("ar", "en"), ("robin", "sam")
)


def values_of(texts: Any) -> Values:
    """What a browser sends of these texts."""
    return {name: [text] if isinstance(text, str) else list(text) for name, text in texts.items() if text}


def sent(**changes: Any) -> Values:
    """A form that reads, with changes; None takes a field out."""
    texts: dict[str, Any] = {
        **texts_of_new("en"),
        "curriculum": "know-your-rights",
        "form": "standard",
        "venue": VENUE,
        "date": "2026-10-30",
        "starts": "22:00",
        "ends": "",
        **changes,
    }
    return values_of(texts)


def read(**changes: Any) -> Plan:
    plan = read_plan(sent(**changes), OFFERS, NOW)
    assert isinstance(plan, Plan), plan
    return plan


def faults(**changes: Any) -> dict[str, str]:
    rejected = read_plan(sent(**changes), OFFERS, NOW)
    assert isinstance(rejected, Rejected)
    return {name: fault.message for name, fault in rejected.faults.items()}


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def test_without_an_end_an_evening_takes_as_long_as_its_topic() -> None:
    assert read().span == Span(utc(30, 21), utc(30, 22, 30))
    assert read(form="short").span == Span(utc(30, 21), utc(30, 21, 45))


def test_an_end_before_the_start_is_on_the_next_day() -> None:
    assert read(ends="00:30").span == Span(utc(30, 21), utc(30, 23, 30))


def test_an_evening_through_the_night_when_the_clock_goes_back_is_an_hour_longer() -> None:
    assert read(date="2026-10-24", starts="23:00", ends="04:00").span.length == timedelta(hours=6)


def test_a_time_that_the_clock_skips_is_a_fault_of_its_field() -> None:
    assert faults(date="2027-03-28", starts="02:30") == {"starts": SKIPPED}
    assert faults(date="2027-03-27", starts="23:30", ends="02:30") == {"ends": SKIPPED}


def test_a_time_that_the_clock_shows_twice_asks_which_one_is_meant() -> None:
    twice = {"date": "2026-10-25", "starts": "02:30", "ends": "04:00"}

    assert faults(**twice) == {"fold": TWICE}
    assert read(**twice, fold="first").span == Span(utc(25, 0, 30), utc(25, 3))
    assert read(**twice, fold="second").span == Span(utc(25, 1, 30), utc(25, 3))


def test_an_end_that_the_clock_shows_twice_asks_too() -> None:
    twice = {"date": "2026-10-24", "starts": "23:30", "ends": "02:30"}

    assert faults(**twice) == {"fold": TWICE}
    assert read(**twice, fold="second").span.length == timedelta(hours=4)


def test_an_evening_across_two_equal_hours_keeps_its_start_and_leaves_its_end_to_the_topic() -> None:
    plan = read(date="2026-10-25", starts="02:30", form="short", fold="first")
    texts = texts_of(plan, BERLIN)

    assert plan.span == Span(utc(25, 0, 30), utc(25, 1, 15))
    assert (texts["starts"], texts["ends"], texts["fold"]) == ("02:30", "", "first")
    assert read_plan(values_of(texts), OFFERS, NOW) == plan


def test_which_of_two_times_is_not_asked_where_there_is_one() -> None:
    assert read(fold="second") == read()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"date": "2026-10-23", "starts": "19:59"}, {"date": PAST}),
        ({"date": "0001-01-01", "starts": "00:10"}, {"date": PAST}),
        ({"date": "2028-11-30"}, {"date": FAR}),
        ({"date": "9999-12-31", "ends": "01:00"}, {"date": FAR}),
        ({"ends": "22:00"}, {"ends": LONG}),
        ({"ends": "10:01"}, {"ends": LONG}),
        ({"date": ""}, {"date": MISSING}),
        ({"date": "30.10.2026"}, {"date": NO_DAY}),
        ({"date": "2026-02-30"}, {"date": NO_DAY}),
        ({"date": "2026-10-30\0"}, {"date": NO_DAY}),
        ({"starts": ""}, {"starts": MISSING}),
        ({"starts": "24:00"}, {"starts": NO_TIME}),
        ({"starts": "22"}, {"starts": NO_TIME}),
        ({"ends": "soon"}, {"ends": NO_TIME}),
        ({"capacity": ""}, {"capacity": MISSING}),
        ({"capacity": "-1"}, {"capacity": NO_NUMBER}),
        ({"capacity": "1e3"}, {"capacity": NO_NUMBER}),
        ({"capacity": "1" * 5000}, {"capacity": NO_NUMBER}),
        ({"capacity": "²"}, {"capacity": NO_NUMBER}),
        ({"capacity": "0"}, {"capacity": OUT_OF_RANGE}),
        ({"capacity": "501"}, {"capacity": OUT_OF_RANGE}),
        ({"curriculum": "nothing"}, {"curriculum": NOT_OFFERED}),
        ({"curriculum": ""}, {"curriculum": MISSING}),
        ({"form": "endless"}, {"form": NOT_OFFERED}),
        ({"language": "tlh"}, {"language": NOT_OFFERED}),
        ({"venue": "zzzzzzzzzzzz"}, {"venue": NOT_OFFERED}),
        ({"venue": "\0"}, {"venue": NOT_OFFERED}),
        ({"audience": "everybody"}, {"audience": NOT_OFFERED}),
        ({"visibility": "\u202e"}, {"visibility": NOT_OFFERED}),
        ({"mode": ""}, {"mode": MISSING}),
        ({"opens_before": "7"}, {"opens_before": NOT_OFFERED}),
        ({"closes_after": "-30"}, {"closes_after": NOT_OFFERED}),
        ({"word": "lan\u202etern"}, {"word": NOT_PLAIN}),
        ({"word": "l" * 25}, {"word": TOO_LONG}),
        ({"cost": "5\0"}, {"cost": NOT_PLAIN}),
        ({"cost": "5\n6"}, {"cost": NOT_PLAIN}),
        ({"cost": "5" * 101}, {"cost": TOO_LONG}),
        ({"concerns": "Robin\0"}, {"concerns": NOT_PLAIN}),
        ({"concerns": "R" * 301}, {"concerns": TOO_LONG}),
        ({"series": "\x1b[2J"}, {"series": NOT_PLAIN}),
        ({"walk_in": "12"}, {"walk_in": "At least one place must be left for people with a number."}),
        (
            {"facilitator": ("robin", "\0")},
            {"facilitator": "Somebody you chose is not among those who run evenings any more. Choose again."},
        ),
    ],
)
def test_what_does_not_read_is_a_fault_of_its_own_field(changes: dict[str, Any], fault: dict[str, str]) -> None:
    assert faults(**changes) == fault


def test_all_faults_come_at_once_and_nothing_that_was_typed_is_lost() -> None:
    values = sent(date="soon", starts="22:99", capacity="many", concerns="Robin,\nat the door", facilitator=("sam",))

    rejected = read_plan(values, OFFERS, NOW)

    assert isinstance(rejected, Rejected)
    assert set(rejected.faults) == {"date", "starts", "capacity"}
    for name, typed in values.items():
        assert rejected.values[name] == (tuple(typed) if name == "facilitator" else typed[0])


def test_an_empty_form_is_faults_and_no_error() -> None:
    rejected = read_plan({}, OFFERS, NOW)

    assert isinstance(rejected, Rejected)
    assert {fault.message for fault in rejected.faults.values()} == {MISSING}


@pytest.mark.parametrize("zero", [0x0660, 0x06F0, 0x0966, 0x0E50, 0xFF10])
def test_digits_of_any_script_are_read(zero: int) -> None:
    digits = {ord("0") + digit: zero + digit for digit in range(10)}
    typed = {"date": "2026-10-30", "starts": "22:00", "ends": "00:30", "capacity": "12", "walk_in": "3"}

    plan = read(**{name: text.translate(digits) for name, text in typed.items()})

    assert plan == read(**typed)


def test_a_line_break_in_a_sentence_becomes_a_blank() -> None:
    assert read(concerns="Robin,\r\n at the door.").answers.concerns == "Robin, at the door."


def test_an_evening_that_has_begun_keeps_its_start() -> None:
    begun = replace(read(), span=Span(NOW - timedelta(minutes=10), NOW + timedelta(hours=1)))
    values = values_of(texts_of(begun, BERLIN))

    assert read_plan(values, OFFERS, NOW, begun) == begun
    assert isinstance(read_plan(values, OFFERS, NOW), Rejected)


def test_a_plan_may_keep_a_topic_and_a_language_that_are_no_longer_offered() -> None:
    kept = replace(read(), teaching=Teaching("gone", Form.SHORT, "th"))
    values = values_of(texts_of(kept, BERLIN))

    assert read_plan(values, OFFERS, NOW, kept) == kept
    assert isinstance(read_plan(values, OFFERS, NOW), Rejected)


def test_without_a_teaching_file_an_evening_needs_its_end() -> None:
    kept = replace(read(), teaching=Teaching("gone", Form.SHORT, "en"))
    values = values_of({**texts_of(kept, BERLIN), "ends": ""})

    rejected = read_plan(values, OFFERS, NOW, kept)

    assert isinstance(rejected, Rejected)
    assert list(rejected.faults) == ["ends"]


ZONES = [
    ZoneInfo(name) for name in ("Europe/Berlin", "Pacific/Chatham", "Australia/Lord_Howe", "America/St_Johns", "UTC")
]
STARTS = st.datetimes(datetime(2026, 10, 24), datetime(2028, 10, 22), timezones=st.just(UTC)).map(  # noqa: DTZ001 (the strategy adds the zone)
    lambda moment: moment.replace(second=0, microsecond=0)
)
AROUND_CHANGES = st.sampled_from(
    [utc(24, 23), utc(25, 0), utc(3, 14) + timedelta(days=365), utc(4, 0) + timedelta(days=365)]
)
NEAR = st.builds(lambda moment, minutes: moment + timedelta(minutes=minutes), AROUND_CHANGES, st.integers(0, 240))
PLANS = st.builds(
    lambda starts_at, minutes, **parts: make_plan(
        venue_id=VENUE, span=Span(starts_at, starts_at + timedelta(minutes=minutes)), **parts
    ),
    st.one_of(STARTS, NEAR),
    st.sampled_from([45, 90, 120, 150, 719]),
    teaching=st.builds(Teaching, st.sampled_from(sorted(OFFERS.curricula)), st.just(Form.STANDARD), st.just("ar")),
    shares=st.builds(Shares, st.integers(9, 500), st.integers(0, 8)),
    reach=st.builds(Reach, st.sampled_from(Visibility), st.sampled_from(Audience), st.booleans()),
    way=st.builds(
        Way,
        st.sampled_from(DirectionsMode),
        st.sampled_from(OPENS_BEFORE),
        st.sampled_from(CLOSES_AFTER),
        st.sampled_from(["", "lantern", "قنديل"]),
    ),
    answers=st.builds(
        Answers, st.sampled_from(["", "5 or less"]), st.booleans(), st.booleans(), st.booleans(), st.just("R")
    ),
    facilitators=st.sampled_from([(), ("robin",), ("robin", "sam")]),
    series=st.sampled_from(["", "spring"]),
)


@settings(max_examples=300, deadline=None)
@given(plan=PLANS, zone=st.sampled_from(ZONES))
def test_a_form_that_nobody_touched_reads_back_as_the_same_plan(plan: Plan, zone: ZoneInfo) -> None:
    offers = replace(OFFERS, venues={VENUE: zone})
    values = values_of(texts_of(plan, zone))

    again = read_plan(values, offers, NOW, plan)

    if values.get("ends"):
        assert again == plan
    else:  # no text can say this end: it is left to the topic
        assert isinstance(again, Plan)
        assert again.span.starts_at == plan.span.starts_at
