import re
from dataclasses import fields
from itertools import pairwise
from typing import get_type_hints

from tests.handouts.evenings import BODY, make_evening
from tests.shipped import shipped
from workshops.curricula.law_cards import Here
from workshops.curricula.rules import Curriculum, Form
from workshops.handouts.documents import Guide, Handout, Printable
from workshops.handouts.typesetting import Typesetter


def test_nothing_but_a_curriculum_a_form_what_holds_here_and_words_to_keep_out_fits_into_a_print() -> None:
    kinds = {field.name: get_type_hints(each)[field.name] for each in (Handout, Guide) for field in fields(each)}

    assert kinds == {"curriculum": Curriculum, "form": Form | None, "here": Here, "exposure": tuple[str, ...]}


def test_the_handout_holds_what_is_for_participants() -> None:
    text = words(Handout(make_evening()))

    for expected in ("You may step out", "Robin comes home at four", "a dark room", "One small habit is enough"):
        assert expected in text
    for expected in ("My week", "What helps me rest", "I rest first.", "Ask here first."):
        assert expected in text


def test_the_handout_holds_nothing_that_is_for_facilitators() -> None:
    text = words(Handout(make_evening()))

    for hidden in ("Welcome to this room", "Hold up the cards", "What could Robin try", "Write one idea", "Let them."):
        assert hidden not in text
    assert "Ask twice and stop." not in text


def test_the_guide_holds_every_voice_and_the_cards() -> None:
    text = words(Guide(make_evening()))

    for expected in (
        "Welcome to this room",
        "Hold up the cards",
        "What could Robin try",
        "Write one idea",
        "Let them.",
    ):
        assert expected in text
    for expected in ("If someone falls asleep", "Ask here first.", "Ask twice and stop.", "I rest first."):
        assert expected in text


def test_the_run_sheet_has_room_for_what_is_needed_when_something_goes_wrong() -> None:
    text = words(Guide(make_evening()))

    for field in ("The emergency number here", "Named contact for worries", "How many came (a number, no names)"):
        assert field in text


def test_what_speaks_for_rights_money_and_conditions_goes_home_from_every_evening_of_ninety_minutes() -> None:
    sheets = {
        ("know-your-rights", "briefing-sheet"),
        ("safety-negotiation", "request-sheet"),
        ("well-being-plan", "three-lines"),
        ("stigma", "ally-sheet"),
    }

    for name, sheet in sheets:
        for evening in shipped().curricula[name].values():
            assert sheet in {block.id for unit in evening.units_in(Form.STANDARD) for block in unit.walk()}


def test_a_handout_names_no_work_that_tells_a_stranger_what_the_evening_is_about() -> None:
    evening = shipped().curricula["rest-and-routine"]["en"]

    on_handout = {source.id for source in Handout(evening).sources}
    in_guide = {note.source.id for note in Guide(evening).sources}

    assert "doing-what-matters" in on_handout
    assert in_guide - on_handout == {"swit-2013", "who-young-2015"}


def test_a_handout_names_no_work_that_tells_by_the_group_s_own_words() -> None:
    evening = shipped().curricula["rest-and-routine"]["en"]
    (work,) = (source for source in Handout(evening).sources if source.id == "doing-what-matters")

    on_handout = {source.id for source in Handout(evening, exposure=(work.title.split()[0],)).sources}

    assert "doing-what-matters" not in on_handout


def test_a_print_of_a_form_leaves_out_the_units_of_others() -> None:
    evening = make_evening()

    assert "Something for long evenings" in words(Handout(evening))
    assert "Something for long evenings" in words(Handout(evening, Form.LONG))
    assert "Something for long evenings" not in words(Handout(evening, Form.STANDARD))
    assert "Only when there is time" not in words(Guide(evening, Form.STANDARD))


def test_the_guide_of_a_form_promises_only_what_its_units_practise() -> None:
    evening = make_evening(
        BODY.replace('small habit" short=10', 'small habit"').replace("short=5 standard=10", "short=10 standard=10")
    )

    assert "choose one habit to try this week" in words(Guide(evening, Form.STANDARD))
    assert "choose one habit to try this week" not in words(Guide(evening, Form.SHORT))


def test_advice_with_legal_effects_stands_beside_its_box_wherever_it_is_set() -> None:
    handout = Handout(make_evening())

    for leaf in (*handout.sheets, *handout.cards):
        assert [box.box and str(box.box.html) for box in leaf.beside] == ["<p>Ask here first.</p>\n"]


def test_a_box_from_another_unit_stands_once_in_a_part_that_needs_it() -> None:
    twice = "::: participant {legal-interaction=local-help}\nA tip.\n:::\n"
    body = BODY.replace("::: facilitator\n# Cards", f"{twice}{twice}::: facilitator\n# Cards")

    part = Handout(make_evening(body)).parts[1]

    assert [len(passage.beside) for passage in part.passages if "A tip" in passage.html] == [1, 0]


def test_an_item_of_a_worksheet_has_the_lines_it_asks_for() -> None:
    (sheet,) = Handout(make_evening()).sheets

    assert [(entry.is_item, entry.lines) for entry in sheet.entries] == [(False, 0), (True, 2)]


def test_outside_the_body_a_print_has_only_its_neutral_title() -> None:
    html = html_of(Handout(make_evening()))
    head, body = html.split("<h1>")

    assert "<title>Rest and routine</title>" in head
    assert "Sleep" not in head
    assert body.startswith("Sleep after late work</h1>")


def test_a_print_says_that_it_is_a_draft() -> None:
    assert "Version 1.2.3, draft" in words(Handout(make_evening()))


def test_only_prints_about_health_say_that_they_are_no_diagnosis() -> None:
    sentence = "Nothing here tells you what illness you have"

    assert sentence not in words(Handout(make_evening()))
    assert sentence in words(Handout(make_evening(area="mental-health")))


def test_markup_in_a_teaching_file_is_text_in_a_print() -> None:
    evening = make_evening(BODY.replace('title="Pick one"', 'title="<script>1 & 2</script>"'))

    assert "<h3>&lt;script&gt;1 &amp; 2&lt;/script&gt;</h3>" in html_of(Handout(evening))


def test_a_print_in_a_right_to_left_language_says_so() -> None:
    assert '<html lang="ar" dir="rtl">' in html_of(Handout(make_evening(language="ar")))


def test_a_language_that_nobody_knows_still_prints() -> None:
    assert '<html lang="xx" dir="ltr">' in html_of(Guide(make_evening(language="xx")))


def test_headings_go_down_without_a_gap() -> None:
    for document in (Handout(make_evening()), Guide(make_evening())):
        levels = [int(level) for level in re.findall(r"<h([1-6])", html_of(document))]

        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def html_of(document: Printable) -> str:
    return Typesetter().html(document)


def words(document: Printable) -> str:
    """The text of a print's body, with single spaces."""
    body = html_of(document).partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]+>", "", body).split())
