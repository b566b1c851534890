"""A translation is behind once its original means something else; small edits outdate nothing."""

import pytest

from tests.curricula.written import BODY, curriculum_text, read, wrong
from workshops.curricula.rules import Curriculum
from workshops.curricula.translating import beside_original, matrix_lines, matrix_of, outdated_units, standing_of

EVERY_UNIT = ("start", "m1", "end")


def original(version: str = "1.2.0", body: str = BODY) -> Curriculum:
    return read(curriculum_text(version=version, body=body))


def translated(source_version: str = "1.2.0", body: str = BODY, machine: str = "") -> Curriculum:
    made = f"{{of: en, source_version: {source_version}{machine}}}"
    return read(curriculum_text(language="es", translation=made, body=body))


@pytest.mark.parametrize(
    ("version", "source_version", "outdated"),
    [
        ("1.2.0", "1.2.0", ()),
        ("1.2.9", "1.2.0", ()),
        ("1.3.0", "1.2.9", EVERY_UNIT),
        ("2.0.0", "1.9.0", EVERY_UNIT),
        ("1.10.0", "1.9.0", EVERY_UNIT),
        ("1.2.0", "1.3.0", ()),
    ],
)
def test_only_the_first_two_numbers_of_a_version_outdate(
    version: str, source_version: str, outdated: tuple[str, ...]
) -> None:
    assert outdated_units(translated(source_version), original(version)) == outdated


def test_a_unit_that_says_since_when_it_stands_outdates_itself_alone() -> None:
    changed = BODY.replace("{id=start", "{id=start changed=1.0.0").replace("{id=end", "{id=end changed=1.1.0")

    assert outdated_units(translated("1.1.0"), original("1.2.0", changed)) == ("m1",)


def test_a_unit_that_was_translated_anew_is_up_to_date() -> None:
    anew = BODY.replace("{id=m1", "{id=m1 source-version=1.2.0")

    assert outdated_units(translated("1.1.0", anew), original("1.2.0")) == ("start", "end")


def test_a_unit_that_was_never_translated_is_outdated() -> None:
    without = BODY.replace("{id=start", "{id=beginning")

    assert outdated_units(translated("1.2.0", without), original("1.2.0")) == ("start",)


def test_an_original_and_a_translation_without_one_are_never_behind() -> None:
    alone = beside_original(translated("0.1.0"), {})

    assert beside_original(original(), {"en": original()}).translation.outdated == ()
    assert str(standing_of(alone, {"es": alone})) == "no original"


def test_the_matrix_shows_every_curriculum_in_every_language() -> None:
    english = original("1.3.0")
    spanish = beside_original(translated("1.2.0", machine=", machine_made: true"), {"en": english})
    curricula = {"rest": {"en": english, "es": spanish}, "terms": {"en": english}}

    lines = matrix_lines(*matrix_of(curricula, ["ar"]))

    assert lines == [
        "       ar  en     es",
        "rest   -   1.3.0  behind: start, m1, end (machine)",
        "terms  -   1.3.0  -",
    ]


def test_who_answers_for_a_machines_text_takes_its_mark_away() -> None:
    alone = translated(machine=", machine_made: true")
    read_by_people = translated(machine=", machine_made: true, reviewed_on: 2026-11-01")

    assert alone.translation.is_by_machine_alone
    assert not read_by_people.translation.is_by_machine_alone


@pytest.mark.parametrize("name", ["changed", "source-version"])
def test_what_is_no_version_is_a_fault(name: str) -> None:
    found = wrong(curriculum_text(body=BODY.replace("{id=m1", f"{{id=m1 {name}=soon")))

    assert [each.split(" | ")[1] for each in found] == [f"`{name}` is no version"]
