"""A group's own texts: saved as numbered revisions, published as a step of its own, never lost."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.curricula.test_sources import ENTRY
from tests.curricula.written import curriculum_text
from workshops.curricula.actions import (
    Saving,
    forget_editions,
    keep_edition,
    publish_revision,
    save_revision,
    use_released,
)
from workshops.curricula.models import Edition, Revision
from workshops.curricula.queries import newest_revision, revisions_of
from workshops.curricula.revising import NotNewest, Overtaken, SecondPersonNeeded
from workshops.curricula.state import Library
from workshops.curricula.texts import digest_of_text
from workshops.database.connection import Database, transaction
from workshops.errors import Absent
from workshops.settings import Settings

pytestmark = pytest.mark.data

PATH = "evening/en.md"
RELEASED = curriculum_text(id="evening", title='"Released"')
OURS = RELEASED.replace("Released", "Ours")
DAY = date(2026, 10, 2)
FIRST = Saving(PATH, OURS, digest_of_text(RELEASED), "robin", date(2026, 10, 1), "Wording")


@pytest.fixture
async def library(database: Database, settings: Settings, tmp_path: Path) -> Library:
    """A library of one released text."""
    folder = tmp_path / "texts"
    (folder / "evening").mkdir(parents=True)
    (folder / PATH).write_text(RELEASED)
    (folder / "sources.yaml").write_text(ENTRY)
    return Library(settings.model_copy(update={"curricula_dir": folder, "data_dir": tmp_path / "kept"}))


async def save(saving: Saving, released: str | None = RELEASED) -> Revision:
    async with transaction():
        return await save_revision(saving, released)


def title(library: Library) -> str | None:
    found = library.catalogue.get("evening", "en")
    return found.title if found else None


async def test_a_saved_text_is_shown_once_it_is_published_and_the_released_one_can_come_back(library: Library) -> None:
    revision = await save(FIRST)
    await library.turn_to_newest()
    saved = title(library)
    await publish_revision(PATH, revision.number, "robin", DAY)
    await library.turn_to_newest()
    published = title(library)
    await use_released(PATH)
    await library.turn_to_newest()

    assert (saved, published, title(library)) == ("Released", "Ours", "Released")
    assert len(await revisions_of(PATH)) == 1


async def test_the_same_text_saved_twice_is_one_revision(library: Library) -> None:
    first, second = await save(FIRST), await save(FIRST)

    assert first.id == second.id


async def test_who_saves_upon_an_older_text_is_told_and_nothing_is_overwritten(library: Library) -> None:
    await save(FIRST)

    with pytest.raises(Overtaken):
        await save(replace(FIRST, text=OURS + "\n"))

    newest = await newest_revision(PATH)
    assert newest is not None
    assert newest.edition.text == OURS


async def test_revisions_count_up_for_each_text(library: Library) -> None:
    await save(FIRST)
    second = await save(replace(FIRST, text=OURS + "\n", seen=digest_of_text(OURS)))
    other = await save(replace(FIRST, path="evening/es.md", seen=""), released=None)

    assert (second.number, other.number) == (2, 1)
    assert [each.number for each in await revisions_of(PATH)] == [2, 1]


async def test_only_one_revision_of_a_text_is_published(library: Library) -> None:
    await save(FIRST)
    await publish_revision(PATH, 1, "robin", DAY)
    await save(replace(FIRST, text=OURS + "\n", seen=digest_of_text(OURS)))

    await publish_revision(PATH, 2, "sam", DAY)

    assert [each.number for each in await Revision.filter(published=True)] == [2]
    assert [each.published_by for each in await revisions_of(PATH)] == ["sam", "robin"]


async def test_only_the_newest_revision_is_published_and_twice_is_once(library: Library) -> None:
    await save(FIRST)
    first = [await publish_revision(PATH, 1, "robin", DAY) for _ in range(2)]
    await save(replace(FIRST, text=OURS + "\n", seen=digest_of_text(OURS)))
    await save(replace(FIRST, text=OURS + "\n\n", seen=digest_of_text(OURS + "\n")))

    with pytest.raises(NotNewest):
        await publish_revision(PATH, 2, "robin", DAY)

    assert first == [True, False]
    assert [each.number for each in await Revision.filter(published=True)] == [1]


async def test_a_revision_that_is_not_there_cannot_be_published(library: Library) -> None:
    with pytest.raises(Absent):
        await publish_revision(PATH, 1, "robin", DAY)


@pytest.mark.parametrize("path", ["evening/overlays/town.en.md", "local/town.en.yaml"])
async def test_a_text_about_law_is_published_by_another_coordinator(library: Library, path: str) -> None:
    await save(replace(FIRST, path=path, seen=""), released=None)

    with pytest.raises(SecondPersonNeeded):
        await publish_revision(path, 1, "robin", DAY)
    published = await publish_revision(path, 1, "sam", DAY)

    assert published


async def test_a_text_of_our_own_needs_no_released_file(library: Library) -> None:
    text = OURS.replace("id: evening", "id: another")
    await save(Saving("another/en.md", text, "", "robin", date(2026, 10, 1), "New part"), released=None)
    await publish_revision("another/en.md", 1, "robin", DAY)

    await library.turn_to_newest()

    assert sorted(library.catalogue.curricula) == ["another", "evening"]


async def test_a_broken_text_takes_only_itself_down(library: Library) -> None:
    await save(replace(FIRST, text="no curriculum"))
    await publish_revision(PATH, 1, "robin", DAY)

    await library.turn_to_newest()

    assert title(library) is None
    assert [each.file for each in library.catalogue.broken] == ["texts/evening/en.md"]


async def test_what_a_session_teaches_stays_as_it_was_published(library: Library) -> None:
    await keep_edition(RELEASED)
    await save(FIRST)
    await publish_revision(PATH, 1, "robin", DAY)

    await library.turn_to_newest([digest_of_text(RELEASED)])

    assert title(library) == "Ours"
    assert [each.title for each in library.catalogue.editions.values()] == ["Released"]


async def test_texts_that_nothing_needs_are_deleted(library: Library) -> None:
    await save(FIRST)
    needed = await keep_edition("needed")
    await keep_edition("idle")

    deleted = await forget_editions([needed])

    assert deleted == 1
    assert {each.digest for each in await Edition.all()} == {digest_of_text(OURS), digest_of_text(RELEASED), needed}
