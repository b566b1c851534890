"""Released files are only ever read, whatever coordinators do in the browser."""

from pathlib import Path

import httpx2
import pytest

from tests.client import Client
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import HERE, MIDDLE, PATH, SAY, START, TEXT, WHOLE, publish
from workshops.curricula.exchange import packed
from workshops.curricula.models import Revision

pytestmark = pytest.mark.data


def state_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, with what is in it and when that was written."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


async def bring(client: Client, browser: StaffBrowser, archive: bytes) -> httpx2.Response:
    headers = browser._headers  # noqa: SLF001 (its own forms hold no files)
    return await client.http.post("/desk/texts/archive", files={"archive": ("any.zip", archive)}, headers=headers)


async def test_everything_that_is_done_to_texts_leaves_the_released_files_as_they_came(
    client: Client, coordinator: StaffBrowser, folder: Path
) -> None:
    before = state_of(folder)

    await coordinator.post("/desk/texts/new", {"kind": "facts", "curriculum": "", "area": "north", "language": "en"})
    await coordinator.send(START, t0="Come in.", meaning="yes")
    published = await publish(coordinator)
    await coordinator.send(MIDDLE, t0="Put them out.")
    await coordinator.send(WHOLE, text=TEXT.replace(SAY, "Hello."))
    await coordinator.send(f"{HERE}/revisions/1", f"{HERE}/restore")
    brought = await bring(client, coordinator, packed({PATH: TEXT.replace(SAY, "Theirs."), "another/en.md": "broken"}))
    released = await coordinator.send(HERE, f"{HERE}/released")
    exported = await coordinator.get("/desk/texts/archive?drafts=yes")

    statuses = [published, brought.status_code, released.status_code, exported.status_code]
    assert statuses == [303, 303, 303, 200]
    assert await Revision.filter(path=PATH).count() == 5
    assert state_of(folder) == before
