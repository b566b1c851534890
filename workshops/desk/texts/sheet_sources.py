"""The sources of a law sheet, as its form holds them: as many groups of fields as there are sources."""

import re
from collections.abc import Mapping

from workshops.curricula.sheet_parts import SheetParts
from workshops.desk.texts.sheet_days import read_day
from workshops.web.forms import MISSING, Fault, Values, first, short_text

SOURCE = ("title", "organisation", "provision", "address", "read_on")
LONGEST_SENTENCES = 600
GROUP = re.compile(r"s([0-9]{1,2})-title", re.ASCII)


def groups_in(values: Mapping[str, object]) -> list[int]:
    """The numbers of the sources that a form holds."""
    found = (GROUP.fullmatch(name) for name in values)
    return sorted(int(match[1]) for match in found if match)


def filled_groups(values: Values) -> list[int]:
    """The numbers of those sources in which something stands."""
    return [n for n in groups_in(values) if any(first(values, f"s{n}-{name}").strip() for name in SOURCE)]


def read_sources(values: Values, kept: SheetParts, faults: dict[str, Fault]) -> list[dict[str, object]]:
    """The sources that were filled in; one whose fields are all empty is left out."""
    found, former = [], dict(enumerate(sources_of(kept.fields)))
    for number in filled_groups(values):
        names = [f"s{number}-{name}" for name in SOURCE]
        texts = [short_text(values, name, LONGEST_SENTENCES, faults, needed=True) for name in names[:-1]]
        day = read_day(values, names[-1], faults, needed=True)
        found.append({**former.get(number, {}), **dict(zip(SOURCE, [*texts, day], strict=True))})
    if not found:
        faults[f"s{next(iter(groups_in(values)), 0)}-title"] = Fault(MISSING)
    return found


def sources_of(fields: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The sources as they are written."""
    found = fields.get("sources")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
