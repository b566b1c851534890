"""How every text stands: its status, faults, days and translation, as it was saved last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from anyio import to_thread

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.characters import cleaned, too_long
from workshops.curricula.days import warning
from workshops.curricula.editing import units_of
from workshops.curricula.findings import Broken
from workshops.curricula.front import Front, read_front, split
from workshops.curricula.local_facts import LocalFacts
from workshops.curricula.looking import Value
from workshops.curricula.overlays import Overlay
from workshops.curricula.paths import TextKind, fact_word, kind_of, part_of
from workshops.curricula.rules import Curriculum
from workshops.curricula.sources import Sources
from workshops.curricula.state import Library
from workshops.curricula.translating import Cell, cell_of, standing_of
from workshops.desk.texts.pages import Ends, TextRow
from workshops.desk.texts.queries import Kept
from workshops.desk.texts.views import head_of


@dataclass(frozen=True, slots=True)
class State:
    """What a text says of itself, as far as it reads."""

    status: str = ""
    due: date | None = None
    translation: Cell | None = None
    ends: tuple[Ends, ...] = ()


async def rows_of(texts: Mapping[str, Kept], library: Library, today: date) -> list[TextRow]:
    """Every text in the list; what is not published is read off the event loop."""

    def rows() -> list[TextRow]:
        return [row_of(kept, library, today) for kept in texts.values()]

    return await to_thread.run_sync(rows)


def row_of(kept: Kept, library: Library, today: date) -> TextRow:
    """One text in the list; reads it if it is not published, so it is not for the event loop."""
    published = kept.newest is None or kept.newest.number == kept.published
    value = _published(kept.path, library) if published else None
    value = value or library.value_of(kept.path, kept.text)
    said = _state(kept, value, library.catalogue, today)
    return TextRow(
        head=head_of(kept, library.catalogue),
        faults=len(value.faults) if isinstance(value, Sources | Broken) else 0,
        status=said.status,
        due=said.due,
        overdue=said.due is not None and said.due <= today,
        translation=said.translation,
        ends=said.ends,
    )


def _published(path: str, library: Library) -> Value | None:
    """What the catalogue has of a path: nothing of what is broken."""
    catalogue, place = library.catalogue, (part_of(path, "area"), part_of(path, "language"))
    match kind_of(path):
        case TextKind.TEACHING:
            return catalogue.curricula.get(part_of(path, "id"), {}).get(place[1])
        case TextKind.OVERLAY:
            named = (part_of(path, "id"), *place)
            found = (each for each in catalogue.overlays if (each.curriculum, each.area, each.language) == named)
            return next(found, None)
        case TextKind.FACTS:
            return next((each for each in catalogue.facts if (each.area, each.language) == place), None)
    return None


def _state(kept: Kept, value: Value, catalogue: Catalogue, today: date) -> State:
    match value:
        case Curriculum():
            versions = {**catalogue.curricula.get(value.id, {}), value.language: value}
            return State(value.status.value, value.review.next_due, standing_of(value, versions))
        case Overlay():
            ends = (_end("", value.expires_on, today),) if value.expires_on else ()
            return State(value.standing(today).value, ends=ends)
        case LocalFacts():
            return State(ends=tuple(_ends_of(value, today)))
        case Broken() if kind_of(kept.path) is TextKind.TEACHING:
            return _of_broken(kept, catalogue)
    return State()


def _of_broken(kept: Kept, catalogue: Catalogue) -> State:
    """What can be told of a teaching file that has faults: what its first lines say, and which parts are behind."""
    fields = [] if too_long(kept.text, "") else split(cleaned(kept.text, "")[0], "").fields
    front = read_front(fields, "")
    return State(
        status=front.fields.status.value if front.has("status") else "",
        due=front.fields.review.next_due if front.has("review") else None,
        translation=_translation(front, kept, catalogue) if front.has("translation", "version") else None,
    )


def _translation(front: Front, kept: Kept, catalogue: Catalogue) -> Cell:
    said = front.fields.translation
    made_from = {unit.id: unit.source_version or said.source_version or "" for unit in units_of(kept.text)}
    original = catalogue.curricula.get(part_of(kept.path, "id"), {}).get(said.of or "")
    by_machine = said.machine_made and said.reviewed_on is None
    return cell_of(front.fields.version, said.of, made_from, original, by_machine=by_machine)


def _ends_of(facts: LocalFacts, today: date) -> Iterator[Ends]:
    """The contacts that are over or nearly so, and else the first that will be."""
    ends = sorted(
        (_end(fact.name, fact.expires_on, today, fact_word(fact.id)) for fact in facts.facts), key=lambda end: end.day
    )
    yield from [end for end in ends if end.over or end.within] or ends[:1]


def _end(what: str, day: date, today: date, fact: str = "") -> Ends:
    return Ends(what, day, day <= today, warning(day, today), fact)
