"""What migrations build is what the models say, on both databases, and its checks bite."""

from datetime import date
from typing import Any

import pytest
from tortoise import Model
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.operations import AlterModelOptions

from tests.database.description import checks_of_migrations, from_models, from_postgresql, from_sqlite
from tests.database.rows import START, fill
from workshops.curricula.models import Revision
from workshops.database.config import tortoise_config
from workshops.database.connection import Database
from workshops.registration.models import Feed, Place, Registration, SlipBatch
from workshops.schedule.models import Schedule, Session, SessionSum, Venue
from workshops.settings import Settings
from workshops.staff.models import Account, BrowserSession

pytestmark = pytest.mark.data

# For each check a change to a valid row that only this check refuses.
BITES: dict[str, tuple[type[Model], dict[str, Any]]] = {
    "account_handle": (Account, {"handle": ""}),
    "account_one_time_step": (Account, {"one_time_step": 1}),
    "browser_session_factor_level": (BrowserSession, {"factor_level": 3}),
    "revision_path": (Revision, {"path": ""}),
    "revision_number": (Revision, {"number": 0}),
    "revision_published_by": (Revision, {"published_by": "mika"}),
    "revision_read_by": (Revision, {"read_by": "mika"}),
    "schedule_single": (Schedule, {"id": 2}),
    "schedule_revision": (Schedule, {"revision": 0}),
    "schedule_deletion": (Schedule, {"deletion_due": START}),
    "venue_kind": (Venue, {"kind": "boat"}),
    "session_form": (Session, {"form": "endless"}),
    "session_span": (Session, {"ends_at": START}),
    "session_state": (Session, {"state": "maybe"}),
    "session_cancelled": (Session, {"cancelled_on": date(2026, 10, 1)}),
    "session_visibility": (Session, {"visibility": "hidden"}),
    "session_audience": (Session, {"audience": "everybody"}),
    "session_shares": (Session, {"walk_in_share": -1, "registrable": 11}),
    "session_registrable": (Session, {"slip_share": 1}),
    "session_taken": (Session, {"taken": 11}),
    "session_waiting": (Session, {"waiting": 11}),
    "session_next_number": (Session, {"next_number": 0}),
    "session_counters": (Session, {"epoch": -1}),
    "session_recent_takes": (Session, {"recent_takes": -1}),
    "session_availability": (Session, {"availability": "plenty"}),
    "session_minutes": (Session, {"last_call": -1}),
    "session_directions_mode": (Session, {"directions_mode": "shouted"}),
    "session_sum_sums": (SessionSum, {"waiting": -1}),
    "place_state": (Place, {"state": "lost"}),
    "place_number": (Place, {"number": 1}),
    "place_number_counts": (Place, {"state": "waiting", "number": 0}),
    "place_held": (Place, {"held_until": START}),
    "place_asked": (Place, {"asked": True, "state": "waiting", "number": 1}),
    "place_target": (Place, {"target": True}),
    "place_counters": (Place, {"lapses": -1}),
    "session_directions_revision": (Session, {"directions_revision": 0}),
    "session_interpreters": (Session, {"interpreters": "es"}),
    "place_directions_told": (Place, {"directions_told": -1}),
    "place_interpreters": (Place, {"interpreters": "es"}),
    "slip_batch_kind": (SlipBatch, {"kind": "hearsay"}),
    "slip_batch_count": (SlipBatch, {"count": 0}),
    "slip_batch_reach": (SlipBatch, {"series_id": "series"}),
    "slip_batch_placed": (SlipBatch, {"placed": True, "session_id": None}),
    "session_slip_taken": (Session, {"slip_taken": 1}),
    "registration_slip_batch": (Registration, {"used": True}),
    "feed_title": (Feed, {"title": "my words"}),
    "feed_changes": (Feed, {"changes": -1}),
    "place_slip_seat": (Place, {"slip_seat": True}),
}
FURTHER_BITES: list[tuple[str, type[Model], dict[str, Any]]] = [
    ("revision_published_by", Revision, {"published_on": date(2026, 10, 1), "published_by": ""}),
    ("revision_read_by", Revision, {"read_on": date(2026, 10, 1)}),
    ("session_cancelled", Session, {"state": "cancelled"}),
    ("session_registrable", Session, {"capacity": -1, "registrable": -1}),
    ("session_taken", Session, {"taken": -1}),
    ("session_waiting", Session, {"waiting": -1}),
    ("session_counters", Session, {"sequence": -1}),
    ("session_minutes", Session, {"closes_before": -1}),
    ("session_minutes", Session, {"directions_from": -1}),
    ("session_minutes", Session, {"directions_until": -1}),
    ("session_sum_sums", SessionSum, {"confirmed": -1}),
    ("session_interpreters", Session, {"interpreters_until": date(2026, 10, 1)}),
    ("place_number", Place, {"state": "waiting"}),
    ("place_held", Place, {"state": "held"}),
    ("place_counters", Place, {"needs": -1}),
    ("session_slip_taken", Session, {"slip_taken": -1}),
]
ALL_BITES = [*((name, *bite) for name, bite in BITES.items()), *FURTHER_BITES]


