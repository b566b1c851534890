"""Reading ages: estimates by published formulas, that tell an easy text from a hard one."""

import pytest

from tests.curricula.written import BODY, curriculum_text, faults, read
from workshops.curricula.reading_age import Measure, ages_of, english, measured, reading_age, spanish, usual_age

EASY = "You can go out and come back. Nobody asks why. You may sit by the door. Take some tea. "
HARD = (
    "Organisational accountability necessitates comprehensive documentation of institutional decision-making, "
    "notwithstanding considerable administrative inconvenience to participating representatives. "
)
FACIL = "Puedes salir y volver. Nadie pregunta por qué. Puedes sentarte junto a la puerta. Toma un té. "


def test_the_formulas_are_those_of_their_sources() -> None:
    measure = Measure(words=100, sentences=5, syllables=150)

    assert english(measure) == pytest.approx(0.39 * 20 + 11.8 * 1.5 - 15.59)
    assert spanish(measure) == pytest.approx(-0.205 * 5 + 0.049 * 150 - 3.407)


def test_words_sentences_and_syllables_are_counted_and_marks_are_not() -> None:
    assert measured("**Water** is near.\n\n- a mother\n- information\n", "en_US") == Measure(6, 3, 11)


def test_a_hard_text_asks_for_more_years_than_an_easy_one() -> None:
    easy, hard = reading_age(EASY * 4, "en"), reading_age(HARD * 4, "en-GB")

    assert easy is not None
    assert hard is not None
    assert (easy < 9, hard > 18) == (True, True)


def test_a_short_text_and_a_language_without_a_formula_have_no_age() -> None:
    assert reading_age(EASY, "en") is None
    assert reading_age(EASY * 10, "ar") is None
    assert reading_age(FACIL * 4, "es") is not None


def test_only_what_participants_read_or_hear_counts() -> None:
    easy = curriculum_text(body=BODY.replace("Welcome. Nobody has to say a name.", EASY * 4))
    guide = easy.replace("Put the cards on the table.", HARD * 4)

    assert ages_of(read(guide)) == ages_of(read(easy))
    ages = ages_of(read(easy))
    assert usual_age(ages.values()) == ages["start"]


def test_a_target_that_is_no_age_is_a_fault() -> None:
    (fault,) = faults(curriculum_text(reading_age_target="adults"))

    assert (fault.wrong, fault.right) == ("`reading_age_target` has a wrong form", "years, such as 9-11")
