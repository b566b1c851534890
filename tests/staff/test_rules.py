from datetime import UTC, datetime, timedelta

import pytest

from tests.staff.people import NOW
from workshops.staff.rules import (
    LONGEST_DELAY,
    Role,
    SignedIn,
    as_handle,
    delay_after,
    invited_until,
    may_act_as,
    signed_in_until,
    to_the_hour,
    why_no_handle,
    why_no_password,
)


@pytest.mark.parametrize("text", ["robin", "lu", "mx. o'hara", "नीला", "ليلى", "r2-d2", "夜班", "z" * 40, "2026"])
def test_a_name_in_any_script_can_be_a_handle(text: str) -> None:
    assert why_no_handle(as_handle(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "r",
            "z" * 41,
            "   ",
            "...",
            "robin@example.org",
            "robin\uff20example",
            "+49 30 1234567",
            "(030) 1234-56",
        ),
        *(
            "ro\0bin",
            "ro\u202ebin",
            "ro\u200bbin",
            "ro\u00adbin",
            "ro\nbin\x07",
            "<b>robin</b>",
            "\ue000\ue001",
            "\ud800x",
        ),
    ],
)
def test_contacts_and_invisible_characters_are_no_handles(text: str) -> None:
    assert why_no_handle(as_handle(text)) is not None


@pytest.mark.parametrize("text", ["robin@example.org", "robin\uff20example", "+49 30 1234567", "030 1234567", "١٢٣٤٥٦"])
def test_contacts_are_told_apart_from_what_is_merely_no_handle(text: str) -> None:
    assert why_no_handle(as_handle(text)) == "Never take an e-mail address or a phone number as a handle."


@pytest.mark.parametrize("text", ["ROBIN", " Robin ", "\uff52obin"])
def test_two_ways_of_typing_a_handle_are_one_handle(text: str) -> None:
    assert as_handle(text) == "robin"


@pytest.mark.parametrize("text", ["lamp otter seven bridge", "x7-x7-a9-a9.", "раздватричетыре", "9" + "ab cd " * 33])
def test_any_long_password_that_nobody_guesses_first_will_do(text: str) -> None:
    assert why_no_password(text, "robin") is None


@pytest.mark.parametrize(
    "text", ["", "elevenchars", "z7" * 101, "Robin Of The Lamps", "aaaaaaaaaaaaaa", "abababababab", "Password 1234"]
)
def test_short_endless_and_easily_guessed_passwords_are_refused(text: str) -> None:
    assert why_no_password(text, "robin of the lamps") is not None


def test_what_ends_ends_on_the_hour_and_not_early() -> None:
    assert signed_in_until(NOW) == datetime(2026, 11, 7, 10, tzinfo=UTC)
    assert invited_until(NOW) == datetime(2026, 11, 8, 22, tzinfo=UTC)
    assert to_the_hour(datetime(2026, 11, 6, 21, tzinfo=UTC)) == datetime(2026, 11, 6, 21, tzinfo=UTC)


def test_answers_come_twice_as_late_each_time_and_never_later_than_the_bound() -> None:
    delays = [delay_after(tries).total_seconds() for tries in (0, 1, 2, 3, 4, 5, 6, 7, 10**9)]

    assert delays == [0, 0.25, 0.5, 1, 2, 4, 8, 8, LONGEST_DELAY.total_seconds()]


def test_coordinators_may_do_what_every_role_may_and_others_only_their_own() -> None:
    allowed = {(role, wanted) for role in Role for wanted in Role if may_act_as({role}, wanted)}

    assert allowed == {(Role.COORDINATOR, wanted) for wanted in Role} | {
        (Role.FACILITATOR, Role.FACILITATOR),
        (Role.REPORTER, Role.REPORTER),
    }


@pytest.mark.parametrize(
    ("level", "fresh_for", "fresh"),
    [(2, timedelta(minutes=1), True), (2, timedelta(0), False), (2, None, False), (1, timedelta(minutes=1), False)],
)
def test_a_second_factor_is_fresh_until_its_time_is_over(
    level: int, fresh_for: timedelta | None, *, fresh: bool
) -> None:
    fresh_until = NOW + fresh_for if fresh_for is not None else None
    signed_in = SignedIn("0" * 12, "robin", frozenset(Role), level, fresh_until)

    assert signed_in.has_fresh_factor(NOW) is fresh