def test_every_check_has_a_row_that_it_refuses() -> None:
    assert BITES.keys() == checks_of_migrations().keys()


async def test_every_check_refuses_what_breaks_it_and_by_its_name(database: Database) -> None:
    await fill()

    for check, model, change in ALL_BITES:
        with pytest.raises(IntegrityError, match=rf"\b{check}\b"):
            await (model.create(**change) if "id" in change else model.all().update(**change))


async def test_what_the_models_say_is_what_the_database_has(database: Database) -> None:
    client = get_connection("default")
    apps = database.context.apps
    assert apps is not None
    dialect = client.capabilities.dialect

    built = await (from_sqlite(client) if dialect == "sqlite" else from_postgresql(client))

    assert built == from_models(apps.get_models_iterable(), dialect)
    assert sum(len(table.checks) for table in built.values()) == len(checks_of_migrations())


async def test_models_and_migrations_agree(settings: Settings, database: Database) -> None:
    apps = database.context.apps
    assert apps is not None

    missing = await MigrationAutodetector(apps, tortoise_config(settings)["apps"]).changes()

    # Tortoise counts a changed docstring as a changed table; ours never reach the database.
    operations = [step for writer in missing for step in writer.operations if not isinstance(step, AlterModelOptions)]
    assert [step.describe() for step in operations] == []


@pytest.mark.data(only="sqlite")
async def test_no_table_numbers_its_rows_in_secret(database: Database) -> None:
    client = get_connection("default")
    tables = await client.execute_query_dict("SELECT name, wr FROM pragma_table_list WHERE type = 'table'")

    numbered = {row["name"] for row in tables if not row["wr"] and not row["name"].startswith("sqlite_")}

    assert numbered == {"tortoise_migrations"}


@pytest.mark.data(only="sqlite")
async def test_sqlite_itself_refuses_a_moment_in_another_offset(database: Database) -> None:
    await fill()

    with pytest.raises(IntegrityError, match="session_starts_at_utc"):
        await get_connection("default").execute_query("UPDATE session SET starts_at = '2026-10-23 20:00:00+02:00'")


async def test_a_code_has_one_seat_and_one_target_and_a_session_no_number_twice(database: Database) -> None:
    await fill()
    await Registration.create(id="other", digest="o", key_id="k")
    seat: dict[str, Any] = {"registration_id": "reg", "session_id": "session", "state": "waiting"}

    with pytest.raises(IntegrityError):
        await Place.create(**seat, number=1)
    await Place.create(**seat, target=True, number=1)
    with pytest.raises(IntegrityError):
        await Place.create(**seat | {"registration_id": "other"}, number=1)
    await Place.create(**seat | {"registration_id": "other"}, number=2)

    assert await Place.all().count() == 3


async def test_a_session_with_places_cannot_be_deleted(database: Database) -> None:
    await fill()

    with pytest.raises(IntegrityError):
        await Session.all().delete()
