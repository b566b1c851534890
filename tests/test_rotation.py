"""Keys are exchanged and destroyed, and nobody loses a place by it."""

import asyncio
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.client import Client
from tests.make import NOW, make_session, make_venue
from tests.serving import run_command, running
from tests.staff.people import COORDINATOR, signed_in_token
from workshops.database.connection import open_database
from workshops.database.keys import fitting_vault
from workshops.database.models import KeyCheck
from workshops.errors import CannotStart
from workshops.keys import Key, Purpose, destroy_key, finish_destroying, key_files, new_key, write_key
from workshops.registration.models import Place, Registration, UsedNonce
from workshops.rotation import rotate, turn_keys
from workshops.schedule.directions import sealed_for_venue, venue_directions
from workshops.schedule.models import Venue
from workshops.settings import Settings
from workshops.staff.queries import find_signed_in
from workshops.upkeep import sweep
from workshops.vault import Vault, make_vault, open_vault

DAY = timedelta(days=1)


def vault_of(client: Client) -> Vault:
    vault: Vault = client.state["vault"]
    return vault


def ids(vault: Vault, purpose: Purpose) -> list[str]:
    return sorted(key.id for key in vault.keys if key.purpose is purpose)


async def exchange(client: Client, *purposes: Purpose) -> None:
    settings = client.state["settings"]
    for purpose in purposes:
        await rotate(purpose, vault_of(client), settings.key_dir, client.clock.now)


async def turn(client: Client, now: datetime) -> None:
    await turn_keys(vault_of(client), client.state["settings"], now)


@pytest.mark.data
async def test_nobody_loses_a_place_or_gets_a_second_one_when_every_key_is_exchanged_on_the_way(
    client: Client,
) -> None:
    session = await make_session()
    form = await client.place_form(session)
    await exchange(client, *Purpose)

    first = await client.post_form(form)
    await exchange(client, *Purpose)
    again = await client.post_form(form)
    opened = await client.open_place(first.code)
    await exchange(client, *Purpose)
    await client.cancel(first.code)
    revived = await client.post_form(form)

    assert first.placed
    assert again.code == first.code
    assert opened.status_code == 200
    assert "already" in revived.response.text
    assert [await Place.all().count(), await Registration.all().count()] == [0, 0]


@pytest.mark.data
async def test_a_replay_after_the_derivation_key_was_destroyed_says_already_used(client: Client) -> None:
    form = await client.place_form(await make_session())
    code = (await client.post_form(form)).code
    await exchange(client, Purpose.DERIVATION)
    destroy_key(client.state["settings"].key_dir, next(key for key in vault_of(client).keys if key.id == "d1"))
    vault_of(client).refresh()

    replay = await client.post_form(form)

    assert code not in "".join(replay.response.text.split())
    assert "already" in replay.response.text
    assert await Place.all().count() == 1


@pytest.mark.data
async def test_the_derivation_key_lives_a_day_and_then_as_long_as_its_forms_are_good(
    client: Client, settings: Settings
) -> None:
    await exchange(client, Purpose.DERIVATION)
    destroyed = (settings.key_dir / "code-derivation.d2.key").read_bytes()
    morning = (NOW + DAY).replace(hour=6, minute=0)

    await turn(client, morning - timedelta(minutes=1))
    before = ids(vault_of(client), Purpose.DERIVATION)
    await turn(client, morning + timedelta(minutes=1))
    turned = ids(vault_of(client), Purpose.DERIVATION)
    await turn(client, morning + timedelta(minutes=31))
    still_good = ids(vault_of(client), Purpose.DERIVATION)
    await turn(client, morning + timedelta(minutes=45))

    assert before == ["d2"]
    assert turned == still_good == ["d2", "d3"]
    assert ids(vault_of(client), Purpose.DERIVATION) == ["d3"]
    assert not any(destroyed.strip() in file.read_bytes() for file in settings.key_dir.iterdir())
    checks = await KeyCheck.filter(purpose="code-derivation").values_list("key_id", flat=True)
    assert [str(each) for each in checks] == ["d3"]


@pytest.mark.data
async def test_an_old_key_is_kept_while_a_row_names_it_and_destroyed_afterwards(client: Client) -> None:
    session = await make_session()
    code = (await client.take(session)).code
    await exchange(client, Purpose.CODE, Purpose.NONCE, Purpose.TOKEN)

    await turn(client, NOW + timedelta(hours=3))
    while_named = [ids(vault_of(client), purpose) for purpose in (Purpose.CODE, Purpose.NONCE, Purpose.TOKEN)]
    await client.cancel(code)
    await UsedNonce.all().delete()
    await turn(client, NOW + timedelta(hours=3))

    assert while_named == [["c1", "c2"], ["n1", "n2"], ["t2"]]
    assert [ids(vault_of(client), purpose) for purpose in (Purpose.CODE, Purpose.NONCE)] == [["c2"], ["n2"]]


@pytest.mark.data
async def test_sealed_texts_are_sealed_anew_and_the_old_key_goes(client: Client) -> None:
    venue = await make_venue()
    await Venue.filter(id=venue.id).update(directions=sealed_for_venue("Green door", venue.id, vault_of(client)))

    await exchange(client, Purpose.SEAL)
    await turn(client, NOW + timedelta(hours=3))

    assert ids(vault_of(client), Purpose.SEAL) == ["s2"]
    assert venue_directions(await Venue.get(id=venue.id), vault_of(client)) == "Green door"


