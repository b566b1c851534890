from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feeds.evenings import make_entry
from tests.make import NOW
from workshops.feeds.rules import file_name, first_leave, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Information evening B", "Information evening B"),
        ("  two   spaces ", "two spaces"),
        ("one\r\ntwo\rthree\x0bfour\x0cfive\x85six\u2028seven\u2029eight", "one two three four five six seven eight"),
        ("nothing\x00here", "nothing here"),
        ("\u202eback\u2066wards\u200f\ufeff", "backwards"),
        ("and\\or", "and/or"),
        ("half a pair \ud83d and \uffff", "half a pair and"),
        ("می‌خواهم 👩‍🏫", "می‌خواهم 👩‍🏫"),  # joiners belong to the spelling
    ],
)
def test_plain_text_is_one_line_without_hidden_signs(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_an_evening_leaves_a_day_after_its_end_and_a_cancelled_one_after_thirty_full_days() -> None:
    entry = make_entry()
    cancelled = make_entry(cancelled_on=date(2026, 11, 5))

    assert entry.leaves_at == entry.span.ends_at + timedelta(days=1)
    assert cancelled.leaves_at == datetime(2026, 12, 6, tzinfo=UTC)


def test_a_calendar_changes_by_itself_when_its_first_entry_leaves() -> None:
    late, early = make_entry(), make_entry(cancelled_on=NOW.date() - timedelta(days=30))

    assert first_leave([late, early]) == early.leaves_at == datetime(2026, 10, 24, tzinfo=UTC)
    assert first_leave([]) is None


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        ("B", "evening-b.ics"),
        ("AC", "evening-ac.ics"),
        ("", "evening.ics"),
        ('"\n', "evening.ics"),
        ("Ж", "evening.ics"),
    ],
)
def test_a_file_is_named_by_the_letter_alone(letter: str, expected: str) -> None:
    assert file_name(letter) == expected
