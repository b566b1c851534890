"""When local sheets and contacts end, and which of them somebody has to look after now."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeAlias

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.days import warning
from workshops.curricula.local_facts import Fact, LocalFacts
from workshops.curricula.overlays import Overlay, Standing
from workshops.curricula.paths import fact_word, text_id
from workshops.desk.texts.overview_pages import ReportedEnd

Ages: TypeAlias = Callable[[Overlay], int | None]


def _unknown(_: Overlay) -> int | None:
    return None


def pressing_ends(catalogue: Catalogue, today: date) -> list[ReportedEnd]:
    """What has ended, ends within 60 days or was withdrawn, the first to end first; samples end for nobody."""
    pressing = (each for each in ends_of(catalogue, today) if each.is_pressing)
    return sorted(pressing, key=lambda each: (each.standing == Standing.WITHDRAWN, each.ends or date.max))


def ends_of(catalogue: Catalogue, today: date, ages: Ages = _unknown) -> Iterator[ReportedEnd]:
    """Every local sheet and every contact, with the day on which it no longer prints.

    Args:
        catalogue: Where they stand.
        today: By which they are judged.
        ages: At which a law sheet can be read; reading them takes a moment.
    """
    for overlay in catalogue.overlays:
        yield _of_overlay(overlay, catalogue, today, ages(overlay))
    for local in catalogue.facts:
        for fact in local.facts:
            yield _of_fact(fact, local, today)


def _of_overlay(overlay: Overlay, catalogue: Catalogue, today: date, age: int | None) -> ReportedEnd:
    standing = overlay.standing(today)
    curriculum = catalogue.get(overlay.curriculum, overlay.language)
    prints = standing is Standing.VALID and overlay.expires_on is not None
    return ReportedEnd(
        text=text_id(f"{overlay.curriculum}/overlays/{overlay.area}.{overlay.language}.md"),
        title=curriculum.title if curriculum else overlay.curriculum,
        area=overlay.jurisdiction.label,
        language=overlay.language,
        contact="",
        fact="",
        checked=overlay.law_last_reviewed,
        ends=overlay.withdrawn_on if standing is Standing.WITHDRAWN else overlay.expires_on,
        standing=standing.value,
        within=warning(overlay.expires_on, today) if prints and overlay.expires_on else None,
        sample=overlay.sample,
        age=age,
    )


def _of_fact(fact: Fact, local: LocalFacts, today: date) -> ReportedEnd:
    return ReportedEnd(
        text=text_id(f"local/{local.area}.{local.language}.yaml"),
        title="",
        area=local.label,
        language=local.language,
        contact=fact.name,
        fact=fact_word(fact.id),
        checked=fact.checked_on,
        ends=fact.expires_on,
        standing=fact.standing(today).value,
        within=warning(fact.expires_on, today),
        sample=fact.sample,
    )
