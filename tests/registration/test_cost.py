"""What a place costs, as arithmetic."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from workshops.registration.cost import MOST, PATIENCE, Budgets, Load, is_paid, minutes_left, owed
from workshops.registration.nonces import GOOD_FOR

TAKES = st.integers(0, 10_000)
BUDGETS = st.builds(Budgets, st.integers(1, 1000), st.integers(1, 1000))
LOADS = st.builds(Load, TAKES, TAKES)
LEVELS = st.integers(0, MOST)
AGES = st.timedeltas(timedelta(0), GOOD_FOR)


def test_within_both_budgets_a_place_costs_nothing_and_beyond_each_doubling_costs_more() -> None:
    budgets = Budgets(session=10, site=100)

    levels = [owed(Load(session, 1), budgets) for session in (1, 10, 11, 20, 21, 40, 41, 1000)]

    assert levels == [0, 0, 1, 1, 2, 2, 3, 3]
    assert [owed(Load(1, site), budgets) for site in (100, 101, 201, 401, 9000)] == [0, 1, 2, 3, 3]


@given(LOADS, BUDGETS, TAKES, TAKES)
def test_the_cost_never_falls_while_the_load_rises(load: Load, budgets: Budgets, session: int, site: int) -> None:
    risen = Load(load.session + session, load.site + site)

    assert owed(risen, budgets) >= owed(load, budgets)


@given(LOADS, BUDGETS)
def test_no_load_asks_for_more_than_the_most(load: Load, budgets: Budgets) -> None:
    assert 0 <= owed(load, budgets) <= MOST


@given(LOADS, BUDGETS, st.timedeltas(PATIENCE, GOOD_FOR))
def test_having_waited_is_always_enough(load: Load, budgets: Budgets, age: timedelta) -> None:
    assert is_paid(owed(load, budgets), done=0, age=age)


@given(LEVELS, AGES)
def test_work_of_the_level_that_a_form_was_made_at_is_enough_while_the_load_rises_by_one(
    level: int, age: timedelta
) -> None:
    assert is_paid(level, done=level, age=age)
    assert is_paid(min(level + 1, MOST), done=max(level, 1), age=age)


@given(LEVELS, LEVELS, AGES, st.integers(0, MOST), st.timedeltas(timedelta(0), GOOD_FOR))
def test_what_pays_goes_on_paying_with_more_work_or_more_age(
    level: int, done: int, age: timedelta, more: int, later: timedelta
) -> None:
    if is_paid(level, done=done, age=age):
        assert is_paid(level, done=done + more, age=age + later)


def test_a_young_form_without_work_pays_for_nothing() -> None:
    paid = [is_paid(level, done=0, age=PATIENCE - timedelta(seconds=1)) for level in range(MOST + 1)]

    assert paid == [True, False, False, False]


def test_work_of_the_first_level_does_not_pay_for_the_third() -> None:
    assert not is_paid(3, done=1, age=timedelta(0))


@given(AGES)
def test_after_the_minutes_that_a_form_names_it_is_good_and_still_lives(age: timedelta) -> None:
    minutes = timedelta(minutes=minutes_left(age))

    assert is_paid(MOST, done=0, age=age + minutes)
    assert age + minutes < GOOD_FOR or minutes == timedelta(0)


def test_a_form_waits_ten_minutes_at_least_though_it_is_dated_to_the_minute_before() -> None:
    assert timedelta(minutes=10) + timedelta(minutes=1) <= PATIENCE < GOOD_FOR
    assert (minutes_left(timedelta(0)), minutes_left(timedelta(minutes=10, seconds=1))) == (11, 1)
