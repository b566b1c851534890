"""All texts out of this installation, and texts from elsewhere into it as revisions that nobody has published."""

from collections.abc import Mapping
from pathlib import Path

from workshops.curricula.exchange import packed, read_folder, unpacked, write_folder
from workshops.curricula.state import Library
from workshops.database.connection import transaction
from workshops.desk.texts.actions import keep
from workshops.desk.texts.queries import kept_at, kept_texts
from workshops.schedule.acting import Acting
from workshops.schedule.revision import lock_schedule

IMPORTED = "Imported"
LONGEST_ARCHIVE = 6_000_000  # bytes


async def texts_of_all(library: Library, *, drafts: bool) -> Mapping[str, str]:
    """Every text by its path: as it stands on the pages, or as it was saved last."""
    return {path: kept.text for path, kept in (await kept_texts(library, drafts=drafts)).items()}


async def take_in(found: Mapping[str, str], acting: Acting) -> int:
    """Keep every text that is another one than here as its newest revision; says how many those are."""
    standing = await texts_of_all(acting.library, drafts=False)
    async with transaction():
        await lock_schedule()
        taken = 0
        for path, text in sorted(found.items()):
            kept = await kept_at(path, acting.library)
            if text in {kept.text, standing.get(path)} and (kept.newest or kept.released is not None):
                continue
            await keep(kept, text, kept.seen, IMPORTED, acting)
            taken += 1
    return taken


def write_texts(texts: Mapping[str, str], target: Path) -> None:
    """Write texts as an archive where the name ends in `.zip`, and else as a folder; nothing is overwritten.

    Raises:
        ArchiveRefused: the folder is not empty.
        OSError: it cannot be written, or is there already.
    """
    if target.suffix.lower() == ".zip":
        with target.open("xb") as archive:
            archive.write(packed(texts))
    else:
        write_folder(texts, target)


def read_texts(source: Path) -> Mapping[str, str]:
    """Read texts from a folder or an archive.

    Raises:
        ArchiveRefused: something is in it that is no text.
        OSError: it cannot be read.
    """
    if source.is_dir():
        return read_folder(source)
    with source.open("rb") as archive:
        return unpacked(archive.read(LONGEST_ARCHIVE + 1)[:LONGEST_ARCHIVE])
