"""Opening the database, stepping inside it, and changing it in one piece."""

import asyncio
import contextvars
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError, TransactionManagementError

from workshops.database.connection import Database, transaction
from workshops.schedule.models import Area, Schedule

pytestmark = pytest.mark.data


@asynccontextmanager
async def transaction_elsewhere() -> AsyncIterator[None]:
    """Keep a transaction with one new area open in another task."""
    begun, enough = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        async with transaction():
            await Area.create(label="Harbour")
            begun.set()
            await enough.wait()

    task = asyncio.create_task(work())
    await begun.wait()
    yield
    enough.set()
    await task


async def add_areas(*labels: str) -> None:
    async with transaction():
        for label in labels:
            await Area.create(label=label)


async def test_the_first_migration_brings_the_one_schedule_row(database: Database) -> None:
    assert await Schedule.all().values_list("id", "revision") == [(1, 1)]


async def test_a_transaction_reads_what_it_wrote(database: Database) -> None:
    async with transaction():
        await Area.create(label="Harbour")
        seen = await Area.all().count()

    assert seen == 1
    assert await Area.all().count() == 1


async def test_a_refused_row_undoes_the_whole_transaction(database: Database) -> None:
    with pytest.raises(IntegrityError):
        await add_areas("Harbour", "Harbour")

    assert await Area.all().count() == 0


async def test_pages_read_while_a_transaction_is_open_and_see_nothing_of_it(database: Database) -> None:
    async with transaction_elsewhere(), asyncio.timeout(1):
        seen = await Area.all().count()

    assert seen == 0
    assert await Area.all().count() == 1


async def test_a_write_waits_for_the_transaction_of_another_task(database: Database) -> None:
    async with transaction_elsewhere():
        waiting = asyncio.create_task(add_areas("Old town"))
        await asyncio.sleep(0.05)

    await waiting

    assert [area.label for area in await Area.all().order_by("label")] == ["Harbour", "Old town"]


async def test_an_update_counts_the_rows_it_changed_and_no_other(database: Database) -> None:
    await add_areas("Harbour", "Old town")

    changed = await Area.filter(label="Harbour").update(label="Docks")
    missed = await Area.filter(label="Harbour").update(label="Docks")

    assert (changed, missed) == (1, 0)


async def test_all_rows_can_be_changed_and_deleted_outside_of_a_transaction(database: Database) -> None:
    await add_areas("Harbour")

    changed = await Area.all().update(label="Docks")
    deleted = await Area.all().delete()

    assert (changed, deleted) == (1, 1)


async def test_many_rows_are_kept_together_or_not_at_all(database: Database) -> None:
    await Area.create(label="Harbour")

    with pytest.raises(IntegrityError):
        await Area.bulk_create([Area(label="Old town"), Area(label="Harbour")])

    assert await Area.all().count() == 1


async def test_a_transaction_inside_another_is_a_bug(database: Database) -> None:
    async with transaction():
        with pytest.raises(TransactionManagementError, match="exactly one"):
            await add_areas("Harbour")

    assert await Area.all().count() == 0


async def test_a_query_made_outside_neither_waits_for_its_transaction_nor_misses_it(database: Database) -> None:
    areas = Area.all()

    async with transaction():
        with pytest.raises(TransactionManagementError, match="made before the transaction"):
            await areas.count()
        with pytest.raises(TransactionManagementError, match="made before the transaction"):
            await areas.delete()


async def test_a_task_that_outlives_its_transaction_cannot_write_through_it(database: Database) -> None:
    over = asyncio.Event()

    async def write_later() -> None:
        await over.wait()
        await Area.create(label="Harbour")

    async with transaction():
        late = asyncio.create_task(write_later())
    over.set()

    with pytest.raises(TransactionManagementError, match="outlived"):
        await late
    assert await Area.all().count() == 0


async def test_get_or_create_works_inside_a_transaction(database: Database) -> None:
    async with transaction():
        first, made = await Area.get_or_create(label="Harbour")
        again, made_again = await Area.get_or_create(label="Harbour")

    assert (made, made_again) == (True, False)
    assert first.id == again.id


@pytest.mark.data(only="postgresql")
async def test_a_failed_statement_passed_over_in_silence_is_not_a_silent_rollback(database: Database) -> None:
    async def pass_over() -> None:
        async with transaction():
            await Area.create(label="Harbour")
            with pytest.raises(IntegrityError):
                await Area.create(label="Harbour")

    with pytest.raises(TransactionManagementError, match="nothing of this transaction was kept"):
        await pass_over()

    assert await Area.all().count() == 0


async def test_another_task_steps_inside_the_open_database(database: Database) -> None:
    async def handle_request() -> int:
        with database.entered():
            return await Area.all().count()

    task = asyncio.create_task(handle_request(), context=contextvars.Context())

    assert await task == 0


async def test_a_commit_that_fails_is_not_kept_by_the_next_one(database: Database) -> None:
    connection = get_connection("default")
    if connection.capabilities.dialect == "postgres":
        await connection.execute_script(
            "ALTER TABLE venue ALTER CONSTRAINT venue_area_id_fkey DEFERRABLE INITIALLY DEFERRED"
        )

    async def fail_at_commit() -> None:
        async with transaction() as client:
            if client.capabilities.dialect == "sqlite":
                await client.execute_query("PRAGMA defer_foreign_keys=ON")
            await Area.create(label="Harbour")
            values = ["v", "Room", "room", "UTC", False, "", False, False, "nowhere"]
            await client.execute_insert(INSERT_VENUE[client.capabilities.dialect], values)

    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await fail_at_commit()
    await add_areas("Old town")

    assert [area.label for area in await Area.all()] == ["Old town"]


COLUMNS = "id, name, kind, zone, step_free, last_transport, keep_directions, retired, area_id"
INSERT_VENUE = {
    "sqlite": f"INSERT INTO venue ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "postgres": f"INSERT INTO venue ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
}
