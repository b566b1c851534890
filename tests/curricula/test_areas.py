"""Which local sheets are shown for a curriculum: of which area, on which day, and until when."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import get_type_hints
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.curricula.sheets import PLACE, facts_of, local_facts, overlay, overlay_of
from tests.curricula.written import curriculum_text, read
from workshops.curricula.areas import Wanted, area_id, choices, here, turns_on, wanted
from workshops.curricula.catalogue import Catalogue
from workshops.curricula.days import day_in, midnight, months_after, warning
from workshops.curricula.law_cards import HELP, NOWHERE, Here, LawCard, Recall, filling
from workshops.curricula.local_facts import LocalFacts
from workshops.curricula.overlays import Overlay
from workshops.curricula.particulars import Translation
from workshops.curricula.rules import BlockKind
from workshops.curricula.translating import beside_original
from workshops.errors import Absent

DAY = date(2026, 11, 23)
EVENING = read(curriculum_text())
FACTS = facts_of({"fills": "[help-here, local-help]"}, {"id": "centre", "kind": "legal", "fills": None})
SAMPLE = {"sample": "true", "jurisdiction": "{country: XX, label: Sampletown}"}


def catalogue(*sheets: Overlay | LocalFacts) -> Catalogue:
    """One curriculum, and these sheets."""
    overlays = tuple(each for each in sheets if isinstance(each, Overlay))
    facts = tuple(each for each in sheets if isinstance(each, LocalFacts))
    return Catalogue({EVENING.id: {"en": EVENING}}, (), {}, overlays=overlays, facts=facts)


def seen(*sheets: Overlay | LocalFacts, today: date = DAY, by_address: bool = False, behind: bool = False) -> Here:
    return here(catalogue(*sheets), EVENING, Wanted("north", today, by_address=by_address), behind=behind)


def test_a_valid_overlay_gives_a_card_with_its_place_its_days_and_its_limits() -> None:
    assert seen(overlay()).cards == {
        "local-help": LawCard(
            label="North",
            law_as_of=date(2026, 10, 15),
            expires_on=date(2027, 5, 1),
            text="**Here** the night bell is rung twice.",
            covers="Who may ask what; not papers.",
            applies_to=("citizens", "migrants-with-status"),
            enforcement_note="Paper and practice differ.",
            sample=False,
        )
    }


def test_there_is_no_card_without_place_day_and_end() -> None:
    kinds = get_type_hints(LawCard)

    assert {name: kinds[name] for name in ("label", "law_as_of", "expires_on")} == {
        "label": str,
        "law_as_of": date,
        "expires_on": date,
    }
    assert all(field.default is field.default_factory for field in fields(LawCard))


@pytest.mark.parametrize(
    "text",
    [
        overlay_of(status="draft"),
        overlay_of(law_last_reviewed="2026-11-24"),
        overlay_of(expires_on="2026-11-23"),
        overlay_of(status="withdrawn", withdrawn_on="2026-11-20"),
    ],
    ids=["draft", "reviewed tomorrow", "expires today", "withdrawn"],
)
def test_without_a_valid_overlay_the_curriculum_s_own_words_stand(text: str) -> None:
    there = seen(overlay(text))

    assert there.cards == {}
    assert filling("local-help", EVENING, there).neutral == "For local rules, ask your local contact."


def test_sheets_of_another_area_language_or_curriculum_are_not_shown() -> None:
    others = (replace(overlay(), area="south"), replace(overlay(), language="es"), replace(overlay(), curriculum="x"))

    assert seen(*others) == NOWHERE
    assert here(catalogue(overlay(), local_facts()), EVENING, Wanted("", DAY)) == NOWHERE


def test_samples_are_shown_only_to_who_asks_for_them() -> None:
    sheets = overlay(overlay_of(**SAMPLE)), local_facts(facts_of({"phone": "000 SAMPLE"}, sample="true"))

    assert (seen(*sheets).cards, seen(*sheets).facts, seen(*sheets).sample) == ({}, (), False)
    asked = seen(*sheets, by_address=True)
    assert (len(asked.cards), len(asked.facts), asked.sample) == (1, 1, True)
    assert all(card.sample for card in asked.cards.values())


def test_a_translation_that_is_behind_fills_no_law_slot_but_keeps_its_numbers() -> None:
    there = seen(overlay(), local_facts(), behind=True)

    assert there.cards == {}
    assert [fact.id for fact in there.facts] == ["line"]


def test_a_translation_is_behind_when_its_original_has_changed_or_is_gone() -> None:
    def translated(version: str, original: str = "en") -> bool:
        translation = Translation(original, version, None, back_checked=False)
        spanish = replace(EVENING, language="es", translation=translation)
        return beside_original(spanish, {"en": EVENING}).translation.is_behind

    assert not beside_original(EVENING, {"en": EVENING}).translation.is_behind
    assert not translated("0.1.0")
    assert translated("0.0.0")
    assert translated("0.1.0", original="fr")


def test_a_withdrawn_overlay_is_recalled_from_its_review_to_its_withdrawal() -> None:
    withdrawn = overlay(overlay_of(status="withdrawn", withdrawn_on="2026-11-20"))

    assert seen(withdrawn).recall == Recall("North", date(2026, 11, 1), date(2026, 11, 20))
    assert seen(overlay()).recall is None


def test_numbers_fill_a_slot_on_which_no_advice_depends() -> None:
    there = seen(local_facts(FACTS))

    found = filling(HELP, EVENING, there)

    assert ([fact.id for fact in found.facts], found.neutral) == (["line"], "")


def test_numbers_never_stand_for_law() -> None:
    there = seen(local_facts(FACTS))
    tip = next(block for block in EVENING.units[1].walk() if block.legal_interaction)

    found = filling("local-help", EVENING, there)

    assert ([fact.id for fact in found.facts], found.neutral) == (["line"], "For local rules, ask your local contact.")
    assert there.needs_check(tip)
    assert [fact.id for fact in there.whom_to_ask] == ["centre"]
    assert not seen(overlay()).needs_check(tip)


def test_an_expired_number_goes_alone() -> None:
    facts = local_facts(facts_of({"expires_on": "2026-11-23"}, {"id": "other"}))

    assert [fact.id for fact in seen(facts).facts] == ["other"]


def test_an_address_leads_to_an_area_by_an_opaque_word() -> None:
    known = catalogue(overlay())

    assert wanted(known, area_id("north"), "", DAY) == Wanted("north", DAY, by_address=True)
    assert wanted(known, "", "south", DAY) == Wanted("south", DAY)
    assert "north" not in area_id("north")
    with pytest.raises(Absent):
        wanted(known, area_id("south"), "", DAY)


def test_areas_are_offered_while_they_have_something_to_show() -> None:
    samples = replace(overlay(overlay_of(**SAMPLE)), area="sampletown")
    known = catalogue(overlay(), samples, replace(local_facts(), area="south", label="Far south"))

    def offered(today: date = DAY, *, samples: bool = False) -> list[tuple[str, bool]]:
        return [(each.label, each.sample) for each in choices(known, EVENING, today, samples=samples)]

    assert offered() == [("Far south", False), ("North", False)]
    assert offered(samples=True) == [("Far south", False), ("North", False), ("Sampletown", True)]
    assert offered(date(2027, 5, 1)) == []


def test_pages_turn_on_the_next_day_on_which_a_sheet_comes_or_goes() -> None:
    known = catalogue(overlay(), local_facts(facts_of({"checked_on": "2026-12-01"}, {"id": "x"})))

    assert turns_on(known, DAY) == date(2026, 12, 1)
    assert turns_on(known, date(2026, 12, 1)) == date(2027, 5, 1)
    assert turns_on(known, date(2027, 6, 1)) is None


@pytest.mark.parametrize(
    ("left", "days"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, None), (-1, None)]
)
def test_a_warning_comes_60_30_and_7_days_before_the_end(left: int, days: int | None) -> None:
    assert warning(DAY + timedelta(days=left), DAY) == days


def test_months_end_where_a_month_is_shorter() -> None:
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_after(date(2026, 12, 1), 12) == date(2027, 12, 1)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(sorted(available_timezones())))
def test_a_day_begins_at_its_midnight_in_every_zone(day: date, zone: str) -> None:
    begins = midnight(day, zone)

    if day_in(begins, zone) == day:  # a few zones have skipped whole days
        assert day_in(begins - timedelta(microseconds=1), zone) < day


def test_where_the_clock_skips_midnight_the_day_begins_when_it_skips() -> None:
    beirut = ZoneInfo("Asia/Beirut")  # 2024-03-31: from 24:00 to 01:00

    begins = midnight(date(2024, 3, 31), "Asia/Beirut")

    assert begins == datetime(2024, 3, 30, 22, tzinfo=UTC)
    assert begins.astimezone(beirut).hour == 1


def test_the_slots_of_a_curriculum_are_its_boxes() -> None:
    box = EVENING.box("local-help")

    assert box is not None
    assert box.kind is BlockKind.LAW_SLOT
    assert EVENING.box("another") is None
    assert PLACE.curriculum == EVENING.id
