"""Backups hold what coordinators would have to type again, and nobody who ever took a place."""

import json
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from pyrage import decrypt, x25519  # type: ignore[import-untyped]  # ships no types

from tests.database.rows import fill
from tests.make import NOW, make_session, make_venue
from tests.serving import run_command, running
from workshops.backup import KEPT, LEFT_OUT, NoBackup, make_backup, restore_backup
from workshops.database.connection import Database, open_database
from workshops.database.keys import fitting_vault
from workshops.database.migrate import migrate
from workshops.database.models import KeyCheck
from workshops.errors import CannotStart
from workshops.keys import Purpose
from workshops.registration.models import Place, Registration
from workshops.schedule.directions import sealed_copy, sealed_for_venue, session_directions, venue_directions
from workshops.schedule.models import Schedule, Session
from workshops.settings import Settings
from workshops.staff.models import Account

OURS = x25519.Identity.generate()
THEIRS = x25519.Identity.generate()
TO = str(OURS.to_public())
WAY = "The green door, second bell."


@pytest.fixture
async def sealed(database: Database, settings: Settings) -> bytes:
    """A backup of an installation where one of ten seats is taken and one person waits."""
    vault = await fitting_vault(settings.key_dir)
    venue = await make_venue()
    venue.directions = sealed_for_venue(WAY, venue.id, vault)
    await venue.save()
    session = await make_session(venue=venue, taken=1, waiting=1, next_number=2, epoch=3)
    await Session.filter(id=session.id).update(directions=sealed_copy(venue, session.id, vault))
    for state, number in (("confirmed", None), ("waiting", 1)):
        digest = vault.digest(Purpose.CODE, f"code {state}")
        registration = await Registration.create(digest=digest.value, key_id=digest.key_id)
        await Place.create(registration=registration, session=session, state=state, number=number)
    await Account.create(handle="Robin", coordinator=True, password="argon2")
    return await make_backup(TO)


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path) -> Settings:
    """A new machine on SQLite, to which the keys were brought."""
    return settings.model_copy(update={"data_dir": tmp_path / "new", "database_url": None})


async def restored(elsewhere: Settings, sealed: bytes, identity: str = str(OURS)) -> int:
    await migrate(elsewhere)
    async with open_database(elsewhere):
        return await restore_backup(sealed, identity, elsewhere.key_dir, NOW + timedelta(hours=1))


@pytest.mark.data
async def test_every_table_is_kept_or_left_out_on_purpose(database: Database) -> None:
    assert database.context.apps is not None
    models = set(database.context.apps.get_models_iterable())

    assert models == {*KEPT} | LEFT_OUT
    assert not {*KEPT} & LEFT_OUT


@pytest.mark.data
async def test_nothing_of_participants_is_in_a_backup_even_for_who_can_open_it(sealed: bytes) -> None:
    text = zlib.decompress(decrypt(sealed, [OURS])).decode()

    secrets = [
        *(each.digest for each in await Registration.all()),
        *(each.id for each in await Registration.all()),
        *(each.id for each in await Place.all()),
        WAY,
    ]
    assert len(secrets) == 7
    assert [each for each in secrets if str(each) in text] == []
    assert [each["directions"] for each in json.loads(text)["tables"]["Session"]] == [None]


@pytest.mark.data
async def test_a_new_installation_gets_everything_back_but_places(sealed: bytes, elsewhere: Settings) -> None:
    count = await restored(elsewhere, sealed)

    async with open_database(elsewhere):
        vault = await fitting_vault(elsewhere.key_dir)
        session = await Session.get().select_related("venue")
        assert count == 1
        assert (session.taken, session.waiting, session.next_number, session.epoch) == (1, 0, 2, 4)
        assert (venue_directions(session.venue, vault), session_directions(session, vault)) == (WAY, WAY)
        assert (await Account.get()).handle == "Robin"
        assert await Place.all().count() == await Registration.all().count() == 0
        assert (await Schedule.get(id=1)).high_water == NOW + timedelta(hours=1)


@pytest.mark.data(only="sqlite")
async def test_a_row_of_every_kept_table_comes_back_as_it_was(
    database: Database, settings: Settings, elsewhere: Settings
) -> None:
    await fitting_vault(settings.key_dir)
    await KeyCheck.filter(key_id="k").delete()
    await fill()
    await KeyCheck.filter(key_id="k").delete()
    kept = {model: sorted(await model.all().values(), key=repr) for model in KEPT}

    await restored(elsewhere, await make_backup(TO))

    async with open_database(elsewhere):
        found = {model: sorted(await model.all().values(), key=repr) for model in KEPT}
    changed = {model.__name__ for model in KEPT if found[model] != kept[model]}
    assert changed == {"Schedule", "Session"}


@pytest.mark.data(only="sqlite")
@pytest.mark.parametrize(
    ("damage", "identity", "said"),
    [
        (lambda sealed: sealed, str(THEIRS), "does not open"),
        (lambda sealed: sealed[:-20], str(OURS), "does not open"),
        (lambda _: b"no age file", str(OURS), "does not open"),
        (lambda sealed: sealed, "my password", "no private key"),
        (lambda sealed: sealed, "", "no private key"),
    ],
    ids=["another key", "cut short", "another file", "no key", "an empty key"],
)
async def test_what_cannot_be_restored_is_said_in_a_line_and_changes_nothing(
    sealed: bytes, elsewhere: Settings, damage: object, identity: str, said: str
) -> None:
    assert callable(damage)

    with pytest.raises(NoBackup, match=said):
        await restored(elsewhere, damage(sealed), identity)

    async with open_database(elsewhere):
        assert await Session.all().count() == 0


@pytest.mark.data(only="sqlite")
async def test_a_backup_is_never_restored_over_anything(sealed: bytes, settings: Settings) -> None:
    with pytest.raises(CannotStart, match="not empty"):
        await restore_backup(sealed, str(OURS), settings.key_dir, NOW)


@pytest.mark.data(only="sqlite")
async def test_without_its_keys_a_backup_is_not_restored(sealed: bytes, elsewhere: Settings, tmp_path: Path) -> None:
    keyless = elsewhere.model_copy(update={"key_dir": tmp_path / "other keys"})

    with pytest.raises(CannotStart, match="keys of this database are missing"):
        await restored(keyless, sealed)

    async with open_database(elsewhere):
        assert await Session.all().count() == 0


@pytest.mark.data
async def test_who_is_no_recipient_gets_no_backup(database: Database) -> None:
    with pytest.raises(CannotStart, match="no recipient"):
        await make_backup("robin@example.org")


@pytest.mark.data(only="sqlite")
def test_the_commands_back_up_a_running_server_and_fill_a_new_folder(
    settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    file, key = tmp_path / "evenings.age", tmp_path / "key.txt"
    key.write_text(f"# created elsewhere\n{OURS}\n")

    with running(settings):
        made = run_command(settings, "backup", str(file), "--to", TO)
        again = run_command(settings, "backup", str(file), "--to", TO)
    back = run_command(elsewhere, "restore", str(file), "--key", str(key))

    assert (made.returncode, again.returncode, back.returncode) == (0, 2, 0), (made, again, back)
    assert file.stat().st_mode & 0o077 == 0
    assert "cannot be written" in again.stderr
    assert "evenings came back" in back.stdout
