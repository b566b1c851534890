"""Local sheets on prints: cards that say all they must, and what stands there without them."""

import re
from datetime import date

import pytest

from tests.curricula.sheets import facts_of, local_facts, overlay, overlay_of
from tests.handouts.evenings import BODY, make_evening
from tests.handouts.test_documents import html_of, words
from tests.shipped import shipped
from workshops.curricula.areas import Wanted, here
from workshops.curricula.catalogue import Catalogue
from workshops.curricula.law_cards import Here, filling
from workshops.curricula.local_facts import LocalFacts
from workshops.curricula.overlays import Overlay
from workshops.curricula.rules import Curriculum
from workshops.handouts.documents import Guide, Handout, Printable

DAY = date(2026, 11, 23)
HELP = "::: law-slot {id=help-here}\nThere is no list for this place yet.\n:::\n::: key-message\nOne small"
EVENING = make_evening()
SAMPLE = {"sample": "true", "jurisdiction": '{country: XX, label: "Sampletown"}'}
CHECK = "Check local law first."
WITHDRAWN = overlay_of(status="withdrawn", withdrawn_on="2026-11-20")


def there(*sheets: Overlay | LocalFacts, today: date = DAY, by_address: bool = False) -> Here:
    """What these sheets have for the evening."""
    overlays = tuple(each for each in sheets if isinstance(each, Overlay))
    facts = tuple(each for each in sheets if isinstance(each, LocalFacts))
    catalogue = Catalogue({}, (), {}, overlays=overlays, facts=facts)
    return here(catalogue, EVENING, Wanted("north", today, by_address=by_address))


def both(local: Here) -> tuple[Printable, Printable]:
    return Handout(EVENING, None, local), Guide(EVENING, None, local)


def test_a_law_card_says_place_day_end_limits_and_that_it_is_no_advice() -> None:
    for document in both(there(overlay())):
        cards = re.findall(r'<div class="law-card">.*?</div>', html_of(document), re.DOTALL)

        assert cards
        for card in cards:
            text = " ".join(re.sub(r"<[^>]+>", "", card).split())
            assert text == (
                "North Here the night bell is rung twice. Information, not advice. Law as of 2026-10-15. "
                "Do not use this card from 2027-05-01 on. For: citizens; migrants with a residence permit. "
                "Who may ask what; not papers. Paper and practice differ."
            )


@pytest.mark.parametrize(
    ("text", "today"),
    [(overlay_of(), date(2027, 5, 1)), (overlay_of(status="draft"), DAY), (WITHDRAWN, DAY)],
    ids=["expired", "draft", "withdrawn"],
)
def test_nothing_of_a_sheet_that_does_not_hold_is_printed(text: str, today: date) -> None:
    local = there(overlay(text), today=today)

    for document in both(local):
        assert "night bell" not in words(document)
        assert "law-card" not in html_of(document).partition("<body>")[2]
        assert "Ask here first." in words(document)


def test_advice_with_legal_effects_says_to_check_where_no_card_stands_beside_it() -> None:
    handout, guide = both(there())

    assert words(handout).count(CHECK) == len([*Handout(EVENING).sheets, *Handout(EVENING).cards])
    assert f"My sentence {CHECK} Ask the people who run the evening who knows. I rest first." in words(guide)


def test_advice_beside_its_card_needs_no_check() -> None:
    for document in both(there(overlay())):
        assert CHECK not in words(document)
    for leaf in Handout(EVENING, None, there(overlay())).cards:
        assert [box.box and box.box.card is not None for box in leaf.beside] == [True]


def test_who_knows_the_law_here_is_named_beside_the_advice() -> None:
    local = there(local_facts(facts_of({"kind": "legal", "name": "The centre", "fills": None})))

    assert f"{CHECK} Ask The centre: 000 00. I rest first." in words(Handout(EVENING, None, local))


def test_advice_inside_a_situation_says_to_check_and_has_its_box() -> None:
    leaf = "::: participant {legal-interaction=local-help}\nRobin comes home"
    evening = make_evening(BODY.replace("::: participant\nRobin comes home", leaf))

    scenario = Handout(evening).parts[1].passages[0]

    assert scenario.passages[0].check_first
    assert [str(box.box.html) for box in scenario.beside if box.box] == ["<p>Ask here first.</p>\n"]


