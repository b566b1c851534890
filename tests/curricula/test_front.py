"""The fields between the `---` lines."""

import pytest

from tests.curricula.written import curriculum_text, faults, read, wrong


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("format", "2", "has a value that is not known"),
        ("id", "Rest", "has a wrong form"),
        ("version", "1.0", "has a wrong form"),
        ("status", "final", "has a value that is not known"),
        ("title", "true", "is no text"),
        ("title", "", "is no text"),
        ("language", "english", "has a wrong form"),
        ("audience", "[]", "does not fit"),
        ("audience", "peers", "is no list"),
        ("adults_only", "no", "has a value that is not known"),
        ("adults_only", "false", "has a value that is not known"),
        ("areas", "[body]", "1 has a value that is not known"),
        ("minutes", "{short: 2, standard: 40}", "`short` does not fit"),
        ("minutes", "{short: 0x10}", "`short` is no whole number"),
        ("minutes", "{short: 1e3}", "`short` is no whole number"),
        ("minutes", "{quick: 20}", "`quick` has a value that is not known"),
        ("minutes", "90", "holds no fields"),
        ("group", "{min: 9, ideal: 8, max: 12}", "does not grow from min to max"),
        ("facilitators", "{min: 2, peer_required: yes}", "`peer_required` is neither yes nor no"),
        ("objectives", "[{id: o1, verb: choose, unit: m1}]", "1 `text` is missing"),
        ("credit", "somebody@example.org", "holds an e-mail address or a handle"),
        ("jurisdiction", "somewhere", "has a value that is not known"),
        ("review", "{next_due: 2027-02-30}", "`next_due` is a day that no calendar has"),
        ("review", "{next_due: 1700000000}", "`next_due` is no day"),
        ("translation", "{of: es}", "names only half of its original"),
    ],
)
def test_a_value_that_does_not_fit_is_a_fault_in_its_line(name: str, value: str, fault: str) -> None:
    found = wrong(curriculum_text(**{name: value}))

    assert f"{name}: {value} | `{name}` {fault}" in found


def test_missing_and_unknown_fields_are_faults() -> None:
    assert wrong(curriculum_text(level=None, lvel="core")) == [
        "format: 1 | `level` is missing",
        "lvel: core | there is no field `lvel`",
    ]


def test_an_unknown_field_inside_another_names_those_beside_it() -> None:
    [fault] = faults(curriculum_text(group="{min: 4, ideal: 8, max: 12, most: 13}"))

    assert (fault.wrong, fault.right) == ("there is no field `group` `most`", "one of min, ideal, max")


def test_a_field_that_stands_twice_names_both_lines() -> None:
    [fault] = faults(curriculum_text().replace("level: core", "level: core\nlevel: core"))

    assert (fault.line, fault.wrong) == (14, "`level` stands twice, first in line 13")


def test_a_list_whose_items_do_not_read_is_not_called_empty_as_well() -> None:
    found = wrong(curriculum_text(objectives='[{id: O1, verb: choose, text: "choose one habit", unit: m1}]'))

    assert [line.split(" | ")[1] for line in found] == ["`objectives` 1 `id` has a wrong form"]


def test_quoted_words_are_text() -> None:
    assert read(curriculum_text(title='"true"', summary="'null'")).summary == "null"


def test_what_is_missing_at_the_end_is_named_in_the_last_line_of_the_fields() -> None:
    text = curriculum_text(credit='"never closed')

    assert wrong(text)[0].startswith('credit: "never closed | ')


def test_words_are_not_taken_for_truth_numbers_or_hours() -> None:
    curriculum = read(curriculum_text(title="no", summary="18:30", materials="[off, 0o14, 1_000]"))

    assert (curriculum.title, curriculum.summary) == ("no", "18:30")
    assert curriculum.materials == ("off", "0o14", "1_000")


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("&a core", "`&a` is an anchor"),
        ("*a", "`*a` points to another place"),
        ("!!str core", "a value is marked with `!`"),
        ("!!python/object/apply:os.system [ls]", "a value is marked with `!`"),
        ('"co\\0re"', "there is a hidden character, U+0000 (a control character)"),
        ('"co\\u202ere"', "there is a hidden character, U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("[[[[[[[[[[core]]]]]]]]]]", "more than 8 lists stand inside each other"),
    ],
)
def test_what_acts_at_a_distance_or_hides_is_refused(value: str, fault: str) -> None:
    assert f"level: {value} | {fault}" in wrong(curriculum_text(level=value))


def test_a_bomb_of_aliases_is_never_built() -> None:
    bomb = "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))])

    found = faults(curriculum_text().replace("level: core", bomb))

    assert "`*a38` points to another place" in {fault.wrong for fault in found}


def test_fields_without_an_end_are_a_fault_and_the_units_are_still_read() -> None:
    text = curriculum_text().replace("\n---\n", "\n", 1)

    assert wrong(text) == ["--- | the fields have no end"]


def test_what_is_no_yaml_is_a_fault_in_its_line_and_the_units_are_still_read() -> None:
    found = wrong(curriculum_text(summary='"one" two', body="::: unit {id=m1 title=x short=y}\n:::"))

    assert len(found) == 2
    assert found[0].startswith('summary: "one" two | ')
    assert found[1].endswith("| `short` is no number of minutes")


def test_one_bad_field_does_not_hide_what_the_others_contradict() -> None:
    found = wrong(curriculum_text(level="expert", overlays="[elsewhere]"))

    assert [line.split(" | ")[1] for line in found] == [
        "`level` has a value that is not known",
        "`overlays` does not list the law slot `local-help`",
        "`overlays` does not list the law slot `local-help`",
    ]


def test_fields_longer_than_any_curriculum_needs_are_one_fault() -> None:
    assert "the fields are longer than 20,000 characters" in {
        fault.wrong for fault in faults(curriculum_text(summary="x" * 21_000))
    }
