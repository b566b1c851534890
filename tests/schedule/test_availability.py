from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.make import NOW
from workshops.schedule.moments import Span
from workshops.schedule.rules import (
    Availability,
    DirectionsWindow,
    Opening,
    RegistrationClosed,
    Seats,
    SessionCancelled,
    SessionState,
    availability,
    ensure_open,
    quarter_after,
)

SPAN = Span(NOW + timedelta(hours=4), NOW + timedelta(hours=6))
LABELS = st.sampled_from(list(Availability))


def opening(**changes: object) -> Opening:
    values = {"state": SessionState.PUBLISHED, "frozen": False, "span": SPAN, "closes_before": timedelta(0), **changes}
    return Opening(**values)  # type: ignore[arg-type]  # the tests give what the fields take


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), LABELS)
def test_a_page_never_says_free_where_the_next_one_would_wait(
    registrable: int, taken: int, waiting: int, shown: Availability
) -> None:
    label = availability(Seats(registrable, min(taken, registrable), waiting), shown)

    assert (label is Availability.QUEUE) or (registrable > taken and waiting == 0)


@given(st.integers(3, 40), st.integers(0, 40), LABELS)
def test_one_registration_more_or_less_never_turns_a_label_there_and_back(
    registrable: int, taken: int, shown: Availability
) -> None:
    taken = min(taken, registrable - 1)
    before = availability(Seats(registrable, taken, 0), shown)
    after = availability(Seats(registrable, taken + 1, 0), before)

    again = availability(Seats(registrable, taken, 0), after)

    assert again in {before, after}
    assert before is after or again is after


def test_an_open_session_lets_registrations_pass() -> None:
    ensure_open(opening(), NOW)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"state": SessionState.CANCELLED}, SessionCancelled),
        ({"state": SessionState.DRAFT}, RegistrationClosed),
        ({"frozen": True}, RegistrationClosed),
        ({"closes_before": timedelta(hours=4)}, RegistrationClosed),
    ],
)
def test_a_session_that_takes_no_registrations_says_why(changes: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        ensure_open(opening(**changes), NOW)


def test_directions_are_open_from_the_first_moment_of_their_window_and_not_at_its_last() -> None:
    window = DirectionsWindow(SPAN, timedelta(hours=3), timedelta(minutes=30))

    assert [window.is_open(moment) for moment in (NOW, window.opens_at, window.closes_at)] == [False, True, False]
    assert window.opens_at == NOW + timedelta(hours=1)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 (any moment will do)
def test_a_quarter_is_never_earlier_and_less_than_a_quarter_later(moment: datetime) -> None:
    quarter = quarter_after(moment)

    assert timedelta(0) <= quarter - moment < timedelta(minutes=15)
    assert (quarter.minute % 15, quarter.second, quarter.microsecond) == (0, 0, 0)