@pytest.mark.data
async def test_staff_stay_signed_in_when_the_key_of_their_tokens_is_exchanged(client: Client) -> None:
    token = await signed_in_token(vault_of(client), "robin", COORDINATOR, NOW)

    await exchange(client, Purpose.TOKEN)

    assert await find_signed_in(token, vault_of(client), NOW) is not None


@pytest.mark.data
async def test_no_key_is_destroyed_by_a_clock_that_jumped(client: Client, settings: Settings) -> None:
    await exchange(client, Purpose.DERIVATION)
    await sweep(settings, NOW)

    await turn(client, NOW + timedelta(days=3))

    assert ids(vault_of(client), Purpose.DERIVATION) == ["d1", "d2"]


def test_a_folder_that_could_not_be_read_is_looked_at_again_though_it_does_not_look_changed(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    second = new_key(Purpose.CODE, 2)
    write_key(tmp_path, second)
    (tmp_path / second.file_name).chmod(0o644)  # others may read it: not taken
    os.utime(tmp_path, (1, 1))
    vault.refresh()
    before = ids(vault, Purpose.CODE)
    (tmp_path / second.file_name).chmod(0o600)

    vault.refresh()

    assert (before, ids(vault, Purpose.CODE)) == (["c1"], ["c1", "c2"])


def test_another_process_with_the_same_folder_learns_of_new_keys_by_itself(tmp_path: Path) -> None:
    ours = make_vault(tmp_path)
    theirs = open_vault(tmp_path)
    assert theirs is not None
    before = ours.digest(Purpose.CODE, "1")

    write_key(tmp_path, new_key(Purpose.CODE, 2))
    ours.refresh()

    after = ours.digest(Purpose.CODE, "1")
    assert after.key_id == "c2"
    assert set(theirs.digests(Purpose.CODE, "1")) == {before.value, after.value}
    write_key(tmp_path, new_key(Purpose.NONCE, 2))
    assert theirs.key(Purpose.NONCE, "n2") is not None


def test_a_folder_that_is_being_changed_leaves_the_keys_we_have(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    (tmp_path / "code-digest.c2.key").write_text("half")

    assert len(vault.digests(Purpose.CODE, "1")) == 1


def test_a_key_is_overwritten_before_it_is_deleted_also_after_a_crash_in_between(tmp_path: Path) -> None:
    key = new_key(Purpose.CODE, 1)
    write_key(tmp_path, key)
    twin = tmp_path / "twin"
    twin.hardlink_to(tmp_path / key.file_name)
    (tmp_path / key.file_name).rename(tmp_path / (key.file_name + ".gone"))

    finish_destroying(tmp_path)

    assert set(twin.read_bytes()) == {0}
    assert list(tmp_path.iterdir()) == [twin]
    assert key_files(tmp_path) == frozenset()


def test_a_key_is_never_written_over_another_one(tmp_path: Path) -> None:
    write_key(tmp_path, new_key(Purpose.CODE, 1), NOW)
    with pytest.raises(FileExistsError):
        write_key(tmp_path, Key(Purpose.CODE, 1, bytes(32)), NOW)

    assert [file.name for file in tmp_path.iterdir()] == ["code-digest.c1.key"]
    assert "00000000" not in (tmp_path / "code-digest.c1.key").read_text()


@pytest.mark.data
def test_keys_are_exchanged_by_command_while_the_server_runs_and_while_it_does_not(settings: Settings) -> None:
    with running(settings):
        handed_over = run_command(settings, "keys", "rotate", "code-digest")
    alone = run_command(settings, "keys", "rotate", "seal")
    unknown = run_command(settings, "keys", "rotate", "front-door")

    assert ("c2" in handed_over.stdout, "s2" in alone.stdout) == (True, True)
    assert (unknown.returncode, "code-digest" in unknown.stderr) == (2, True)
    assert {"c1", "c2", "s1", "s2"} <= set(asyncio.run(_known(settings)))


async def _known(settings: Settings) -> list[str]:
    async with open_database(settings):
        await fitting_vault(settings.key_dir)
        return [str(each) for each in await KeyCheck.all().values_list("key_id", flat=True)]


@pytest.mark.data
def test_a_restored_folder_without_the_derivation_key_gets_a_new_one_and_without_another_key_does_not_start(
    settings: Settings,
) -> None:
    with running(settings):
        pass
    (settings.key_dir / "code-derivation.d1.key").unlink()
    with running(settings):
        made = sorted(file.name for file in settings.key_dir.glob("code-derivation.*"))
    (settings.key_dir / "code-digest.c1.key").unlink()
    refused = run_command(settings, "serve")

    assert made == ["code-derivation.d2.key"]
    assert (refused.returncode, "code-digest" in refused.stderr) == (2, True)


@pytest.mark.data
async def test_a_folder_from_before_private_calendars_gets_their_key_and_one_that_lost_it_is_refused(
    settings: Settings,
) -> None:
    async with open_database(settings):
        await fitting_vault(settings.key_dir)
        (settings.key_dir / "feed-token.f1.key").unlink()
        with pytest.raises(CannotStart, match="no key for feed-token"):
            await fitting_vault(settings.key_dir)
        await KeyCheck.filter(key_id="f1").delete()  # as if this database had never seen one

        vault = await fitting_vault(settings.key_dir)

        assert ids(vault, Purpose.FEED) == ["f1"]
        assert await KeyCheck.filter(key_id="f1").exists()
