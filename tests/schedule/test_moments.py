from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops.schedule.moments import Fold, NoSuchTime, TwoSuchTimes, moment_at, span_at, wall_at
from workshops.schedule.nights import BANDS, Band, BandName, band_of, next_night, night_of

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")]
SMALL_HOURS_END = time(6)


def wall(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 (a wall time has no zone)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001 (made aware below)
def test_a_moment_survives_the_way_over_the_wall_clock(naive: datetime, zone: ZoneInfo) -> None:
    moment = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    shown = wall_at(moment, zone)

    back = moment_at(shown.replace(tzinfo=None), zone, fold=Fold.SECOND if shown.fold else Fold.FIRST)

    assert back == moment


def test_a_time_that_the_clock_skips_is_refused() -> None:
    with pytest.raises(NoSuchTime):
        moment_at(wall(2026, 3, 29, 2, 30), BERLIN)


def test_a_time_that_the_clock_shows_twice_asks_which() -> None:
    twice = wall(2026, 10, 25, 2, 30)

    with pytest.raises(TwoSuchTimes):
        moment_at(twice, BERLIN)
    assert moment_at(twice, BERLIN, fold=Fold.FIRST) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_at(twice, BERLIN, fold=Fold.SECOND) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_end_at_or_before_the_start_is_on_the_next_day() -> None:
    span = span_at(wall(2026, 10, 23, 22), wall(2026, 10, 23, 0, 30), BERLIN)

    assert span.length == timedelta(hours=2, minutes=30)


def test_the_length_of_an_evening_over_a_clock_change_is_the_time_that_passes() -> None:
    span = span_at(wall(2026, 10, 24, 23), wall(2026, 10, 24, 4), BERLIN)

    assert span.length == timedelta(hours=6)


def test_the_small_hours_belong_to_the_evening_before() -> None:
    saturday = moment_at(wall(2026, 10, 24, 1, 30), BERLIN)

    assert night_of(saturday, BERLIN, SMALL_HOURS_END).isoformat() == "2026-10-23"
    assert night_of(saturday + timedelta(hours=5), BERLIN, SMALL_HOURS_END).isoformat() == "2026-10-24"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001 (made aware below)
def test_tonight_rolls_over_exactly_when_the_next_night_begins(naive: datetime, zone: ZoneInfo) -> None:
    now = naive.replace(tzinfo=UTC)

    rolls = next_night(now, zone, SMALL_HOURS_END)

    assert now < rolls <= now + timedelta(hours=26)
    tonight = night_of(now, zone, SMALL_HOURS_END)
    assert night_of(rolls - timedelta(seconds=1), zone, SMALL_HOURS_END) == tonight
    assert night_of(rolls, zone, SMALL_HOURS_END) == tonight + timedelta(days=1)


@pytest.mark.parametrize(
    ("hour", "band"),
    [
        (0, BandName.SMALL_HOURS),
        (5, BandName.SMALL_HOURS),
        (6, BandName.DAY),
        (16, BandName.DAY),
        (17, BandName.EARLY),
        (19, BandName.EARLY),
        (20, BandName.LATE),
        (23, BandName.LATE),
    ],
)
def test_a_band_is_read_off_the_wall_clock_of_the_venue(hour: int, band: BandName) -> None:
    assert band_of(moment_at(wall(2026, 7, 1, hour), BERLIN), BANDS, BERLIN) is band


def test_bands_that_leave_a_gap_say_so() -> None:
    with pytest.raises(LookupError, match="12:00"):
        band_of(moment_at(wall(2026, 7, 1, 12), BERLIN), [Band(BandName.LATE, time(20), time(2))], BERLIN)
