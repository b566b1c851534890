"""What is on the disk while people have places: nothing that names, shows or times one; and what the keys open."""

import logging
import os
import re
import subprocess
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import pytest
from pyrage import decrypt, x25519  # type: ignore[import-untyped]  # ships no types

from tests.client import Client
from tests.make import NOW, make_session
from tests.postgres import Server
from workshops.backup import make_backup
from workshops.registration.codes import Code, random_code, read_code
from workshops.registration.models import Place, Registration, UsedNonce
from workshops.registration.nonces import Nonce, code_of, read_nonce
from workshops.registration.rules import Need
from workshops.rotation import turn_keys
from workshops.schedule.models import Session
from workshops.settings import Settings
from workshops.upkeep import sweep
from workshops.vault import Purpose, Sealed, Vault, open_vault

HEADER = "canary-in-a-header-2b81"
WAY = "canary-in-the-directions-6d0e"
PLACES = 500
FEW = 12
GUESSES = 5_000
AT = NOW + timedelta(minutes=7, seconds=23)  # no full quarter of an hour


async def _take(client: Client, session: str) -> list[str]:
    """Take a place, look at it with its way there, press again; what a thief would like to find."""
    client.http.headers.update({"user-agent": HEADER, "x-forwarded-for": HEADER, "referer": HEADER})
    form = (await client.get(f"/sessions/{session}/take")).text.partition('name="nonce" value="')[2].partition('"')[0]
    receipt = await client.post(f"/sessions/{session}/take", {"nonce": form, "need": "QUIET_SEAT"})
    code = "".join(part[:4] for part in receipt.text.split("<span>")[1:] if part[:4].isdigit())
    assert len(code) == 16
    opened = await client.open_place(code)
    assert WAY in opened.text
    return [form, code, "-".join(code[i : i + 4] for i in range(0, 16, 4))]


