"""The `:::` lines: what opens, what closes, and how reading goes on after a slip."""

import pytest

from tests.curricula.written import BODY, curriculum_text, read, with_leaf, wrong

UNIT = '::: unit {id=m1 title="One small habit" short=15 standard=25 method=pair-work energy=low}'


def test_a_block_that_is_not_closed_is_named_once_where_the_next_one_opens() -> None:
    body = BODY.replace("Offer water.\n:::", "Offer water.")

    assert wrong(curriculum_text(body=body)) == [
        (
            '::: card {id=c1 title="Try this" set=pocket} | `card` cannot stand in `if-someone`, '
            "which was opened in line 48"
        ),
    ]


def test_a_unit_that_is_not_closed_is_named_where_the_next_unit_opens() -> None:
    body = BODY.replace("The two habits on the list.\n:::\n:::", "The two habits on the list.\n:::")

    assert wrong(curriculum_text(body=body)) == [
        (
            '::: unit {id=end title="Close" kind=close short=5 standard=10} | `unit` cannot stand in `unit`, '
            "which was opened in line 33"
        ),
    ]


def test_a_block_that_the_file_ends_in_is_named_where_it_opens() -> None:
    body = BODY.rstrip().removesuffix(":::").rstrip()

    assert wrong(curriculum_text(body=body)) == [
        '::: unit {id=end title="Close" kind=close short=5 standard=10} | `unit` is not closed',
    ]


def test_one_fence_too_many_closes_nothing() -> None:
    assert wrong(curriculum_text(body=BODY + ":::\n")) == ["::: | `:::` closes nothing"]


def test_text_beside_the_leaves_is_one_fault_a_passage() -> None:
    body = BODY.replace("\n::: say", "\nHello,\nall of you.\n::: say", 1)

    assert wrong(curriculum_text(body="Not here.\n" + body)) == [
        "Not here. | this text stands in no block",
        "Hello, | this text stands in no block",
    ]


def test_a_fence_that_is_moved_in_is_a_fault() -> None:
    assert wrong(with_leaf("Text\n  ::: say")) == ["  ::: say | `:::` does not stand at the start of the line"]


def test_blocks_outside_units_and_unknown_blocks_are_faults() -> None:
    body = BODY + "::: say\nHello.\n:::\n::: foo\nHello.\n:::\n::: {id=a}\n:::\n"

    assert [line.split(" | ")[1] for line in wrong(curriculum_text(body=body))] == [
        "`say` stands outside a unit",
        "`foo` stands outside a unit",
        "there is no block `foo`",
        "`block` stands outside a unit",
        "the block has no kind",
    ]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("{case}", "the attributes do not read from `case` on"),
        ("{case=“goes pale”}", "the attributes do not read from `case=“goes pale”` on"),
        ('{case="goes pale}', 'the attributes do not read from `case="goes pale` on'),
        ("{Case=x}", "the attributes do not read from `Case=x` on"),
        ("{case=x case=y}", "`case` stands twice"),
        ("case=x", "there is something beside the attributes"),
        ("{case=x} y", "there is something beside the attributes"),
    ],
)
def test_attributes_that_do_not_read_are_faults(written: str, fault: str) -> None:
    body = BODY.replace('::: if-someone {case="goes pale"}', f"::: if-someone {written}")

    assert f"::: if-someone {written} | {fault}" in wrong(curriculum_text(body=body))


def test_attributes_are_words_or_several_words() -> None:
    unit = read(curriculum_text(body=BODY.replace(UNIT, UNIT.replace("::: unit {", ":::unit  { ")))).units[1]

    assert (unit.id, unit.title, unit.method) == ("m1", "One small habit", "pair-work")
