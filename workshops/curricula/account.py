"""One report on all texts: how far each has come, what is due, and what statements rest on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.local_facts import Fact, LocalFacts
from workshops.curricula.overlays import Overlay
from workshops.curricula.reading_age import ages_of, usual_age
from workshops.curricula.rules import Curriculum, Source


@dataclass(frozen=True, slots=True)
class TextAccount:
    """One curriculum in one language."""

    curriculum: Curriculum
    age: int | None  # at which its texts can be read, in years; None where no formula is known
    oldest: Mapping[str, int]  # units above the target, each with its age
    is_due: bool  # for a review


@dataclass(frozen=True, slots=True)
class Ending:
    """A local sheet, or one of its facts, with the day on which it no longer prints."""

    what: str
    checked_on: date | None
    ends_on: date | None
    standing: str


@dataclass(frozen=True, slots=True)
class SourceAccount:
    """A work and the curricula that rest on it."""

    source: Source
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """The whole report."""

    texts: tuple[TextAccount, ...]
    endings: tuple[Ending, ...]
    sources: tuple[SourceAccount, ...]

    def __str__(self) -> str:
        """As `workshops check --report` prints it."""
        parts = (_text_lines(self.texts), _ending_lines(self.endings), _source_lines(self.sources))
        return "\n\n".join(filter(None, ("\n".join(part) for part in parts)))


def account_of(catalogue: Catalogue, today: date) -> Account:
    """Put together what coordinators have to look after."""
    found = [each for _, versions in sorted(catalogue.curricula.items()) for each in versions.values()]
    sheets = [ending for overlay in catalogue.overlays for ending in _of_overlay(overlay, today)]
    facts = [ending for local in catalogue.facts for fact in local.facts for ending in _of_fact(local, fact, today)]
    users: dict[str, list[str]] = {name: [] for name in catalogue.sources}
    for each in found:
        for source in each.sources:
            users.setdefault(source.id, []).append(f"{each.id}/{each.language}")
    sources = (SourceAccount(catalogue.sources[name], tuple(names)) for name, names in sorted(users.items()))
    return Account(tuple(_text(each, today) for each in found), (*sheets, *facts), tuple(sources))


def target_of(curriculum: Curriculum) -> int:
    """The upper end of the age that a text is written for; `9-11` gives 11."""
    return int(curriculum.reading_age_target.rpartition("-")[2])


def _text(curriculum: Curriculum, today: date) -> TextAccount:
    due = curriculum.review.next_due
    ages = ages_of(curriculum)
    above = {unit: age for unit, age in ages.items() if age > target_of(curriculum)}
    return TextAccount(curriculum, usual_age(ages.values()), above, due is not None and due <= today)


def _of_overlay(overlay: Overlay, today: date) -> Iterator[Ending]:
    name = f"{overlay.curriculum}/overlays/{overlay.area}.{overlay.language}"
    yield Ending(name, overlay.law_last_reviewed, overlay.expires_on, overlay.standing(today).value)


def _of_fact(local: LocalFacts, fact: Fact, today: date) -> Iterator[Ending]:
    standing = "valid" if fact.holds(today) else "expired" if today >= fact.expires_on else "early"
    yield Ending(f"local/{local.area}.{local.language}: {fact.id}", fact.checked_on, fact.expires_on, standing)


def _text_lines(texts: tuple[TextAccount, ...]) -> Iterator[str]:
    for each in texts:
        text, review = each.curriculum, each.curriculum.review
        days = f"read by peers {review.peer or 'never'}, for content {review.content or 'never'}"
        due = f"next {review.next_due or 'never'}{' (due)' if each.is_due else ''}"
        age = f"reading age about {each.age}" if each.age else "reading age unknown"
        above = "".join(f", {unit} {years}" for unit, years in each.oldest.items())
        yield f"{text.id}/{text.language} {text.version} {text.status.value}: {days}, {due}; {age}{above}"


def _ending_lines(endings: tuple[Ending, ...]) -> Iterator[str]:
    for each in endings:
        yield f"{each.what}: {each.standing}, checked {each.checked_on or 'never'}, until {each.ends_on or 'no day'}"


def _source_lines(sources: tuple[SourceAccount, ...]) -> Iterator[str]:
    for each in sources:
        yield f"{each.source.id}: read {each.source.read_on}, {', '.join(each.used_by) or 'used by nothing'}"
