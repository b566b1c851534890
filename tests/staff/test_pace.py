from datetime import timedelta

from tests.staff.people import NOW
from workshops.staff.pace import DRAWERS, Pace


def test_each_try_makes_the_next_answer_for_that_handle_later_up_to_a_bound() -> None:
    pace = Pace()

    delays = [pace.next_delay("robin", NOW).total_seconds() for _ in range(9)]

    assert delays == [0, 0.25, 0.5, 1, 2, 4, 8, 8, 8]


def test_the_owner_coming_in_ends_the_slowness() -> None:
    pace = Pace()
    for _ in range(5):
        pace.next_delay("robin", NOW)

    pace.forget("robin")

    assert pace.next_delay("robin", NOW) == timedelta(0)


def test_an_hour_of_quiet_ends_the_slowness() -> None:
    pace = Pace()
    for _ in range(5):
        pace.next_delay("robin", NOW)

    assert pace.next_delay("robin", NOW + timedelta(minutes=59)) == timedelta(seconds=4)
    assert pace.next_delay("robin", NOW + timedelta(minutes=119)) == timedelta(0)


def test_tries_for_one_handle_leave_most_others_as_quick_as_ever() -> None:
    pace = Pace()
    for _ in range(9):
        pace.next_delay("robin", NOW)

    slow = [each for each in range(200) if pace.next_delay(f"somebody {each}", NOW)]

    assert len(slow) < 20  # by the drawers' birthdays some few share one


def test_ten_thousand_handles_neither_fill_the_memory_nor_make_it_forget_one() -> None:
    pace = Pace()
    for _ in range(9):
        pace.next_delay("robin", NOW)

    for each in range(10_000):
        pace.next_delay(f"handle {each}", NOW)

    assert len(pace._tries) <= DRAWERS  # noqa: SLF001 (the bound itself is the claim)
    assert pace.next_delay("robin", NOW) == timedelta(seconds=8)
