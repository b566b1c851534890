"""Texts about law change hands: nobody alone puts one on the pages, not even one that came with the program."""

from dataclasses import replace

import pytest

from tests.client import Client
from tests.curricula.sheets import facts_of
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import HERE, TEXT, WHOLE
from tests.desk.texts.small import publish as publish_teaching
from workshops.curricula.models import Revision
from workshops.curricula.paths import text_id
from workshops.curricula.revising import SecondPersonForReleased, ensure_may_use_released
from workshops.curricula.texts import TextFile

FACTS = "local/north.en.yaml"
SHEET = f"/desk/texts/{text_id(FACTS)}"
LAW = "rest-and-routine/overlays/north.en.md"


def release_facts(client: Client) -> None:
    """Let the program have brought a file of local facts."""
    library = client.state["library"]
    files = {**library.released.files, FACTS: TextFile(f"texts/{FACTS}", facts_of())}
    library.released = replace(library.released, files=files)


async def published_by_two(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    """One saves the group's own facts, the other publishes them."""
    if (await coordinator.get(SHEET)).status_code == 404:
        new = {"kind": "facts", "curriculum": "", "area": "north", "language": "en"}
        await coordinator.post("/desk/texts/new", new)
    await coordinator.send(f"{SHEET}/file", text=facts_of() + "# ours\n")
    assert (await other.send(SHEET, f"{SHEET}/publish")).status_code == 303


async def on_the_pages() -> bool:
    return await Revision.filter(path=FACTS, published=True).exists()


@pytest.mark.parametrize(
    ("path", "handle", "released", "may"),
    [
        (LAW, "robin", True, False),
        (FACTS, "robin", True, False),
        (LAW, "alex", True, True),
        (LAW, "robin", False, True),
        ("rest-and-routine/en.md", "robin", True, True),
        ("sources.yaml", "robin", True, True),
    ],
)
def test_only_a_released_law_text_needs_another_person(path: str, handle: str, released: bool, may: bool) -> None:  # noqa: FBT001 (a table of cases)
    try:
        ensure_may_use_released(path, "robin", handle, released=released)
        allowed = True
    except SecondPersonForReleased:
        allowed = False

    assert allowed is may


@pytest.mark.data
async def test_a_law_text_that_nothing_follows_goes_at_once(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    await published_by_two(coordinator, other)
    page = (await coordinator.get(SHEET)).text

    answers = [await coordinator.send(SHEET, f"{SHEET}/released"), await coordinator.post(f"{SHEET}/released", {})]

    assert "Another coordinator than who saved the newest revision" not in page
    assert [each.status_code for each in answers] == [303, 303]
    assert not await on_the_pages()


@pytest.mark.data
async def test_a_released_law_text_stands_again_only_through_another_person(
    client: Client, coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    release_facts(client)
    await published_by_two(coordinator, other)
    page = (await coordinator.get(SHEET)).text

    own = await coordinator.send(SHEET, f"{SHEET}/released")
    still = await on_the_pages()
    theirs = [await other.send(SHEET, f"{SHEET}/released"), await other.post(f"{SHEET}/released", {})]

    assert "Another coordinator than who saved the newest revision has to do this." in page
    assert (own.status_code, still) == (409, True)
    assert "The released text would stand on the pages again" in own.text
    assert [each.status_code for each in theirs] == [303, 303]
    assert not await on_the_pages()


@pytest.mark.data
async def test_who_restores_a_law_text_does_not_publish_it(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    await published_by_two(coordinator, other)
    await other.send(f"{SHEET}/file", text=facts_of() + "# theirs\n")
    await other.send(f"{SHEET}/revisions/2", f"{SHEET}/restore")

    own = await other.send(SHEET, f"{SHEET}/publish")
    theirs = await coordinator.send(SHEET, f"{SHEET}/publish")

    assert (own.status_code, theirs.status_code) == (409, 303)


@pytest.mark.data
async def test_a_teaching_text_goes_back_through_anybody(coordinator: StaffBrowser) -> None:
    await coordinator.send(WHOLE, text=TEXT.replace('"Rest and routine"', '"Long nights"'))
    await publish_teaching(coordinator)

    page = (await coordinator.get(HERE)).text
    answer = await coordinator.send(HERE, f"{HERE}/released")

    assert answer.status_code == 303
    assert "Another coordinator" not in page
