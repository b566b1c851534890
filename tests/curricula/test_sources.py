"""`sources.yaml`."""

import pytest

from tests.curricula.written import SOURCE
from workshops.curricula.sources import read_sources

ENTRY = """- id: guide
  title: "A guide"
  organisation: "A health service"
  address: "https://example.org/rest"
  read_on: 2026-11-01
"""


def wrong(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.wrong) for fault in read_sources(text, file="curricula/sources.yaml").faults]


def test_a_list_of_works_is_read_by_id() -> None:
    sources = read_sources("# our sources\n---\n" + ENTRY, file="curricula/sources.yaml")

    assert sources.by_id == {"guide": SOURCE}
    assert sources.lines == {"guide": 3}
    assert sources.faults == ()


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("guide\n", "Guide\n", (1, "`id` has a wrong form")),
        ("https://", "ftp://", (4, "`address` is no web address")),
        ("https://example.org/rest", "https://", (4, "`address` is no web address")),
        ("2026-11-01", "2026", (5, "`read_on` is no day")),
        ("  read_on: 2026-11-01\n", "", (1, "`read_on` is missing")),
        ("title", "titel", (1, "`title` is missing")),
    ],
)
def test_a_field_that_does_not_fit_is_a_fault_in_its_line(before: str, after: str, fault: tuple[int, str]) -> None:
    assert fault in wrong(ENTRY.replace(before, after))


def test_a_slip_in_one_work_leaves_the_others_standing() -> None:
    broken = ENTRY.replace('"A guide"', '"A" guide')

    sources = read_sources(broken + ENTRY, file="curricula/sources.yaml")

    assert list(sources.by_id) == ["guide"]
    assert [fault.line for fault in sources.faults] == [2]


def test_an_id_stands_for_one_work() -> None:
    assert wrong(ENTRY + ENTRY) == [(6, "`guide` is already the id of line 1")]


@pytest.mark.parametrize(
    "text", ["a: b", "words", "{a: b}", "- words", "- [a]", "&a x", "x" * 200_000, "- a\n" * 600, "-", "\x00"]
)
def test_what_is_no_list_of_works_is_a_fault(text: str) -> None:
    assert wrong(text)


def test_an_empty_list_is_a_list() -> None:
    assert wrong("") == []
    assert wrong("# nothing yet\n") == []
