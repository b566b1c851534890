"""Texts about law change hands: nobody alone puts one on the pages, not even one that came with the program."""

from dataclasses import replace

import pytest

from tests.client import Client
from tests.curricula.sheets import facts_of
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import HERE, TEXT, WHOLE, publish_unoffered
from tests.desk.texts.small import publish as publish_teaching
from tests.make import NOW
from workshops.curricula.models import Revision
from workshops.curricula.paths import text_id
from workshops.curricula.revising import (
    Hands,
    SecondPersonForReleased,
    SecondPersonNeeded,
    ensure_may_publish,
    ensure_may_use_released,
    may_read,
)
from workshops.curricula.texts import TextFile
from workshops.staff.models import StaffAction

FACTS = "local/north.en.yaml"
SHEET, FORM = f"/desk/texts/{text_id(FACTS)}", f"/desk/sheets/{text_id(FACTS)}"
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


def hands(*saved: str) -> list[Hands]:
    """Revisions as `robin` or, with who read them, as `robin:alex`."""
    return [Hands(by, frozenset(filter(None, [reader]))) for by, _, reader in (each.partition(":") for each in saved)]


@pytest.mark.parametrize(
    ("since", "may"),
    [
        (hands("robin"), False),
        (hands("alex"), True),
        (hands("robin", "alex"), False),
        (hands("alex", "robin"), False),
        (hands("alex", "kim"), True),
        (hands("robin", "alex:alex"), True),
        (hands("robin:alex", "alex"), True),
        (hands("alex", "robin:robin"), False),
        (hands("robin:robin", "alex"), False),
        (hands("robin:alex", "robin"), False),
        (hands("robin", "robin:kim"), True),
        ([], True),
    ],
)
def test_every_change_of_a_law_text_is_read_by_another_than_who_made_it(since: list[Hands], *, may: bool) -> None:
    try:
        ensure_may_publish(LAW, since, "robin")
        allowed = True
    except SecondPersonNeeded:
        allowed = False

    ensure_may_publish("rest-and-routine/en.md", since, "robin")
    assert allowed is may


def test_only_who_cannot_publish_has_to_say_what_they_read() -> None:
    assert may_read(LAW, hands("robin", "alex"), "robin")
    assert not may_read(LAW, hands("robin", "alex:robin"), "robin")
    assert not may_read(LAW, hands("robin"), "robin")
    assert not may_read(LAW, hands("alex"), "robin")
    assert not may_read(LAW, [], "robin")
    assert not may_read("rest-and-routine/en.md", hands("robin", "alex"), "robin")


async def both_changed(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    """Robin adds a number to what is published, and alex only mends the place's name."""
    await published_by_two(coordinator, other)
    await coordinator.send(f"{SHEET}/file", text=facts_of({}, {"id": "bell", "name": '"The bell"'}))
    await other.send(FORM, label="The north side")


@pytest.mark.data
async def test_nobody_publishes_their_own_number_because_another_saved_something_since(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    await both_changed(coordinator, other)

    own, theirs = [await publish_unoffered(each, SHEET) for each in (coordinator, other)]

    assert [own.status_code, theirs.status_code] == [409, 409]
    assert "you saved some of what would be published" in own.text
    assert [each.number for each in await Revision.filter(published=True)] == [2]


@pytest.mark.data
async def test_of_two_who_changed_a_law_text_one_reads_and_the_other_publishes(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    await both_changed(coordinator, other)

    read = [await other.send(SHEET, f"{SHEET}/read"), await other.post(f"{SHEET}/read", {"number": "4"})]
    still = await publish_unoffered(other, SHEET)
    published = await coordinator.send(SHEET, f"{SHEET}/publish")

    page = (await coordinator.get(SHEET)).text
    assert [each.status_code for each in (*read, still, published)] == [303, 303, 409, 303]
    assert "published by <bdi>robin</bdi>, " in page
    assert "read by <bdi>alex</bdi>, " in page
    assert [each.verb for each in await StaffAction.filter(handle="alex")].count("read text") == 1


@pytest.mark.data
async def test_what_was_saved_after_somebody_read_has_to_be_read_anew(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    await both_changed(coordinator, other)
    form = await other.form(SHEET, f"{SHEET}/read")
    await other.send(SHEET, f"{SHEET}/read")
    await coordinator.send(f"{SHEET}/file", text=facts_of({"name": '"Another line"'}))

    own = await publish_unoffered(coordinator, SHEET)
    older = [await other.post(f"{SHEET}/{verb}", form) for verb in ("publish", "read")]

    assert own.status_code == 409
    assert [each.status_code for each in older] == [409, 409]
    assert all("Somebody saved a newer revision" in each.text for each in older)


@pytest.mark.data
async def test_who_published_stays_in_sight_when_another_takes_its_place(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    await coordinator.send(WHOLE, text=TEXT + "\n")
    await publish_teaching(other)
    await coordinator.send(WHOLE, text=TEXT + "\n\n")
    await publish_teaching(coordinator)

    page = (await coordinator.get(HERE)).text

    assert page.index("published by <bdi>robin</bdi>, ") < page.index("published by <bdi>alex</bdi>, ")
    assert f'<bdi dir="ltr">{NOW.date()}</bdi>' in page.split("published by <bdi>alex</bdi>, ")[1][:60]


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

    own = await publish_unoffered(other, SHEET)
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
