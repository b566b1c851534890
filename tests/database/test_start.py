"""A start that cannot succeed ends at once, with one line that says what to do."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr
from tortoise.connection import get_connection

from tests.postgres import Server
from workshops.database.away import DatabaseAway
from workshops.database.connection import open_database
from workshops.database.migrate import migrate
from workshops.database.sqlite import Client
from workshops.errors import CannotStart
from workshops.settings import Settings

on_sqlite = pytest.mark.data(only="sqlite")
on_postgresql = pytest.mark.data(only="postgresql")
NOBODY = 65534


async def line_of_start(settings: Settings) -> str:
    """Try to open the database and return the one line that says why not."""
    with pytest.raises(CannotStart) as fault:
        async with open_database(settings):
            pass
    line = str(fault.value)
    assert "\n" not in line
    return line


def at(settings: Settings, address: str) -> Settings:
    return settings.model_copy(update={"database_url": SecretStr(address)})


@contextmanager
def without_privileges(folder: Path) -> Iterator[Settings]:
    """A copy of an installation whose files belong to somebody else, for a moment without root's powers."""
    shared = Path(tempfile.mkdtemp())
    shutil.copytree(folder, shared / "data")
    for path, mode in ((shared, 0o755), (shared / "data", 0o777), (shared / "data" / "workshops.sqlite3", 0o444)):
        path.chmod(mode)
    (shared / "data" / "lock").unlink(missing_ok=True)
    me = os.geteuid()
    try:
        if me == 0:
            os.seteuid(NOBODY)
        yield Settings(data_dir=shared / "data")
    finally:
        os.seteuid(me)
        shutil.rmtree(shared)


@on_sqlite
async def test_a_folder_without_a_database(empty_settings: Settings) -> None:
    line = await line_of_start(empty_settings)

    folder = empty_settings.data_dir
    assert line == f"there is no database in {folder}: set WORKSHOPS_DATA_DIR, or make one by `workshops migrate`"
    assert not folder.exists()


@pytest.mark.data
async def test_a_database_that_was_never_migrated(empty_settings: Settings) -> None:
    empty_settings.data_dir.mkdir()
    (empty_settings.data_dir / "workshops.sqlite3").touch()

    line = await line_of_start(empty_settings)

    assert line == "the database is not up to date: run `workshops migrate`"


@pytest.mark.data
async def test_a_database_newer_than_the_program(settings: Settings) -> None:
    async with open_database(settings):
        later = "UPDATE tortoise_migrations SET name = 'm9999_later' WHERE name = 'm0001_first'"
        await get_connection("default").execute_script(later)

    expected = "the database is newer than this program (m9999_later): update the program"
    assert await line_of_start(settings) == expected
    with pytest.raises(CannotStart, match="newer than this program"):
        await migrate(settings)


@on_sqlite
async def test_a_file_that_is_no_database(settings: Settings) -> None:
    file = settings.data_dir / "workshops.sqlite3"
    file.write_bytes(b"Tonight we talk about rights. " * 200)

    assert await line_of_start(settings) == f"cannot work with {file}: file is not a database"


@on_sqlite
async def test_a_file_that_may_only_be_read(template: Settings) -> None:
    with without_privileges(template.data_dir) as settings:
        line = await line_of_start(settings)

    file = settings.data_dir / "workshops.sqlite3"
    assert line == f"cannot work with {file}: attempt to write a readonly database"


@on_sqlite
async def test_a_folder_that_may_only_be_read(template: Settings) -> None:
    with without_privileges(template.data_dir) as settings:
        os.seteuid(os.getuid())
        settings.data_dir.chmod(0o555)
        if os.getuid() == 0:
            os.seteuid(NOBODY)
        line = await line_of_start(settings)

    assert line == f"WORKSHOPS_DATA_DIR: cannot write to {settings.data_dir}: Permission denied"


@on_sqlite
async def test_a_folder_that_is_a_file(empty_settings: Settings) -> None:
    empty_settings.data_dir.touch()

    line = await line_of_start(empty_settings)

    assert line == f"WORKSHOPS_DATA_DIR: cannot write to {empty_settings.data_dir}: File exists"


