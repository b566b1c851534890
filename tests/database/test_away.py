"""What the edge answers with "ask again, it is safe", and what it must not."""

import asyncio
import os
import signal
import sqlite3
from contextlib import AsyncExitStack, closing, suppress
from pathlib import Path

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError, OperationalError

from tests.postgres import Server
from workshops.database.connection import AWAY, Database, transaction
from workshops.database.lines import TURN
from workshops.schedule.models import Area
from workshops.settings import Settings

on_sqlite = pytest.mark.data(only="sqlite")
on_postgresql = pytest.mark.data(only="postgresql")


async def add_area() -> None:
    async with transaction():
        await Area.create(label="Harbour")


async def run(statement: str) -> None:
    async with transaction() as client:
        await client.execute_script(statement)


async def ensure_back() -> None:
    """The database serves again, and kept nothing of what failed."""
    assert await Area.all().count() == 0
    await add_area()
    assert await Area.all().count() == 1


@pytest.mark.data
async def test_a_refused_row_and_a_wrong_statement_are_not_the_database_being_away(database: Database) -> None:
    await add_area()

    with pytest.raises(IntegrityError) as refused:
        await add_area()
    with pytest.raises(OperationalError) as wrong:
        await run("SELECT 1 FROM no_such_table")

    assert not isinstance(refused.value, AWAY)
    assert not isinstance(wrong.value, AWAY)


@pytest.mark.data
async def test_a_refused_row_is_not_quoted(database: Database) -> None:
    await add_area()

    with pytest.raises(IntegrityError) as refused:
        await add_area()

    assert "Harbour" not in str(refused.value)


@on_sqlite
async def test_a_file_locked_by_another_program_is_away(database: Database, settings: Settings) -> None:
    await get_connection("default").execute_script("PRAGMA busy_timeout=50")

    with closing(sqlite3.connect(settings.data_dir / "workshops.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(AWAY):
            await add_area()
        with pytest.raises(AWAY):
            await Area.create(label="Harbour")

    await ensure_back()


@on_sqlite
async def test_a_full_disk_is_away(database: Database) -> None:
    connection = get_connection("default")
    ((pages,),) = (await connection.execute_query("PRAGMA page_count"))[1]
    await connection.execute_script(f"PRAGMA max_page_count={pages}")
    many = [Area(label=str(number)) for number in range(1000)]

    with pytest.raises(AWAY):
        await Area.bulk_create(many)
    await connection.execute_script("PRAGMA max_page_count=100000")

    await ensure_back()


@on_sqlite
async def test_a_file_that_became_read_only_is_away(database: Database) -> None:
    connection = get_connection("default")
    await connection.execute_script("PRAGMA query_only=1")

    with pytest.raises(AWAY):
        await Area.create(label="Harbour")
    await connection.execute_script("PRAGMA query_only=0")

    await ensure_back()


@on_postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "SET LOCAL statement_timeout = '10ms'; SELECT pg_sleep(5)",
        "SET TRANSACTION READ ONLY; INSERT INTO area (id, label) VALUES ('a', 'Harbour')",
        "SELECT pg_terminate_backend(pg_backend_pid())",
    ],
)
async def test_too_slow_read_only_and_cut_off_are_away(database: Database, statement: str) -> None:
    with pytest.raises(AWAY):
        await run(statement)

    await ensure_back()


@on_postgresql
async def test_connections_cut_while_idle_are_replaced(database: Database, postgres: Server) -> None:
    await Area.all().count()

    postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'workshops'")
    with suppress(*AWAY):
        await Area.all().count()

    await ensure_back()


@on_postgresql
async def test_a_deadlock_is_away_for_one_and_nothing_for_the_other(database: Database) -> None:
    await Area.bulk_create([Area(id="a", label="a"), Area(id="b", label="b")])
    first, second = asyncio.Event(), asyncio.Event()

    async def change(one: str, other: str, mine: asyncio.Event, theirs: asyncio.Event) -> None:
        async with transaction():
            await Area.filter(id=one).update(label=one * 2)
            mine.set()
            await theirs.wait()
            await Area.filter(id=other).update(label=other * 3)

    ends = await asyncio.gather(
        change("a", "b", first, second), change("b", "a", second, first), return_exceptions=True
    )

    assert sorted(type(end).__name__ for end in ends) == ["DatabaseAway", "NoneType"]


@pytest.mark.long
@on_postgresql
async def test_nobody_waits_for_ever_for_a_connection(database: Database) -> None:
    async with AsyncExitStack() as taken:
        for _ in range(8):
            await taken.enter_async_context(get_connection("default").acquire_connection())
        with pytest.raises(AWAY):
            async with asyncio.timeout(2 * TURN):
                await Area.all().count()

    await ensure_back()


@pytest.mark.long
@on_postgresql
async def test_a_frozen_server_is_away_within_half_a_minute(database: Database, postgres: Server) -> None:
    main = int((postgres.folder / "data" / "postmaster.pid").read_text().split()[0])
    await Area.all().count()

    thaw = asyncio.get_running_loop().call_later(40, _signal_all, main, signal.SIGCONT)  # lest a failure hang
    _signal_all(main, signal.SIGSTOP)
    try:
        with pytest.raises(AWAY):
            async with asyncio.timeout(30):
                await add_area()
    finally:
        thaw.cancel()
        _signal_all(main, signal.SIGCONT)

    await ensure_back()


def _signal_all(main: int, number: signal.Signals) -> None:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == main:
                os.kill(int(stat.parent.name), number)
    os.kill(main, number)
