"""Texts are edited and published where the released files lie on a disk that nobody can write."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client import Client
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import PATH, TEXT, TOPIC, WHOLE, publish

pytestmark = [pytest.mark.data, pytest.mark.needs("mounts")]


@pytest.fixture
def folder(folder: Path) -> Iterator[Path]:
    """The released files, on a disk that refuses root too."""
    if os.geteuid() != 0:
        places = [folder, *folder.rglob("*")]
        for each in places:
            each.chmod(0o555 if each.is_dir() else 0o444)
        yield folder
        for each in places:
            each.chmod(0o755 if each.is_dir() else 0o644)
        return
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


async def test_a_text_is_saved_published_and_shown_where_no_file_can_be_written(
    client: Client, coordinator: StaffBrowser, folder: Path
) -> None:
    with pytest.raises(OSError, match=r"Read-only|denied"):
        (folder / "new").touch()

    saved = await coordinator.send(WHOLE, text=TEXT.replace('"Rest and routine"', '"Long nights"'))
    published = await publish(coordinator)

    assert (saved.status_code, published) == (303, 303)
    assert "Long nights" in (await client.get(TOPIC)).text
    assert (folder / PATH).read_bytes() == TEXT.encode()
