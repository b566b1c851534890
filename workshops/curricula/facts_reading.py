"""The text of local facts into a value, or into everything that keeps it from being one."""

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from workshops.curricula.characters import cleaned, too_long
from workshops.curricula.days import YEAR, months_after
from workshops.curricula.findings import Broken, Fault
from workshops.curricula.local_facts import Fact, LocalFacts
from workshops.curricula.reading import broken
from workshops.curricula.sheet_fields import FactFields, LocalFactsFields
from workshops.curricula.texts import SheetPlace, digest_of_text
from workshops.curricula.yaml_fields import Written, read_fields

MONTHS = 6  # after it was checked a fact goes, unless it says when
LONGEST = 60_000  # characters: a hundred facts of the usual length
PLACEHOLDER = re.compile(r"(^|\.)example(\.(com|net|org))?$")  # RFC 2606: hosts that lead nowhere


def read_facts(text: str, *, file: str, place: SheetPlace) -> LocalFacts | Broken:
    """Read a file of local facts; any text gives a value, and nothing is raised.

    Args:
        text: The file's text, as long as it likes: more than 1 MB is one fault.
        file: How the faults call the file.
        place: Where the file stands.
    """
    if fault := too_long(text, file):
        return Broken(file, (fault,))
    lines, hidden = cleaned(text, file)
    written = read_fields(lines, LocalFactsFields, file, first=1, longest=LONGEST)
    faults = [*hidden, *written.faults, *written.stands_elsewhere(area=place.area, language=place.language)]
    if written.fields is not None:
        faults += [fault for compare in COMPARISONS for fault in compare(written, written.fields)]
    if faults or written.fields is None:
        return broken(file, faults)
    return _local_facts(written.fields, digest_of_text(text))


def _ids_stand_once(written: Written[LocalFactsFields], fields: LocalFactsFields) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for index, fact in enumerate(fields.facts):
        if fact.id in first:
            wrong = f"`{fact.id}` is already the id of fact {first[fact.id] + 1}"
            yield written.fault(wrong, "an id of its own", "facts", index, "id")
        first.setdefault(fact.id, index)


def _days_follow_each_other(written: Written[LocalFactsFields], fields: LocalFactsFields) -> Iterator[Fault]:
    for index, fact in enumerate(fields.facts):
        latest = months_after(fact.checked_on, YEAR)
        if fact.expires_on and not fact.checked_on < fact.expires_on <= latest:
            wrong, right = "it does not expire within a year of its check", f"after {fact.checked_on}, by {latest}"
            yield written.fault(wrong, right, "facts", index, "expires_on")


def _samples_lead_nowhere(written: Written[LocalFactsFields], fields: LocalFactsFields) -> Iterator[Fault]:
    """Nobody may dial a number of a made-up place, or a sample would lead people to strangers."""
    for index, fact in enumerate(fields.facts if fields.sample else ()):
        if fact.phone and not re.search("[A-Za-z]{3}", fact.phone):
            yield written.fault("a sample holds a number that may be real", "`000 SAMPLE`", "facts", index, "phone")
        if fact.web and not PLACEHOLDER.search(urlsplit(fact.web).hostname or ""):
            yield written.fault(
                "a sample leads to a page that may be real", "https://sample.example", "facts", index, "web"
            )


COMPARISONS: Sequence[Callable[[Written[LocalFactsFields], LocalFactsFields], Iterator[Fault]]] = (
    _ids_stand_once,
    _days_follow_each_other,
    _samples_lead_nowhere,
)


def _local_facts(fields: LocalFactsFields, digest: str) -> LocalFacts:
    facts = tuple(_fact(fact, sample=fields.sample) for fact in fields.facts)
    return LocalFacts(fields.area, fields.language, fields.label, fields.sample, facts, digest)


def _fact(fields: FactFields, *, sample: bool) -> Fact:
    expires_on = fields.expires_on or months_after(fields.checked_on, MONTHS)
    return Fact(**{**dict(fields), "expires_on": expires_on}, sample=sample)