@pytest.mark.data
@pytest.mark.long
async def test_a_seized_disk_holds_no_code_nonce_directions_header_or_time_of_a_booking(
    client: Client, settings: Settings, tmp_path: Path, postgres: Server | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary, log = tmp_path / "temporary", logging.FileHandler(tmp_path / "log")
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(logging.root, "handlers", [*logging.root.handlers, log])
    session = await _evening(settings, capacity=PLACES)
    client.clock.now = AT
    wanted = [HEADER, WAY]
    for _ in range(PLACES):
        wanted += await _take(client, session.id)
    digest = (await Registration.all().first()).digest  # type: ignore[union-attr]  # five hundred were made
    key = x25519.Identity.generate()
    backup = await make_backup(str(key.to_public()))
    (tmp_path / "backup.age").write_bytes(backup)
    opened = decrypt(backup, [key])
    (tmp_path / "backup").write_bytes(zlib.decompress(opened))
    log.close()

    disk = {path: path.read_bytes() for path in _files([settings.data_dir, tmp_path], postgres)}

    assert await Place.all().count() == PLACES
    assert any(digest.encode() in content for content in disk.values())  # the control: what is kept is found
    assert session.id.encode() in disk[tmp_path / "backup"]
    assert digest.encode() not in disk[tmp_path / "backup"]
    assert [each for each in wanted if any(each.encode() in content for content in disk.values())] == []
    starts_at = [_minute(session.starts_at)]
    assert any(_tells(content, starts_at) for content in disk.values())  # the control: a time that is kept is found
    assert [path for path, content in disk.items() if _tells(content, [_minute(AT)])] == []


@pytest.mark.data(only="postgresql")
async def test_postgresql_itself_keeps_when_and_in_which_order_bookings_were_written(
    client: Client, settings: Settings, postgres: Server
) -> None:
    """What the threat model, the page on operating and "what we keep" say of PostgreSQL; not a thing we want."""
    session, first = (
        await _evening(settings, capacity=FEW),
        postgres.run("SELECT pg_walfile_name(pg_current_wal_lsn())"),
    )
    began = datetime.now(UTC)
    places: list[str] = []
    for _ in range(FEW):
        await _take(client, session.id)
        places += [each.id for each in await Place.exclude(id__in=places)]

    database = str(settings.database_url.get_secret_value()).partition("@/")[2].partition("?")[0]  # type: ignore[union-attr]
    rows = postgres.run("SELECT id, xmin FROM place", name=database)
    numbers = dict(line.split("|") for line in rows.split())
    postgres.run("SELECT pg_switch_wal()")
    written = _commits(postgres, first.strip())

    # The rows' transaction numbers tell the order; the log tells when each was written.
    assert places == sorted(places, key=lambda each: int(numbers[each]))
    times = [written[numbers[each]] for each in places if numbers[each] in written]
    assert len(times) == FEW
    assert times == sorted(times)
    assert all(began - timedelta(seconds=1) <= each <= datetime.now(UTC) for each in times)


@pytest.mark.data
async def test_what_we_hold_says_which_database_it_is(client: Client, *, on_postgresql: bool) -> None:
    page = (await client.get("/what-we-hold")).text

    assert (
        "this site&#39;s database is PostgreSQL" in page or "this site's database is PostgreSQL" in page
    ) == on_postgresql
    assert ("log is overwritten within a quarter of an hour" in page) != on_postgresql


@pytest.mark.data(only="postgresql")
async def test_a_double_click_writes_no_mark_into_postgresqls_own_log(
    client: Client, settings: Settings, postgres: Server
) -> None:
    session = await _evening(settings, capacity=FEW)
    form = await client.place_form(session)
    before = (postgres.folder / "log").read_text()

    async with anyio.create_task_group() as group:
        for _ in range(8):
            group.start_soon(client.post_form, form)

    assert await Place.all().count() == 1
    assert (postgres.folder / "log").read_text() == before


@pytest.mark.data
async def test_with_the_keys_the_way_opens_and_a_known_code_is_confirmed_but_none_can_be_listed(
    client: Client, settings: Settings, tmp_path: Path, postgres: Server | None
) -> None:
    session = await _evening(settings, capacity=FEW)
    taken = [await _take(client, session.id) for _ in range(FEW)]
    thief = _thief(settings)
    code, form = read_code(taken[0][1]), _form(taken[0][0], session, thief)
    assert isinstance(code, Code)

    disk = [path.read_bytes() for path in _files([settings.data_dir], postgres)]

    # The way to every coming evening can be read.
    row = await Session.get(id=session.id)
    assert row.directions is not None
    assert thief.unseal(row.directions, Sealed("session", "directions", row.id)) == WAY
    # Whether a code somebody has is one of ours can be told, and which evening, what state and what ticks it has.
    [digest] = thief.digests(Purpose.CODE, code.digits)
    assert any(digest.encode() in content for content in disk)
    place = await Place.get(registration__digest=digest)
    assert (place.session_id, place.state, place.needs) == (session.id, "confirmed", Need.QUIET_SEAT)
    # So can whether a form somebody saw has given a place, and while its key lives, its code.
    assert await UsedNonce.filter(digest=form.mark.value).exists()
    assert code_of(form, thief) == code
    # Codes can only be guessed: none of them and no form is written anywhere.
    assert not any(secret.encode() in content for each in taken for secret in each for content in disk)
    guesses = [digest for _ in range(GUESSES) for digest in thief.digests(Purpose.CODE, random_code().digits)]
    assert await Registration.filter(digest__in=guesses).count() == 0


@pytest.mark.data
async def test_with_the_keys_of_two_days_later_no_form_gives_its_code_and_no_past_way_opens(
    client: Client, settings: Settings, postgres: Server | None
) -> None:
    session = await _evening(settings, capacity=FEW)
    taken = await _take(client, session.id)
    code, before = read_code(taken[1]), await Session.get(id=session.id)
    assert isinstance(code, Code)
    form = _form(taken[0], session, _thief(settings))
    for file in settings.key_dir.iterdir():
        os.utime(file, (NOW.timestamp(), NOW.timestamp()))  # keys are as old as their files

    for hours in (20, 40):
        now = NOW + timedelta(hours=hours)
        await sweep(settings, now)
        await turn_keys(client.state["vault"], settings, now)
    thief = _thief(settings)

    # The key that codes are derived with lives a day: an old form, seen by somebody, leads to no code.
    assert code_of(form, thief) is None
    assert not await UsedNonce.filter(digest=form.mark.value).exists()
    # A day after an evening neither its way nor who had a place is there.
    assert before.directions is not None
    assert (await Session.get(id=session.id)).directions is None
    assert await Registration.filter(digest__in=thief.digests(Purpose.CODE, code.digits)).count() == 0
    if postgres is None:  # PostgreSQL's log keeps what was deleted: the threat model says so
        assert not any(before.directions in path.read_bytes() for path in _files([settings.data_dir], None))


async def _evening(settings: Settings, *, capacity: int) -> Session:
    """An evening whose way is told already."""
    session = await make_session(capacity=capacity, starts_at=NOW + timedelta(hours=10))
    session.directions = _thief(settings).seal(WAY, Sealed("session", "directions", session.id))
    await session.save(update_fields=["directions"])
    return session


def _thief(settings: Settings) -> Vault:
    """Who reads the key files as they lie there."""
    vault = open_vault(settings.key_dir)
    assert vault is not None
    return vault


def _form(typed: str, session: Session, vault: Vault) -> Nonce:
    nonce = read_nonce(typed, session.id, vault)
    assert nonce is not None
    return nonce


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _tells(content: bytes, minutes: list[datetime]) -> bool:
    """Whether bytes hold a moment of these minutes: as text, or as PostgreSQL keeps it."""
    texts = [minute.strftime(form).encode() for minute in minutes for form in ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")]
    return any(text in content for text in texts) or any(_holds_binary(content, minute) for minute in minutes)


def _holds_binary(content: bytes, minute: datetime) -> bool:
    """Whether bytes hold microseconds since 2000 within a minute, the lowest byte first.

    Source: PostgreSQL, src/include/datatype/timestamp.h.
    """
    start = int((minute - datetime(2000, 1, 1, tzinfo=UTC)).total_seconds()) * 1_000_000
    ends = {value.to_bytes(8, "little")[3:] for value in range(start, start + 60_000_000, 1 << 20)}
    found = re.finditer(b"(?=(.{3}(?:" + b"|".join(map(re.escape, ends)) + b")))", content, re.DOTALL)
    return any(start <= int.from_bytes(each[1], "little") < start + 60_000_000 for each in found)


def _commits(server: Server, first: str) -> dict[str, datetime]:
    """When each transaction was kept, by its number, as PostgreSQL's log tells whoever has its files."""
    command = [f"{server.programs}/pg_waldump", "-p", f"{server.folder}/data/pg_wal", "-r", "Transaction", first]
    listed = subprocess.run(
        command, check=False, capture_output=True, text=True
    ).stdout  # it complains of the log's end
    commits = re.findall(r"tx:\s+(\d+),.*COMMIT (\S+ \S+) UTC", listed)
    return {number: datetime.strptime(at, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC) for number, at in commits}


def _files(folders: list[Path], postgres: Server | None) -> Iterator[Path]:
    for folder in [*folders, postgres.folder] if postgres else folders:
        yield from (path for path in folder.rglob("*") if path.is_file() and not path.is_socket())
