"""Columns that keep the house's promises."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from workshops.database.connection import Database
from workshops.database.fields import random_id
from workshops.database.models import Lease

pytestmark = pytest.mark.data

NOON = datetime(2026, 10, 23, 12, tzinfo=UTC)
NOT_UTC = {
    "another offset": NOON.astimezone(timezone(timedelta(hours=2))),
    "no offset": NOON.replace(tzinfo=None),
}


async def test_a_moment_comes_back_as_it_went_in(database: Database) -> None:
    await Lease.create(name="sweep", holder="a", until=NOON + timedelta(microseconds=1))

    lease = await Lease.get(name="sweep")

    assert lease.until == NOON + timedelta(microseconds=1)
    assert lease.until.utcoffset() == timedelta(0)


@pytest.mark.parametrize("moment", NOT_UTC.values(), ids=NOT_UTC.keys())
async def test_only_moments_in_utc_are_stored_asked_for_or_updated(database: Database, moment: datetime) -> None:
    with pytest.raises(ValueError, match="UTC only"):
        await Lease.create(name="sweep", holder="a", until=moment)
    with pytest.raises(ValueError, match="UTC only"):
        await Lease.filter(until__lte=moment).exists()
    with pytest.raises(ValueError, match="UTC only"):
        await Lease.filter(name="sweep").update(until=moment)


async def test_moments_sort_by_time_whatever_their_fraction(database: Database) -> None:
    moments = [NOON, NOON + timedelta(microseconds=1), NOON + timedelta(milliseconds=500), NOON + timedelta(seconds=1)]
    for name, until in zip("dbca", moments, strict=True):
        await Lease.create(name=name, holder="x", until=until)

    names = [lease.name for lease in await Lease.all().order_by("until")]

    assert names == ["d", "b", "c", "a"]
    assert await Lease.filter(until__lte=NOON).count() == 1


def test_random_ids_tell_no_order() -> None:
    ids = [random_id() for _ in range(200)]

    assert len(set(ids)) == len(ids)
    assert {len(each) for each in ids} == {12}
    assert ids != sorted(ids)
