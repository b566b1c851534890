from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from workshops.registration.holds import USUAL, HoldLimits, SleepHours, held_until, promised_until

BERLIN = ZoneInfo("Europe/Berlin")
SLEEP = SleepHours(time(6), time(14), BERLIN)
AWAKE = SleepHours(time(0), time(0), BERLIN)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 (the strategy adds the zone)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def until(now: datetime, starts_at: datetime, lapses: int = 0, sleep: SleepHours = SLEEP) -> datetime | None:
    return held_until(now, starts_at, starts_at - timedelta(hours=3), sleep, lapses=lapses)


def test_a_hold_lasts_a_third_of_the_time_left() -> None:
    assert until(at(5, 20), at(6, 8), sleep=AWAKE) == at(6, 0)


def test_a_hold_lasts_at_least_two_hours() -> None:
    assert until(at(5, 16), at(5, 21), sleep=AWAKE) == at(5, 18)


def test_a_hold_lasts_at_most_a_day_of_waking_hours() -> None:
    # 24 waking hours from 20:00: ten until 06:00, and then 14 of the 16 that follow each sleep.
    assert until(at(5, 20), at(25, 20)) == at(7, 4)


def test_hours_of_sleep_do_not_count() -> None:
    # eight hours: two until 06:00, the other six from 14:00
    assert until(at(6, 4), at(7, 4)) == at(6, 20)


def test_a_hold_gets_shorter_with_each_lapse() -> None:
    ends = [until(at(5, 14), at(9, 14), lapses) for lapses in range(3)]

    lasting = [end for end in ends if end is not None]
    assert lasting == sorted(set(lasting), reverse=True)
    assert len(lasting) == 3


def test_nothing_is_held_past_the_last_call() -> None:
    assert until(at(5, 17), at(5, 20), sleep=AWAKE) is None
    assert until(at(5, 16), at(5, 20), sleep=AWAKE) == at(5, 17)


def test_a_hold_that_would_end_at_the_last_call_during_sleep_ends_before_sleep() -> None:
    assert until(at(6, 4), at(6, 14, 30)) == at(6, 6)
    assert until(at(6, 7), at(6, 14, 30)) is None


@given(MOMENTS, st.integers(1, 60 * 24 * 40), st.integers(0, 5))
def test_a_hold_never_ends_in_sleep_or_past_the_last_call_and_always_on_a_quarter(
    now: datetime, minutes_left: int, lapses: int
) -> None:
    starts_at = now.replace(second=0, microsecond=0) + timedelta(minutes=minutes_left - minutes_left % 15)
    starts_at -= timedelta(minutes=starts_at.minute % 15)
    last_call = starts_at - timedelta(hours=3)

    end = held_until(now, starts_at, last_call, SLEEP, lapses=lapses)

    if end is not None:
        assert now < end <= last_call
        assert end - now <= 3 * USUAL.most
        assert (end.minute % 15, end.second, end.microsecond) == (0, 0, 0)
        wall = end.astimezone(BERLIN).time()
        assert not time(6) < wall < time(14)


def test_a_site_may_hold_places_for_another_part_within_other_bounds() -> None:
    limits = HoldLimits(part=2, least=timedelta(hours=1), most=timedelta(hours=5))
    now, soon, later = at(5, 10), at(5, 14), at(8, 10)

    ends = [held_until(now, starts_at, starts_at, AWAKE, limits) for starts_at in (at(5, 11), soon, later)]

    assert ends == [at(5, 11), at(5, 12), at(5, 15)]


@given(
    MOMENTS,
    st.integers(1, 24 * 6),
    st.integers(0, 2),
    st.sampled_from([SLEEP, AWAKE, SleepHours(time(22, 10), time(7, 35), BERLIN)]),
)
def test_who_looks_once_until_the_promise_misses_no_hold_that_is_given_from_now_on(
    now: datetime, hours_left: int, lapses: int, sleep: SleepHours
) -> None:
    starts_at = (now + timedelta(hours=hours_left)).replace(second=0, microsecond=0)
    last_call = starts_at - timedelta(hours=3)

    promise = promised_until(now, starts_at, last_call, sleep, lapses=lapses)

    for moment in (now + timedelta(minutes=minutes) for minutes in range(0, 60 * hours_left, 35)):
        for fewer in range(lapses + 1):
            end = held_until(moment, starts_at, last_call, sleep, lapses=fewer)
            assert end is None or (promise is not None and promise <= end)
    assert promise is None or now < promise <= last_call


def test_a_place_that_comes_free_in_the_night_is_held_until_the_promise_of_the_evening_before() -> None:
    starts_at, last_call = at(9, 20), at(9, 17)
    evening, night = at(8, 5, 45), at(8, 13, 45)

    promise = promised_until(evening, starts_at, last_call, SLEEP)
    held = held_until(night, starts_at, last_call, SLEEP)

    assert promise is not None
    assert held is not None
    assert promise <= held < (held_until(evening, starts_at, last_call, SLEEP) or evening)
