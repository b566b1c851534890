"""What is on the disk while five hundred people have a place: nothing that names, shows or times one of them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.client import Client
from tests.make import NOW, make_session
from tests.postgres import Server
from workshops.registration.models import Place, Registration
from workshops.settings import Settings
from workshops.vault import Sealed, open_vault

HEADER = "canary-in-a-header-2b81"
WAY = "canary-in-the-directions-6d0e"
PLACES = 500
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
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    session = await make_session(capacity=PLACES, starts_at=NOW + timedelta(hours=10))
    vault = open_vault(settings.key_dir)
    assert vault is not None
    session.directions = vault.seal(WAY, Sealed("session", "directions", session.id))
    await session.save()
    client.clock.now = AT
    wanted = [HEADER, WAY]
    for _ in range(PLACES):
        wanted += await _take(client, session.id)
    digest = (await Registration.all().first()).digest  # type: ignore[union-attr]  # five hundred were made

    disk = list(_files([settings.data_dir, tmp_path], postgres))

    assert await Place.all().count() == PLACES
    assert any(digest.encode() in content for content in disk)  # the control: what is kept is found
    assert [each for each in wanted if any(each.encode() in content for content in disk)] == []
    assert not any(AT.strftime("%Y-%m-%d %H:%M").encode() in content for content in disk)
    assert not any(AT.strftime("%Y-%m-%dT%H:%M").encode() in content for content in disk)


def _files(folders: list[Path], postgres: Server | None) -> Iterator[bytes]:
    folders = [*folders, postgres.folder] if postgres else folders
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_socket():
                yield path.read_bytes()
