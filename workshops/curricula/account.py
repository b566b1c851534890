"""One report on all texts: how far each has come, what is due, and what statements rest on."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.exposure import Exposure, Neutral, exposures
from workshops.curricula.findings import Broken
from workshops.curricula.local_facts import Fact, LocalFacts
from workshops.curricula.overlays import Overlay, Provision
from workshops.curricula.reading_age import ages_of, reading_age, usual_age
from workshops.curricula.rules import Curriculum, Source
from workshops.curricula.texts import Texts

NOTHING_TELLS = "nothing that shall be neutral says a word that tells"


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
    age: int | None = None  # at which a law sheet can be read


@dataclass(frozen=True, slots=True)
class SourceAccount:
    """A work and the curricula that rest on it."""

    source: Source
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProvisionAccount:
    """What a law sheet rests on."""

    provision: Provision
    overlay: Overlay


@dataclass(frozen=True, slots=True)
class Account:
    """The whole report."""

    texts: tuple[TextAccount, ...]
    endings: tuple[Ending, ...]
    sources: tuple[SourceAccount, ...]
    provisions: tuple[ProvisionAccount, ...]
    broken: tuple[Broken, ...]  # what no other part of the report can speak of
    exposed: tuple[Exposure, ...]

    def __str__(self) -> str:
        """As `workshops check --report` prints it."""
        parts = (
            (f"{each.file}: does not read, so that nothing else is said of it" for each in self.broken),
            _text_lines(self.texts),
            _ending_lines(self.endings),
            _source_lines(self.sources),
            _provision_lines(self.provisions),
            map(str, self.exposed) if self.exposed else [NOTHING_TELLS],
        )
        return "\n\n".join(filter(None, ("\n".join(part) for part in parts)))


def account_of(catalogue: Catalogue, texts: Texts, today: date, names: Collection[tuple[Neutral, str]] = ()) -> Account:
    """Put together what coordinators have to look after.

    Args:
        catalogue: What of the texts reads.
        texts: Those that it was made of, with the group's own words for strangers' eyes.
        today: For what is due or ends.
        names: What strangers read besides: of the site and its areas.
    """
    found = [each for _, versions in sorted(catalogue.curricula.items()) for each in versions.values()]
    sheets = [ending for overlay in catalogue.overlays for ending in _of_overlay(overlay, today)]
    facts = [ending for local in catalogue.facts for fact in local.facts for ending in _of_fact(local, fact, today)]
    users: dict[str, list[str]] = {name: [] for name in catalogue.sources}
    for each in found:
        for source in each.sources:
            users.setdefault(source.id, []).append(f"{each.id}/{each.language}")
    sources = (SourceAccount(catalogue.sources[name], tuple(names)) for name, names in sorted(users.items()))
    return Account(
        texts=tuple(_text(each, today) for each in found),
        endings=(*sheets, *facts),
        sources=tuple(sources),
        provisions=tuple(ProvisionAccount(source, each) for each in catalogue.overlays for source in each.sources),
        broken=catalogue.broken,
        exposed=tuple(exposures(texts, catalogue.broken, names)),
    )


def target_of(curriculum: Curriculum) -> int:
    """The upper end of the age that a text is written for; `9-11` gives 11."""
    return int(curriculum.reading_age_target.rpartition("-")[2])


def age_of(overlay: Overlay) -> int | None:
    """The age at which the cards of a law sheet can be read."""
    said = (overlay.covers, *overlay.texts.values(), overlay.enforcement_note)
    return reading_age("\n\n".join(said), overlay.language)


def sheet_name(overlay: Overlay) -> str:
    return f"{overlay.curriculum}/overlays/{overlay.area}.{overlay.language}"


def _text(curriculum: Curriculum, today: date) -> TextAccount:
    due = curriculum.review.next_due
    ages = ages_of(curriculum)
    above = {unit: age for unit, age in ages.items() if age > target_of(curriculum)}
    return TextAccount(curriculum, usual_age(ages.values()), above, due is not None and due <= today)


def _of_overlay(overlay: Overlay, today: date) -> Iterator[Ending]:
    standing = overlay.standing(today).value
    yield Ending(sheet_name(overlay), overlay.law_last_reviewed, overlay.expires_on, standing, age_of(overlay))


def _of_fact(local: LocalFacts, fact: Fact, today: date) -> Iterator[Ending]:
    name = f"local/{local.area}.{local.language}: {fact.id}"
    yield Ending(name, fact.checked_on, fact.expires_on, fact.standing(today).value)


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
        days = f"checked {each.checked_on or 'never'}, until {each.ends_on or 'no day'}"
        yield f"{each.what}: {each.standing}, {days}{f'; reading age about {each.age}' if each.age else ''}"


def _source_lines(sources: tuple[SourceAccount, ...]) -> Iterator[str]:
    for each in sources:
        yield f"{each.source.id}: read {each.source.read_on}, {', '.join(each.used_by) or 'used by nothing'}"


def _provision_lines(provisions: tuple[ProvisionAccount, ...]) -> Iterator[str]:
    for each in provisions:
        source = each.provision
        yield f"{source.title}, {source.provision}: read {source.read_on}, {sheet_name(each.overlay)}"
