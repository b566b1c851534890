"""What was deleted is overwritten where it lay, and looked for afterwards."""

import asyncio
import secrets
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from tortoise.connection import get_connection

from tests.conftest import settings_of
from tests.make import NOW, make_session
from workshops.database.config import database_file
from workshops.database.connection import Database, open_database, transaction
from workshops.database.migrate import migrate
from workshops.database.residue import CHUNK, Traces, count_left, overwrite, remove_residue
from workshops.registration.forgetting import forget_sessions
from workshops.registration.models import Place, Registration
from workshops.settings import Settings
from workshops.upkeep import sweep

ROWS = 3_000
OVER = NOW + timedelta(hours=30)


async def fill() -> Traces:
    """Three thousand places of an evening that is over, with what will be looked for."""
    session = await make_session(starts_at=NOW - timedelta(hours=1), capacity=ROWS, directions=secrets.token_bytes(90))
    for _ in range(3):
        rows = [Registration(digest=secrets.token_hex(32), key_id="c1") for _ in range(ROWS // 3)]
        await Registration.bulk_create(rows)
        await Place.bulk_create([Place(registration_id=row.id, session=session, state="confirmed") for row in rows])
    digests = await Registration.all().values_list("digest", flat=True)
    assert session.directions is not None
    return Traces([str(each) for each in digests], [session.directions])


@pytest.mark.data(only="sqlite")
async def test_nothing_of_3000_forgotten_places_is_left_in_sqlites_files(
    database: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    traces = await fill()
    before = count_left(database_file(settings), traces)

    swept = await sweep(settings, OVER)

    assert before > ROWS
    assert swept.forgotten == 1
    assert count_left(database_file(settings), traces) == 0
    assert caplog.records == []


@pytest.mark.data(only="sqlite")
async def test_without_overwriting_hundreds_would_be_left(database: Database, settings: Settings) -> None:
    traces = await fill()

    await forget_sessions(settings.forget_after, OVER)

    assert count_left(database_file(settings), traces) > ROWS / 10


@pytest.mark.data(only="sqlite")
async def test_pages_and_places_go_on_while_the_log_is_overwritten(database: Database, settings: Settings) -> None:
    session = await make_session()
    done = 0

    async def use() -> None:
        nonlocal done
        for number in range(60):
            row = await Registration.create(digest=f"{number}{secrets.token_hex(16)}", key_id="c1")
            assert await Registration.filter(id=row.id).exists()
            await Place.create(registration=row, session=session, state="confirmed")
            done += 1

    async def wipe() -> None:
        for _ in range(20):
            await remove_residue(settings, Traces())

    await asyncio.gather(use(), use(), wipe())

    assert done == await Place.all().count() == 120


@pytest.mark.data(only="sqlite")
async def test_somebody_who_holds_the_log_open_is_told_of_without_values_and_stops_nothing(
    database: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    traces = await fill()
    with _reading(database_file(settings)):
        await sweep(settings, OVER)
    warned = [record.getMessage() for record in caplog.records]

    await remove_residue(settings, traces)

    assert len(warned) == 1
    assert "until the next sweep" in warned[0]
    assert not any(digest in warned[0] for digest in traces.digests)
    assert count_left(database_file(settings), traces) == 0


@pytest.mark.data(only="sqlite")
async def test_what_is_found_afterwards_is_counted_in_the_log_without_values(
    database: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    row = await Registration.create(digest=secrets.token_hex(32), key_id="c1")

    await remove_residue(settings, Traces([row.digest]))  # as if it had been deleted

    (record,) = caplog.records
    assert "traces of what was deleted are still in" in record.getMessage()
    assert row.digest not in record.getMessage()


@pytest.mark.parametrize("at", [0, 100, CHUNK - 40, CHUNK - 1, CHUNK])
def test_a_trace_is_found_wherever_it_lies_and_with_its_ends_gone(tmp_path: Path, at: int) -> None:
    digest, sealed = secrets.token_hex(32), secrets.token_bytes(90)
    file = tmp_path / "workshops.sqlite3"

    file.write_bytes(bytes(at) + b"\0\0\0\0" + digest[8:-8].encode() + bytes(2 * CHUNK))
    (tmp_path / "workshops.sqlite3-wal").write_bytes(bytes(at) + sealed + b"\0")

    assert count_left(file, Traces([digest])) > 0
    assert count_left(file, Traces((), [sealed])) > 0
    assert count_left(file, Traces([secrets.token_hex(32)], [secrets.token_bytes(90)])) == 0


def test_a_file_is_overwritten_where_it_lies(tmp_path: Path) -> None:
    file = tmp_path / "log"
    file.write_bytes(secrets.token_bytes(CHUNK + 1_000))
    where = file.stat().st_ino

    overwrite(file)

    assert (file.stat().st_ino, file.stat().st_size) == (where, CHUNK + 1_000)
    assert set(file.read_bytes()) == {0}


@pytest.mark.data(only="postgresql")
async def test_on_postgresql_what_was_deleted_is_vacuumed_thoroughly_or_not(
    database: Database, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    traces = await fill()
    await forget_sessions(settings.forget_after, OVER)
    size = "SELECT pg_relation_size('registration') AS bytes"

    await remove_residue(settings, traces)
    await remove_residue(settings, traces, thoroughly=True)

    assert (await get_connection("default").execute_query_dict(size))[0]["bytes"] == 0
    assert caplog.records == []


@pytest.mark.data(only="postgresql")
async def test_on_postgresql_what_a_refused_press_leaves_is_vacuumed_and_tables_without_dead_rows_are_not(
    database: Database, settings: Settings
) -> None:
    async def refused() -> None:
        async with transaction():
            await Registration.create(digest=secrets.token_hex(32), key_id="c1")
            await get_connection("default").execute_query("SELECT pg_stat_force_next_flush()")  # else a second later
            raise LookupError

    with suppress(LookupError):
        await refused()

    await remove_residue(settings, Traces())

    vacuumed = "SELECT relname FROM pg_stat_user_tables WHERE last_vacuum IS NOT NULL"
    assert await get_connection("default").execute_query_dict(vacuumed) == [{"relname": "registration"}]


@pytest.mark.long
@pytest.mark.parametrize("overwritten", [True, False])
async def test_nothing_is_left_on_the_raw_disk_either(tmp_path: Path, *, overwritten: bool) -> None:
    with _disk(tmp_path) as (image, mounted):
        settings = settings_of(mounted, None)
        await migrate(settings)
        async with open_database(settings):
            traces = await fill()
            if overwritten:
                await sweep(settings, OVER)
            else:
                await forget_sessions(settings.forget_after, OVER)
            _write_out(mounted)
            left = count_left(image, traces)

    assert left == 0 if overwritten else left > ROWS / 10


def _write_out(mounted: Path) -> None:
    subprocess.run(["sync", "-f", str(mounted)], check=True)


@contextmanager
def _disk(folder: Path) -> Iterator[tuple[Path, Path]]:
    """An ext4 file system in a file, mounted; skips where that is not allowed."""
    image, mounted = folder / "disk", folder / "mounted"
    with image.open("wb") as file:
        file.truncate(64_000_000)
    mounted.mkdir()
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
    if subprocess.run(["mount", "-o", "loop", str(image), str(mounted)], check=False, capture_output=True).returncode:
        pytest.skip("this machine mounts no files")
    try:
        yield image, mounted
    finally:
        subprocess.run(["umount", str(mounted)], check=True)


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    """Somebody else who has read and not finished."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM registration").fetchall()
        yield
