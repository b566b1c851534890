from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from workshops.registration.holds import MOST, SleepHours, held_until

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
        assert end - now <= 3 * MOST
        assert (end.minute % 15, end.second, end.microsecond) == (0, 0, 0)
        wall = end.astimezone(BERLIN).time()
        assert not time(6) < wall < time(14)
