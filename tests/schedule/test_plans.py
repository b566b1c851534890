from dataclasses import replace
from datetime import date
from string import ascii_uppercase

import pytest

from tests.make import NOW
from tests.schedule.planning import at, make_plan
from tests.shipped import library
from workshops.curricula.rules import Form, Status
from workshops.schedule.interpreting import Interpreting
from workshops.schedule.plans import Answers, Plan, Raised, Reach, Shares, Teaching, Way, letter_for, raised_by
from workshops.schedule.publishing import Missing, Site, missing_for
from workshops.schedule.rules import Audience, DirectionsMode, VenueKind, Visibility

PLAN = make_plan()
ROOM = Site(VenueKind.ROOM, retired=False, has_directions=True)
RIGHTS = library().catalogue.get("know-your-rights", "en")


@pytest.mark.parametrize(
    ("plan", "raised"),
    [
        (PLAN, Raised(0, 0)),
        (replace(PLAN, span=at(49)), Raised(1, 1, 1)),
        (replace(PLAN, span=at(48, 91)), Raised(1, 1, 1)),
        (replace(PLAN, venue_id="0123456789ab"), Raised(1, 1, 1)),
        (replace(PLAN, teaching=Teaching("de-escalation", Form.STANDARD, "en")), Raised(1, 0)),
        (replace(PLAN, reach=Reach(Visibility.UNLISTED)), Raised(1, 0)),
        (replace(PLAN, reach=Reach(audience=Audience.WORKERS)), Raised(1, 0)),
        (replace(PLAN, answers=Answers(cost="5", concerns="Robin, at the door.")), Raised(1, 0)),
        (replace(PLAN, way=Way(DirectionsMode.SLIPS)), Raised(1, 0, 1)),
        (replace(PLAN, way=Way(opens_before=60)), Raised(1, 0)),
        (replace(PLAN, facilitators=("robin",)), Raised(1, 0)),
        (replace(PLAN, way=Way(word="lantern")), Raised(0, 0, 1)),
        (replace(PLAN, interpreting=Interpreting(("es",), NOW.date())), Raised(1, 0)),
        (replace(PLAN, way=Way(closes_after=60)), Raised(0, 0)),
        (replace(PLAN, shares=Shares(20, 5)), Raised(0, 0)),
        (replace(PLAN, series="spring"), Raised(0, 0)),
    ],
)
def test_public_facts_raise_the_sequence_time_or_venue_the_epoch_and_what_is_told_its_revision(
    plan: Plan, raised: Raised
) -> None:
    assert raised_by(PLAN, plan) == raised


def test_every_change_of_a_plan_changes_its_mark() -> None:
    changed = [replace(PLAN, series="spring"), replace(PLAN, span=at(49)), replace(PLAN, shares=Shares(11))]

    assert len({each.mark for each in [PLAN, *changed]}) == 4
    assert make_plan(venue_id=PLAN.venue_id).mark == PLAN.mark


def test_seats_kept_for_the_door_and_for_slips_are_not_for_codes() -> None:
    assert Shares(12, 3, 2).registrable == 7


def test_an_interpreter_can_be_asked_for_until_the_end_of_the_last_day() -> None:
    interpreting = Interpreting(("es", "ar"), date(2026, 10, 23))

    assert interpreting.bookable(date(2026, 10, 23)) == ("es", "ar")
    assert interpreting.bookable(date(2026, 10, 24)) == ()
    assert Interpreting().bookable(date(2026, 10, 23)) == ()


@pytest.mark.parametrize(
    ("wanted", "taken", "letter"),
    [
        ("", "", "A"),
        ("", "AB", "C"),
        ("", "ACD", "B"),
        ("B", "AC", "B"),
        ("B", "ABC", "D"),
        ("", ascii_uppercase, "AA"),
    ],
)
def test_a_session_has_the_first_letter_of_its_night_and_keeps_it_where_it_can(
    wanted: str, taken: str, letter: str
) -> None:
    assert letter_for(wanted, set(taken)) == letter


def test_a_plan_that_lacks_nothing_may_be_published() -> None:
    assert missing_for(PLAN, ROOM, RIGHTS, NOW) == []


@pytest.mark.parametrize(
    ("plan", "site", "missing"),
    [
        (replace(PLAN, span=at(0)), ROOM, Missing.FUTURE),
        (replace(PLAN, answers=Answers()), ROOM, Missing.CONCERNS),
        (PLAN, replace(ROOM, retired=True), Missing.OPEN_VENUE),
        (PLAN, replace(ROOM, has_directions=False), Missing.DIRECTIONS),
        (replace(PLAN, way=Way(DirectionsMode.MEETING)), ROOM, Missing.MEETING_POINT),
        (replace(PLAN, way=Way(DirectionsMode.PUBLIC)), replace(ROOM, kind=VenueKind.ONLINE), Missing.CLOSED_LINE),
        (replace(PLAN, way=Way(DirectionsMode.PUBLIC)), replace(ROOM, kind=VenueKind.PHONE), Missing.CLOSED_LINE),
    ],
)
def test_what_a_session_lacks_is_named(plan: Plan, site: Site, missing: Missing) -> None:
    assert missing_for(plan, site, RIGHTS, NOW) == [missing]


def test_a_way_on_paper_slips_needs_no_directions_of_the_venue() -> None:
    plan = replace(PLAN, way=Way(DirectionsMode.SLIPS))

    assert missing_for(plan, replace(ROOM, has_directions=False), RIGHTS, NOW) == []


def test_a_meeting_point_may_be_told_to_who_has_a_place() -> None:
    plan = replace(PLAN, way=Way(DirectionsMode.MEETING))

    assert missing_for(plan, replace(ROOM, kind=VenueKind.MEETING), RIGHTS, NOW) == []


def test_a_topic_must_be_readable_current_and_teachable_in_the_length() -> None:
    assert RIGHTS is not None
    shortened = replace(RIGHTS, minutes={Form.SHORT: 45})

    assert missing_for(PLAN, ROOM, None, NOW) == [Missing.TEACHING_FILE]
    assert missing_for(PLAN, ROOM, replace(RIGHTS, status=Status.RETIRED), NOW) == [Missing.CURRENT_TOPIC]
    assert missing_for(PLAN, ROOM, shortened, NOW) == [Missing.FORM]
