from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.make import NOW
from workshops.registration.rules import CONFIRMED, Event, PlaceState, Seat, Standing, Step, step

WAITING = Standing(PlaceState.WAITING)
HELD = Standing(PlaceState.HELD, NOW + timedelta(hours=2))
OVER = Standing(PlaceState.HELD, NOW)
STANDINGS = st.sampled_from([CONFIRMED, WAITING, HELD, OVER])


def test_looking_confirms_a_held_place() -> None:
    assert step(HELD, Event.LOOK, NOW) == Step(CONFIRMED, Seat.UNCHANGED)


def test_looking_changes_nothing_for_who_waits() -> None:
    assert step(WAITING, Event.LOOK, NOW) == Step(WAITING, Seat.UNCHANGED)


@pytest.mark.parametrize("event", list(Event))
def test_a_hold_that_is_over_lapses_whatever_happens(event: Event) -> None:
    assert step(OVER, event, NOW) == Step(None, Seat.FREED)


def test_a_cancelled_seat_is_freed_and_a_waiting_spot_only_leaves_the_queue() -> None:
    assert step(CONFIRMED, Event.CANCEL, NOW) == Step(None, Seat.FREED)
    assert step(HELD, Event.CANCEL, NOW) == Step(None, Seat.FREED)
    assert step(WAITING, Event.CANCEL, NOW) == Step(None, Seat.LEFT_QUEUE)


def test_a_turn_makes_a_waiting_spot_a_held_seat() -> None:
    until = NOW + timedelta(hours=3)

    assert step(WAITING, Event.TURN, NOW, held_until=until) == Step(
        Standing(PlaceState.HELD, until), Seat.CAME_FROM_QUEUE
    )


def test_at_the_last_call_who_looks_first_has_the_seat() -> None:
    assert step(WAITING, Event.SEAT_FREE, NOW) == Step(CONFIRMED, Seat.TAKEN_FROM_FREE)


@pytest.mark.parametrize("event", [Event.TURN, Event.SEAT_FREE])
@pytest.mark.parametrize("standing", [CONFIRMED, HELD])
def test_nobody_with_a_seat_is_given_another(standing: Standing, event: Event) -> None:
    with pytest.raises(ValueError, match="cannot happen"):
        step(standing, event, NOW, held_until=NOW + timedelta(hours=3))


@given(STANDINGS, st.sampled_from([Event.LOOK, Event.SETTLE, Event.CANCEL]))
def test_a_seat_is_freed_exactly_when_its_place_goes(standing: Standing, event: Event) -> None:
    outcome = step(standing, event, NOW)

    had_seat = standing.state is not PlaceState.WAITING
    assert (outcome.seat is Seat.FREED) == (had_seat and outcome.standing is None)
