"""What a second reader asks about a file that is in order."""

from dataclasses import replace
from datetime import date

import pytest

from tests.curricula.written import BODY, FILE, curriculum_text, read, with_leaf
from workshops.curricula.check import check
from workshops.curricula.notes import SecondReader
from workshops.settings import ROOT

TODAY = date(2026, 11, 23)


def notes(text: str, today: date = TODAY) -> list[str]:
    """What is noted, each with the line it stands in."""
    lines = text.split("\n")
    found = SecondReader(read(text), FILE, text, today).notes()
    return [f"{lines[note.line - 1]} | {note.seen}" for note in found]


def test_a_file_in_order_has_no_notes() -> None:
    assert notes(curriculum_text()) == []


@pytest.mark.parametrize(
    "text",
    [
        "You must show it.",
        "They are not allowed to ask.",
        "The police may come in.",
        "That is an offence.",
        "You have the\nright to leave.",
    ],
)
def test_law_outside_its_slot_is_noted(text: str) -> None:
    assert len(notes(with_leaf(text))) == 1
    assert notes(with_leaf(text, "law-slot", "{id=local-help}")) == []
    assert notes(with_leaf(text, "source", "{id=guide}")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ask for legal advice.",
        "Free legal help.",
        "This is information, not advice.",
        "Local law differs.",
        "Of course.",
    ],
)
def test_saying_where_to_find_out_is_not_law(text: str) -> None:
    assert notes(with_leaf(text)) == []


def test_a_note_names_the_word_and_its_line() -> None:
    assert notes(with_leaf("One line.\nYou must go.")) == ["You must go. | `must` may be law"]


@pytest.mark.parametrize(
    "text", ["women who sell their\nbodies, selling their bodies", "It was your fault.", "a real job"]
)
def test_words_that_blame_are_noted(text: str) -> None:
    assert [line.split(" | ")[1].split("` ")[1] for line in notes(with_leaf(text))] == ["may blame"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "How to find more clients."),
        ("en", "Set your price before."),
        ("en", "What to write in your advert."),
        ("en", "Keep a bad date\nlist."),
        ("en", "How to avoid the police."),
        ("en", "Give a false name."),
        ("en", "Self-defence in ten minutes."),
        ("en", "The usual dosage is small."),
        ("en", "Marry for papers."),
        ("es", "Cómo conseguir clientes."),
        ("es", "Mentir a la policía."),
        ("ar", "كيفية جذب الزبائن."),
        ("ar", "الكذب على الشرطة."),
    ],
)
def test_what_these_evenings_leave_out_is_noted(language: str, text: str) -> None:
    curriculum = replace(read(with_leaf(text)), language=language)
    found = SecondReader(curriculum, FILE, with_leaf(text), TODAY).notes()

    assert [note.seen.split("` ")[1] for note in found if "scope" in note.seen] == ["may lie out of scope"]


@pytest.mark.parametrize(
    "text",
    [
        "You can say no to a client.",
        "Say your terms before you begin.",
        "No list of people, no names.",
        "Stay calm when the police stop you, and ask whether you can go.",
        "We teach no blows and no grips.",
        "Ask a doctor.",
        "Who has no papers can ask the advice centre.",
        "The price of silence is high.",
    ],
)
def test_rights_terms_and_where_to_ask_are_in_scope(text: str) -> None:
    assert notes(with_leaf(text)) == []


def test_no_shipped_text_seems_to_lie_out_of_scope() -> None:
    report = check(ROOT / "curricula", today=TODAY)

    assert [str(note) for note in report.notes if "scope" in note.seen] == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("It costs 50 euros.", "`50 euros` looks like a price"),
        ("For $ 80 more", "`$ 8` looks like a price"),
        ("Meet at 12 Long Lane tonight", "`12 Long Lane` looks like an address"),
        ("Kurfürstenstraße 12", "`Kurfürstenstraße 12` looks like an address"),
        ("Call 030 123 4567", "`030 123 4567` looks like a phone number"),
        ("Write to sam@example.org", "`sam@example.org` looks like a contact"),
        ("Find us: @evening", "`@evening` looks like a contact"),
        ("Post it on Instagram", "`Instagram` names a service"),
    ],
)
def test_what_could_lead_to_a_real_place_or_person_is_noted(text: str, seen: str) -> None:
    assert [line.split(" | ")[1] for line in notes(with_leaf(text))] == [seen]


def test_days_minutes_and_shares_are_none_of_these() -> None:
    assert notes(with_leaf("Checked on 2026-05-02. Takes 12-15 minutes, 62 % agreed, 3 of 12 cards.")) == []


def test_long_sentences_are_noted_where_participants_read_them() -> None:
    sentence = "Short one. " + "word " * 26 + "end."

    assert notes(with_leaf(sentence)) == []
    assert [line.split(" | ")[1] for line in notes(with_leaf(sentence, "participant"))] == ["a sentence has 27 words"]


def test_items_of_a_list_are_sentences_of_their_own() -> None:
    assert notes(with_leaf("\n".join(["- five words in each item"] * 9), "participant")) == []


def test_a_key_message_of_three_sentences_is_noted() -> None:
    body = BODY.replace("One small habit is enough.", "One. Two. Three.")

    assert notes(curriculum_text(body=body)) == ["One. Two. Three. | the key message has 3 sentences"]


def test_a_review_is_due_after_its_day() -> None:
    text = curriculum_text(review="{next_due: 2026-11-23}")

    assert notes(text) == []
    assert notes(text, date(2026, 11, 24)) == ["review: {next_due: 2026-11-23} | the next review was due on 2026-11-23"]


def test_long_evenings_without_a_break_and_evenings_without_an_opener_are_noted() -> None:
    body = BODY.replace("standard=25", "standard=75").replace("kind=opener", "kind=work")

    assert [
        line.split(" | ")[1] for line in notes(curriculum_text(body=body, minutes="{short: 25, standard: 90}"))
    ] == [
        "`short` has no opener",
        "`standard` has no break",
        "`standard` has no opener",
    ]


def test_a_slot_that_is_listed_and_stands_nowhere_is_noted() -> None:
    text = curriculum_text(overlays="[local-help, phone-numbers]")

    assert notes(text) == ["overlays: [local-help, phone-numbers] | no law slot `phone-numbers` stands in the text"]


def test_a_machine_s_translation_is_noted_until_a_person_compared_it() -> None:
    translation = "{of: en, source_version: 0.1.0, machine_made: true, back_checked: %s}"
    fields = {"language": "pt", "objectives": "[{id: o1, verb: escolher, text: escolher, unit: m1}]"}

    unread = notes(curriculum_text(**fields, translation=translation % "false"))
    read_by_person = notes(curriculum_text(**fields, translation=translation % "true"))

    assert [line.split(" | ")[1] for line in unread] == [
        "there are no word lists for this language",
        "a machine translated it",
    ]
    assert len(read_by_person) == 1
