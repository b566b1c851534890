"""Questions about texts: what was saved of each, and what stands on the pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workshops.curricula.models import Revision
from workshops.curricula.paths import kind_of, part_of, text_id
from workshops.curricula.queries import (
    newest_revision,
    newest_revisions,
    published_editions,
    published_revisions,
    texts_of,
)
from workshops.curricula.state import Library
from workshops.curricula.texts import digest_of_text
from workshops.errors import Absent


@dataclass(frozen=True, slots=True)
class Kept:
    """A text as it is saved: what somebody who edits it begins with."""

    path: str
    text: str
    newest: Revision | None
    published: int  # number of the revision that stands on the pages; 0: none
    released: str | None

    @property
    def seen(self) -> str:
        """What a form remembers of the text that it was opened with."""
        return digest_of_text(self.text)

    @property
    def changed_since(self) -> bool:
        """Whether a later release brought another text than the one that the newest revision was saved beside."""
        if self.newest is None or self.released is None:
            return False
        return digest_of_text(self.released) != self.newest.released_id


async def kept_text(word: str, library: Library) -> Kept:
    """The text that an address names.

    Raises:
        Absent: there is none.
    """
    path = next((each for each in await _paths(library) if text_id(each) == word and kind_of(each)), None)
    if path is None:
        raise Absent
    return await kept_at(path, library)


async def is_taken(curriculum: str, library: Library) -> bool:
    """Whether any text stands below the name of a topic, released or saved."""
    return any(part_of(path, "id") == curriculum for path in await _paths(library))


async def _paths(library: Library) -> set[str]:
    """The paths of all texts that came with the program or were saved here."""
    saved = await Revision.all().distinct().values_list("path", flat=True)
    return {*library.released.files, *map(str, saved)}


async def kept_at(path: str, library: Library) -> Kept:
    """The text at a path; an empty one where there is none yet."""
    newest = await newest_revision(path)
    released = released_text(path, library)
    published = await Revision.filter(path=path, published=True).first()
    text = newest.edition.text if newest else released or ""
    return Kept(path, text, newest, published.number if published else 0, released)


def may_remove(kept: Kept, revisions: Iterable[Revision], handle: str) -> bool:
    """Whether a text was begun by this person alone and stands nowhere, so that it can go without a trace."""
    alone = all(each.handle == handle and not each.published_by for each in revisions)
    return kept.newest is not None and kept.released is None and not kept.published and alone


async def kept_texts(library: Library, *, drafts: bool = True) -> Mapping[str, Kept]:
    """Every text by its path.

    Args:
        library: Where released files are.
        drafts: Whether what was saved last counts, or only what stands on the pages.
    """
    newest, published = await newest_revisions(), await published_revisions()
    digests = {each.edition_id for each in newest.values()} if drafts else set((await published_editions()).values())
    texts = await texts_of(digests)
    found = {}
    for path in sorted(path for path in {*library.released.files, *newest} if kind_of(path)):
        released, revision = released_text(path, library), (newest if drafts else published).get(path)
        text = texts[revision.edition_id] if revision else released
        number = published[path].number if path in published else 0
        if text is not None:
            found[path] = Kept(path, text, newest.get(path), number, released)
    return found


async def text_seen(digest: str, library: Library) -> str | None:
    """The text that a form was opened with, by what the form remembers of it."""
    found = (await texts_of([digest])).get(digest)
    released = (each.text for each in library.released.files.values() if each.digest == digest)
    return found if found is not None else next(released, None)


def released_text(path: str, library: Library) -> str | None:
    """The text that came with the program, if it did and can be read."""
    file = library.released.files.get(path)
    return file.text if file and file.fault is None else None
