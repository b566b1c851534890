"""Which sheets are shown for a curriculum: of which area, on which day, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.days import next_day
from workshops.curricula.law_cards import HELP, Here, LawCard, Recall
from workshops.curricula.local_facts import LocalFacts
from workshops.curricula.overlays import Overlay, Standing
from workshops.curricula.rules import Curriculum, short_id
from workshops.errors import Absent


@dataclass(frozen=True, slots=True)
class Wanted:
    """The area whose sheets are to be shown."""

    area: str  # its name in files; empty for none
    today: date
    by_address: bool = False  # somebody asked for this area: only then its samples are shown


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """An area that can be asked for."""

    short_id: str
    label: str
    sample: bool


def wanted(catalogue: Catalogue, chosen: str, default: str, today: date) -> Wanted:
    """The area that an address names, else the site's own.

    Raises:
        Absent: no area has that word.
    """
    if not chosen:
        return Wanted(default, today)
    area = next((each for each in _areas(catalogue) if area_id(each) == chosen), None)
    if area is None:
        raise Absent
    return Wanted(area, today, by_address=True)


def here(catalogue: Catalogue, curriculum: Curriculum, area: Wanted, *, behind: bool = False) -> Here:
    """What is known for a curriculum in an area.

    Args:
        catalogue: Every sheet there is.
        curriculum: In the language in which it will be shown; sheets in others are left out.
        area: Which area, and on which day.
        behind: This translation is not what its original has become: its slots may ask for other law.
    """
    overlay, local = _overlay(catalogue, curriculum, area), _local(catalogue, curriculum, area)
    standing = overlay.standing(area.today) if overlay else None
    cards = cards_of(overlay) if overlay and standing is Standing.VALID and not behind else {}
    facts = local.holding(area.today) if local else ()
    recall = _recall(overlay) if overlay and standing is Standing.WITHDRAWN else None
    return Here(
        area=area_id(area.area) if area.by_address else "",
        label=_label(overlay, local),
        sample=bool(overlay and overlay.sample and (cards or recall)) or any(fact.sample for fact in facts),
        cards=cards,
        facts=facts,
        recall=recall,
        overlay=overlay if cards else None,
    )


def choices(catalogue: Catalogue, curriculum: Curriculum, today: date, *, samples: bool) -> Sequence[AreaChoice]:
    """The areas that have something to show for a curriculum, by their labels.

    Args:
        catalogue: Every sheet there is.
        curriculum: In the language in which it will be shown.
        today: Sheets that do not hold on that day count for nothing.
        samples: Whether made-up places are offered too.
    """
    slots, behind = {HELP, *curriculum.overlays}, curriculum.translation.is_behind
    found = []
    for area in _areas(catalogue):
        there = here(catalogue, curriculum, Wanted(area, today, by_address=samples), behind=behind)
        if there.cards or any(slots.intersection(fact.fills) for fact in there.facts):
            found.append(AreaChoice(area_id(area), there.label, there.sample))
    return sorted(found, key=lambda choice: choice.label)


def turns_on(catalogue: Catalogue, today: date) -> date | None:
    """The next day on which a sheet begins or ends to hold; pages that show any are made anew then."""
    return next_day((day for each in catalogue.sheets for day in each.days()), today)


def area_id(area: str) -> str:
    """The opaque word that stands for an area in addresses."""
    return short_id(area, b"area") if area else ""


def cards_of(overlay: Overlay) -> Mapping[str, LawCard]:
    """A law sheet as it is printed, by slot; whether it may be, `standing` says."""
    assert overlay.expires_on is not None, "what is printed has an end"
    return {
        slot: LawCard(
            label=overlay.jurisdiction.label,
            law_as_of=overlay.law_as_of,
            expires_on=overlay.expires_on,
            text=text,
            covers=overlay.covers,
            applies_to=overlay.applies_to,
            enforcement_note=overlay.enforcement_note,
            sample=overlay.sample,
        )
        for slot, text in overlay.texts.items()
    }


def _areas(catalogue: Catalogue) -> Sequence[str]:
    return sorted({each.area for each in catalogue.sheets})


def _overlay(catalogue: Catalogue, curriculum: Curriculum, area: Wanted) -> Overlay | None:
    place = (curriculum.id, area.area, curriculum.language)
    found = (each for each in catalogue.overlays if (each.curriculum, each.area, each.language) == place)
    return next((each for each in found if area.by_address or not each.sample), None)


def _local(catalogue: Catalogue, curriculum: Curriculum, area: Wanted) -> LocalFacts | None:
    found = (each for each in catalogue.facts if (each.area, each.language) == (area.area, curriculum.language))
    return next((each for each in found if area.by_address or not each.sample), None)


def _label(overlay: Overlay | None, local: LocalFacts | None) -> str:
    return overlay.jurisdiction.label if overlay else local.label if local else ""


def _recall(overlay: Overlay) -> Recall | None:
    if overlay.law_last_reviewed is None or overlay.withdrawn_on is None:
        return None
    return Recall(overlay.jurisdiction.label, overlay.law_last_reviewed, overlay.withdrawn_on)