@on_sqlite
async def test_a_second_process_on_the_same_folder(settings: Settings) -> None:
    program = (
        "import asyncio, sys; from pathlib import Path; from workshops.settings import Settings;"
        "from workshops.database.connection import open_database\n"
        "async def main():\n"
        "    async with open_database(Settings(data_dir=Path(sys.argv[1]))):\n"
        "        print('open', flush=True); sys.stdin.read()\n"
        "asyncio.run(main())"
    )
    command = [sys.executable, "-c", program, str(settings.data_dir)]

    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:  # noqa: ASYNC220 (waits once)
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        line = await line_of_start(settings)
        other.kill()

    assert line == f"WORKSHOPS_DATA_DIR: another process works with {settings.data_dir}; SQLite takes one"
    async with open_database(settings):
        pass  # the lock went with the process that held it


@on_sqlite
async def test_an_sqlite_that_does_not_keep_its_promise(settings: Settings) -> None:
    class Careless(Client):
        promises = Client.promises | {"synchronous": 9}

    writer = Careless(str(settings.data_dir / "workshops.sqlite3"), connection_name="default")

    with pytest.raises(DatabaseAway, match="SQLite keeps synchronous at 1 where 9 is needed"):
        await writer.create_connection(with_db=True)


@on_sqlite
async def test_what_sqlite_promises_once_the_database_is_open(settings: Settings) -> None:
    async with open_database(settings):
        connection = get_connection("default")
        kept = {name: (await connection.execute_query(f"PRAGMA {name}"))[1][0][0] for name in Client.promises}

    assert kept == {
        "busy_timeout": 5000,
        "foreign_keys": 1,
        "journal_mode": "wal",
        "journal_size_limit": -1,
        "secure_delete": 1,
        "synchronous": 2,
        "temp_store": 2,
    }


@on_sqlite
async def test_closing_leaves_one_whole_file_for_its_owner_alone(empty_settings: Settings) -> None:
    await migrate(empty_settings)
    async with open_database(empty_settings):
        pass

    file = empty_settings.data_dir / "workshops.sqlite3"
    assert {path.name for path in empty_settings.data_dir.iterdir()} == {"lock", "workshops.sqlite3"}
    assert file.stat().st_mode & 0o077 == 0
    assert empty_settings.data_dir.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(file)) as reader:
        assert reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_an_address_of_another_kind(empty_settings: Settings) -> None:
    line = await line_of_start(at(empty_settings, "mysql://root:secret@localhost/workshops"))

    assert line == "WORKSHOPS_DATABASE_URL: write postgresql://user:password@host/database"


async def test_an_address_that_does_not_read_is_not_repeated(empty_settings: Settings) -> None:
    line = await line_of_start(at(empty_settings, "postgresql://me:se/cret@localhost:54x2/workshops"))

    assert line == "WORKSHOPS_DATABASE_URL: write postgresql://user:password@host/database"


async def test_a_server_that_does_not_answer(empty_settings: Settings) -> None:
    line = await line_of_start(at(empty_settings, "postgresql://me:secret@127.0.0.1:1/workshops"))

    assert line.startswith("cannot work with the database at WORKSHOPS_DATABASE_URL: ")
    assert len(line) > len("cannot work with the database at WORKSHOPS_DATABASE_URL: ")
    assert "secret" not in line


@on_postgresql
async def test_a_server_without_this_database(settings: Settings, postgres: Server) -> None:
    line = await line_of_start(at(settings, postgres.address("nowhere")))

    assert line == 'cannot work with the database at WORKSHOPS_DATABASE_URL: database "nowhere" does not exist'


@on_postgresql
async def test_a_server_that_may_only_be_read(settings: Settings, postgres: Server) -> None:
    assert settings.database_url is not None
    name = settings.database_url.get_secret_value().partition("?")[0].rpartition("/")[2]
    postgres.run(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')

    line = await line_of_start(settings)

    assert line.startswith("cannot work with the database at WORKSHOPS_DATABASE_URL: ")
    assert "read" in line


def test_an_up_to_date_start_never_loads_the_machinery_of_migrations(template: Settings, tmp_path: Path) -> None:
    shutil.copytree(template.data_dir, tmp_path / "data")
    program = (
        "import asyncio, sys; from pathlib import Path; from workshops.settings import Settings;"
        "from workshops.database.connection import open_database;"
        "from workshops.database.migrate import migrate\n"
        "async def main():\n"
        "    settings = Settings(data_dir=Path(sys.argv[1]))\n"
        "    assert await migrate(settings) == []\n"
        "    async with open_database(settings): pass\n"
        "asyncio.run(main())\n"
        "print([name for name in sys.modules if 'migrations' in name or 'asyncpg' in name])"
    )

    loaded = subprocess.run([sys.executable, "-c", program, tmp_path / "data"], check=True, capture_output=True)

    assert loaded.stdout == b"[]\n"
