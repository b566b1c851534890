"""Texts leave the desk as an archive and come back as revisions that nobody has published."""

from io import BytesIO
from zipfile import ZipFile

import httpx2
import pytest

from tests.client import Client
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import PATH, SAY, START, TEXT, as_kept, newest, publish, saved
from workshops.curricula.exchange import packed, unpacked
from workshops.curricula.models import Revision

pytestmark = pytest.mark.data

ARCHIVE = "/desk/texts/archive"


async def bring(client: Client, browser: StaffBrowser, archive: bytes) -> httpx2.Response:
    headers = browser._headers  # noqa: SLF001 (its own forms hold no files)
    return await client.http.post(ARCHIVE, files={"archive": ("any.zip", archive)}, headers=headers)


async def test_what_leaves_and_comes_back_changes_nothing(client: Client, coordinator: StaffBrowser) -> None:
    await coordinator.send(START, t0="Ours.")
    await publish(coordinator)
    await coordinator.send(START, t0="Not yet.")
    public = (await coordinator.get(ARCHIVE)).content
    all_saved = (await coordinator.get(f"{ARCHIVE}?drafts=yes")).content

    answers = [await bring(client, coordinator, each) for each in (public, all_saved)]

    assert [each.headers["location"] for each in answers] == ["/desk/texts?taken=0"] * 2
    assert unpacked(public)[PATH] == as_kept(TEXT.replace(SAY, "Ours."))
    assert unpacked(all_saved)[PATH] == as_kept(TEXT.replace(SAY, "Not yet."), "0.1.2")
    assert sorted(unpacked(public)) == [PATH, "sources.yaml"]
    assert len(await saved()) == 2


async def test_what_is_different_becomes_a_revision_that_nobody_published(
    client: Client, coordinator: StaffBrowser
) -> None:
    odd = "\ufeff" + TEXT.replace(SAY, "Theirs.").replace("\n", "\r\n")
    brought = packed({PATH: odd, "another/en.md": "broken", "local/town.en.yaml": "format: 1\n"})

    answer = await bring(client, coordinator, brought)
    again = await bring(client, coordinator, brought)

    revisions = await Revision.all().order_by("path")
    assert (answer.headers["location"], again.headers["location"]) == ("/desk/texts?taken=3", "/desk/texts?taken=0")
    assert {(each.number, each.handle, each.note, each.published) for each in revisions} == {
        (1, "robin", "Imported", False)
    }
    assert unpacked((await coordinator.get(f"{ARCHIVE}?drafts=yes")).content)[PATH] == odd
    assert "3</bdi> texts were taken in" in (await coordinator.get("/desk/texts?taken=3")).text


async def test_an_archive_with_anything_else_changes_nothing(client: Client, coordinator: StaffBrowser) -> None:
    bad = BytesIO()
    with ZipFile(bad, "w") as writing:
        writing.writestr(PATH, TEXT.replace(SAY, "Theirs."))
        writing.writestr("../en.md", "text")

    answers = [await bring(client, coordinator, each) for each in (bad.getvalue(), b"text", b"")]

    assert [each.status_code for each in answers] == [422] * 3
    assert "no place where a text stands" in answers[0].text
    assert await saved() == []
    assert await newest() == ""


async def test_an_archive_that_is_too_long_is_refused(client: Client, coordinator: StaffBrowser) -> None:
    answer = await bring(client, coordinator, b"PK" + bytes(6_100_000))

    assert answer.status_code == 413
    assert await saved() == []