def test_a_slot_that_stands_twice_says_its_own_words_in_each_place_and_one_card_fills_both() -> None:
    again = "::: law-slot {id=local-help}\nBefore you lock it, ask.\n:::\n::: key-message\nOne small"
    evening = make_evening(BODY.replace("::: key-message\nOne small", again))

    for document in (Handout(evening), Guide(evening)):
        assert "Ask here first." in words(document)
        assert "Before you lock it, ask." in words(document)
    boxes = [each.box for each in Guide(evening, None, there(overlay())).parts[-1].passages if each.box]
    assert [box.card is not None for box in boxes] == [True, True]


def test_checked_numbers_for_a_bad_moment_never_stand_below_words_that_there_are_none() -> None:
    catalogue = shipped()
    evening = catalogue.curricula["de-escalation"]["en"]
    numbers = here(catalogue, evening, Wanted("sampletown", DAY, by_address=True))

    found = filling("crisis-numbers", evening, numbers)

    assert found.facts
    assert found.neutral == ""


def evening_with_help() -> Curriculum:
    """An evening that has a box of its own for where to get help."""
    body = BODY.replace("::: key-message\nOne small", HELP)
    return make_evening(body)


def test_a_handout_says_once_where_to_get_help() -> None:
    own, general = words(Handout(evening_with_help())), words(Handout(EVENING))

    assert own.count("There is no list for this place yet.") == 1
    assert own.count("Where to get help") == general.count("Where to get help")
    assert "Ask the people who run the evening what to write here." not in own
    assert own.count("The emergency number here") == 1
    assert "There is no list for this place yet." in words(Guide(evening_with_help()))


def test_numbers_stand_in_the_box_for_help_with_the_days_they_were_checked_and_end() -> None:
    fact = {"passes_on": '"nothing"', "hours": '"every night"', "languages": "[en, es]", "web": "https://a.example/b"}
    text = words(Handout(evening_with_help(), None, there(local_facts(facts_of(fact)))))

    assert (
        "Where to get help Someone to talk to 000 00, https://a.example/b The line: somebody to talk to. "
        "Open: every night. English, español. What they pass on: nothing. "
        "Checked on 2026-11-01; do not use from 2027-05-01 on."
    ) in text
    assert "There is no list for this place yet." not in text
    assert "The emergency number here" not in text


def test_a_withdrawn_sheet_is_taken_back_by_who_runs_the_evening() -> None:
    handout, guide = both(there(overlay(WITHDRAWN)))

    assert "Take back: the sheet for North is withdrawn." in words(guide)
    assert "from 2026-11-01 to 2026-11-20 must not be used" in words(guide)
    assert "Take back" not in words(handout)


def test_who_runs_the_evening_reads_who_checked_the_cards_and_by_what() -> None:
    handout, guide = both(there(overlay()))

    assert (
        "What the local sheet rests on Checked on 2026-11-01 by: solicitor. Read a second time by: a group of peers. "
        "A state: An act, part 2. https://example.org/act (read on 2026-10-20)"
    ) in words(guide)
    assert "an advice centre" not in words(guide)
    assert "solicitor" not in words(handout)


def test_a_sample_is_marked_on_its_page_and_on_every_card() -> None:
    sheets = overlay(overlay_of(**SAMPLE)), local_facts(facts_of({"phone": "000 SAMPLE"}, sample="true"))

    for document in both(there(*sheets, by_address=True)):
        html = html_of(document)
        assert html.count('<div class="law-card">') == len(
            re.findall(r'<div class="law-card">\s*<p class="sample-mark">Sample: made-up place</p>', html)
        )
        assert '<div class="running-title">Rest and routine. <strong>Sample: made-up place</strong></div>' in html
        assert re.search(r'<p class="sample-mark">Sample: made-up place</p>\s*<h1>', html)
    for document in both(there(*sheets)):
        assert "ample" not in words(document)


def test_another_text_of_a_card_is_another_print() -> None:
    other = overlay(overlay_of().replace("twice", "once"))

    assert html_of(Handout(EVENING, None, there(overlay()))) != html_of(Handout(EVENING, None, there(other)))


def test_markup_in_a_sheet_is_text() -> None:
    evil = overlay(overlay_of(covers='"<script>1</script>"', jurisdiction='{country: DE, label: "<b>North"}'))

    html = html_of(Handout(EVENING, None, there(evil)))

    assert "<script>" not in html
    assert "&lt;b&gt;North" in html
