"""A teaching file's text into a curriculum, or into everything that keeps it from being one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from workshops.curricula.agreement import disagreements
from workshops.curricula.characters import cleaned, too_long
from workshops.curricula.draft import Draft, Place
from workshops.curricula.fences import Scanner
from workshops.curricula.fields import FrontMatter
from workshops.curricula.findings import Broken, Fault
from workshops.curricula.front import read_front, split
from workshops.curricula.particulars import ContentNote, Facilitators, Group, Objective, Review, Translation
from workshops.curricula.references import loose_ends
from workshops.curricula.rules import BlockKind, Curriculum, Source, Unit
from workshops.curricula.texts import digest_of_text
from workshops.curricula.units import UnitReader

SAID_OF_FILES = {"format", "jurisdiction"}  # fields that say one same thing of every file


def read_curriculum(
    text: str,
    *,
    file: str,
    sources: Mapping[str, Source],
    exposure: Collection[str] = (),
    place: Place | None = None,
) -> Curriculum | Broken:
    """Read a whole teaching file; any text gives a value, and nothing is raised.

    Args:
        text: The file's text, as long as it likes: more than 1 MB is one fault.
        file: How the faults call the file.
        sources: The works that may be named, by id.
        exposure: Words of the group's own that must not stand in neutral titles.
        place: Where the file stands, if it stands anywhere.
    """
    if fault := too_long(text, file):
        return Broken(file, (fault,))
    lines, hidden = cleaned(text, file)
    parts = split(lines, file)
    front = read_front(parts.fields, file)
    scanner = Scanner(file)
    fences = scanner.read(parts.body, parts.body_line)
    reader = UnitReader(file)
    units = reader.read(fences)
    draft = Draft(file, front, units, sources, exposure, place)
    faults = [
        *hidden,
        *parts.faults,
        *front.faults,
        *scanner.faults,
        *reader.faults,
        *disagreements(draft),
        *loose_ends(draft),
    ]
    if faults:
        return broken(file, faults)
    digest = digest_of_text(text)
    return _curriculum(front.fields, units, _named_sources(draft), digest)


def broken(file: str, faults: Collection[Fault]) -> Broken:
    """The faults in the order of their lines, each once."""
    return Broken(file, tuple(sorted(set(faults), key=lambda fault: (fault.line, fault.wrong))))


def _named_sources(draft: Draft) -> tuple[Source, ...]:
    names = [*draft.front.fields.sources, *(block.id for block in draft.blocks(BlockKind.SOURCE))]
    return tuple(draft.sources[name] for name in dict.fromkeys(names))


def _curriculum(fields: FrontMatter, units: Sequence[Unit], sources: tuple[Source, ...], digest: str) -> Curriculum:
    written = {name: value for name, value in fields if name not in SAID_OF_FILES}
    made: dict[str, Any] = {
        "group": Group(**dict(fields.group)),
        "facilitators": Facilitators(**dict(fields.facilitators)),
        "content_notes": tuple(ContentNote(**dict(note)) for note in fields.content_notes),
        "objectives": tuple(Objective(**dict(objective)) for objective in fields.objectives),
        "review": Review(**dict(fields.review)),
        "translation": Translation(**dict(fields.translation)),
        "sources": sources,
    }
    return Curriculum(**{**written, **made}, units=tuple(units), digest=digest)
