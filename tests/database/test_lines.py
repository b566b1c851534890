"""Standing in line for a row: two at once, in the order in which they came, and not for ever."""

import asyncio
from collections.abc import Iterable

import anyio
import pytest
from anyio.abc import TaskGroup

from workshops.database.away import DatabaseAway
from workshops.database.lines import ABREAST, TURN, Lines


class Standing:
    """People who stand in line for a row until they are let go."""

    def __init__(self) -> None:
        self.at_work: list[int] = []
        self._lines = Lines()
        self._let_go = [asyncio.Event() for _ in range(6)]

    async def stand(self, number: int, row: str = "row") -> None:
        async with self._lines.stand(row):
            self.at_work.append(number)
            await self._let_go[number].wait()
            self.at_work.remove(number)

    async def arrive(self, people: TaskGroup, numbers: Iterable[int]) -> None:
        """Let some come, one after the other."""
        for number in numbers:
            people.start_soon(self.stand, number)
            await anyio.wait_all_tasks_blocked()

    async def let_go(self, number: int) -> None:
        self._let_go[number].set()
        await anyio.wait_all_tasks_blocked()


async def test_two_are_at_work_and_others_follow_in_their_order() -> None:
    line = Standing()
    async with anyio.create_task_group() as people:
        await line.arrive(people, range(4))
        seen = [tuple(line.at_work)]
        for number in (1, 0, 2, 3):
            await line.let_go(number)
            seen.append(tuple(line.at_work))

    assert seen == [(0, 1), (0, 2), (2, 3), (3,), ()]


async def test_who_leaves_the_line_holds_nobody_up_and_other_rows_have_lines_of_their_own() -> None:
    line = Standing()
    async with anyio.create_task_group() as people:
        await line.arrive(people, range(ABREAST))
        leaving = asyncio.create_task(line.stand(2))
        await anyio.wait_all_tasks_blocked()
        leaving.cancel()
        await line.arrive(people, [3])
        people.start_soon(line.stand, 4, "another row")
        await anyio.wait_all_tasks_blocked()
        before = sorted(line.at_work)
        await line.let_go(0)
        after = sorted(line.at_work)
        for number in (1, 3, 4):
            await line.let_go(number)

    assert (before, after) == ([0, 1, 4], [1, 3, 4])


@pytest.mark.long
async def test_whoever_stands_too_long_is_told_to_ask_again() -> None:
    line = Standing()
    async with anyio.create_task_group() as people:
        await line.arrive(people, range(ABREAST))

        with anyio.fail_after(2 * TURN), pytest.raises(DatabaseAway):
            await line.stand(ABREAST)

        people.cancel_scope.cancel()
