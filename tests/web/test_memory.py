"""Kept answers: rendered once, renewed by revision and by time, bounded in bytes."""

from datetime import timedelta

import anyio
import anyio.lowlevel
import pytest

from tests.make import NOW
from workshops.web.answers import accepts_gzip
from workshops.web.memory import Memory, Ready, ready

KEY = ("/", "", "en", "")


class Press:
    """Makes a new answer each time, and counts."""

    def __init__(self, **until: object) -> None:
        self.made = 0
        self._until = until

    async def __call__(self) -> Ready:
        self.made += 1
        await anyio.lowlevel.checkpoint()
        return ready(f"page {self.made}".encode(), "text/html", **self._until)  # type: ignore[arg-type]  # `until` alone


async def test_a_page_is_rendered_once_however_many_ask_at_once() -> None:
    memory, press = Memory(), Press()

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(memory.get, KEY, NOW, press)

    assert press.made == 1


async def test_a_new_revision_renders_anew_and_the_same_one_does_not() -> None:
    memory, press = Memory(), Press()
    memory.turn_to(1)
    await memory.get(KEY, NOW, press)

    memory.turn_to(1)
    await memory.get(KEY, NOW, press)
    memory.turn_to(2)
    await memory.get(KEY, NOW, press)

    assert press.made == 2


async def test_a_page_rendered_from_an_older_revision_is_not_kept() -> None:
    memory = Memory()
    made: list[int] = []

    async def late() -> Ready:
        made.append(1)
        memory.turn_to(len(made))
        return ready(b"old", "text/html")

    await memory.get(KEY, NOW, late)
    await memory.get(KEY, NOW, late)

    assert len(made) == 2


async def test_a_page_is_rendered_anew_at_the_moment_it_changes_by_itself() -> None:
    memory, press = Memory(), Press(until=NOW + timedelta(minutes=5))
    await memory.get(KEY, NOW, press)

    await memory.get(KEY, NOW + timedelta(minutes=4, seconds=59), press)
    assert press.made == 1
    await memory.get(KEY, NOW + timedelta(minutes=5), press)
    assert press.made == 2


async def test_a_failed_rendering_is_told_and_not_kept() -> None:
    memory, press = Memory(), Press()

    async def fails() -> Ready:
        raise LookupError("no such block")

    with pytest.raises(LookupError):
        await memory.get(KEY, NOW, fails)
    assert (await memory.get(KEY, NOW, press)).plain == b"page 1"


async def test_the_memory_never_holds_more_bytes_than_it_may() -> None:
    memory = Memory(limit=10_000)

    async def large() -> Ready:
        return ready(b"x" * 4000, "text/html")

    for number in range(50):
        await memory.get((f"/{number}", "", "en", ""), NOW, large)

    assert memory.size <= 10_000


def test_equal_bytes_have_equal_tags_and_each_encoding_its_own() -> None:
    one, two = ready(b"same" * 100, "text/calendar"), ready(b"same" * 100, "text/calendar")

    assert one.etag(compressed=True) == two.etag(compressed=True)
    assert one.etag(compressed=True) != one.etag(compressed=False)


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("GZIP", True),
        ("gzip;q=1.0", True),
        ("*;q=0", False),
    ],
)
def test_compressed_bytes_go_only_to_who_takes_them(header: str, *, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted


async def test_a_question_about_the_schedule_is_asked_once_per_revision() -> None:
    memory, asked = Memory(), []

    async def ask() -> int:
        asked.append(memory.revision)
        return len(asked)

    first = [await memory.known("evenings", ask), await memory.known("evenings", ask)]
    memory.turn_to(7)
    second = [
        await memory.known("evenings", ask),
        await memory.known("others", ask),
        await memory.known("evenings", ask),
    ]

    assert (first, second, asked) == ([1, 1], [2, 3, 2], [0, 7, 7])


async def test_what_was_answered_while_the_schedule_changed_is_not_kept() -> None:
    memory = Memory()

    async def ask_meanwhile() -> str:
        memory.turn_to(8)
        return "old"

    async def ask() -> str:
        return "new"

    assert [await memory.known("evenings", ask_meanwhile), await memory.known("evenings", ask)] == ["old", "new"]
