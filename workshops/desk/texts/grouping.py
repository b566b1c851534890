"""The list of texts by topics: what belongs together stands together, the original first."""

from collections.abc import Sequence

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.paths import TextKind, part_of
from workshops.curricula.translating import Standing
from workshops.desk.texts.pages import TextGroup, TextRow
from workshops.web.languages import own_name

KINDS = list(TextKind)


def grouped(rows: Sequence[TextRow], catalogue: Catalogue, reader: str) -> list[TextGroup]:
    """Texts by topics, these by their titles, then local numbers, then sources.

    Args:
        rows: Every text.
        catalogue: For the titles of topics.
        reader: The language in which titles are shown, as far as there is one.
    """
    found: dict[tuple[TextKind, str], list[TextRow]] = {}
    for row in rows:
        topic = part_of(row.head.path, "id")
        found.setdefault((TextKind.TEACHING if topic else row.head.kind, topic), []).append(row)
    groups = [_group(kind, topic, found[kind, topic], catalogue, reader) for kind, topic in found]
    return sorted(groups, key=lambda each: (KINDS.index(each.kind), each.title.casefold()))


def _group(kind: TextKind, topic: str, rows: list[TextRow], catalogue: Catalogue, reader: str) -> TextGroup:
    named = catalogue.get(topic, reader)
    return TextGroup(kind, named.title if named else topic, named.language if named else "", sorted(rows, key=_place))


def _place(row: TextRow) -> tuple[int, bool, str, str]:
    original = row.translation is not None and row.translation.standing is Standing.ORIGINAL
    return KINDS.index(row.head.kind), not original, row.head.place, own_name(row.head.language)
