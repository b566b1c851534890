"""A task may be cancelled at any moment; the database stays whole and open to the next one."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Generator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import anyio
import pytest
from tortoise.connection import get_connection
from tortoise.expressions import F

from workshops.database.connection import Database, transaction
from workshops.database.models import Lease
from workshops.database.statements import Insertion, Statement, change_given
from workshops.schedule.models import Area, Schedule

pytestmark = pytest.mark.data

ADD_AREA = Insertion(Area)
ADD_FIRST = Statement("INSERT INTO area (id, label) VALUES ('one', 'one') RETURNING id")
LATER = (0, 1, 2, 5)  # turns of the event loop between a wait's beginning and the cancellation
PATIENCE = 20  # seconds, far beyond what any of this takes


@dataclass(slots=True)
class CancelledAt:
    """Awaits some work and cancels the task at its nth wait, or a few turns of the loop later."""

    work: Awaitable[None]
    step: int
    later: int
    reached: bool = field(default=False)

    def __await__(self) -> Generator[Any, Any, None]:
        inner: Any = self.work.__await__()
        go_on, value, step = inner.send, None, 0
        while True:
            try:
                wait = go_on(value)
            except StopIteration:
                return
            step += 1
            if step == self.step:
                self._cancel()
            try:
                go_on, value = inner.send, (yield wait)
            except BaseException as error:  # noqa: BLE001 (whatever comes is passed on to the work)
                go_on, value = inner.throw, error

    def _cancel(self) -> None:
        task, turns = asyncio.current_task(), self.later
        assert task is not None
        self.reached = True

        def turn() -> None:
            nonlocal turns
            turns -= 1
            if turns < 0:
                task.cancel()
            else:
                asyncio.get_running_loop().call_soon(turn)

        turn()


async def change_in_a_transaction() -> None:
    async with transaction():
        await Area.create(label="one")
        await Area.filter(label="nowhere").update(label="else")
        await Area.get_or_create(label="two")


async def change_by_statements() -> None:
    async with transaction():
        await change_given(ADD_FIRST(), ADD_AREA(Area(label="two")))


async def add_many() -> None:
    await Area.bulk_create([Area(label="one"), Area(label="two")])


async def read() -> None:
    await Area.all().count()


async def update_without_a_transaction() -> None:
    await Lease.filter(name="sweep").update(holder="b")


async def fail_in_a_transaction() -> None:
    with suppress(LookupError):
        async with transaction():
            await Area.create(label="one")
            raise LookupError


async def bump() -> None:
    async with transaction():
        await Schedule.filter(id=1).update(revision=F("revision") + 1)
        await asyncio.sleep(0.001)


WORK: list[Callable[[], Awaitable[None]]] = [
    change_in_a_transaction,
    change_by_statements,
    add_many,
    read,
    update_without_a_transaction,
    fail_in_a_transaction,
]


async def run(interrupted: CancelledAt) -> None:
    await interrupted


async def ensure_whole_and_open() -> None:
    """Nothing half done, nothing held, and the next write goes through.

    A cancelled change may have been kept, when it was cancelled in its COMMIT; but never in part.
    """
    async with asyncio.timeout(PATIENCE):
        assert await Area.all().count() in {0, 2}
        async with transaction():
            await Area.all().delete()
        missed = await Area.filter(label="nobody's").update(label="x")
    assert missed == 0
    connection: Any = get_connection("default")
    if connection.capabilities.dialect == "postgres":
        pool = connection._pool  # noqa: SLF001 (nobody else knows what is still taken)
        assert pool.get_idle_size() == pool.get_size()


@pytest.mark.parametrize("work", WORK)
async def test_after_a_cancellation_at_any_wait_the_next_write_goes_through(
    database: Database, work: Callable[[], Awaitable[None]], caplog: pytest.LogCaptureFixture
) -> None:
    reached, step = True, 0
    while reached:
        step += 1
        reached = False
        for later in LATER:
            interrupted = CancelledAt(work(), step, later)
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(asyncio.create_task(run(interrupted)), return_exceptions=True)
            await ensure_whole_and_open()
            reached = reached or interrupted.reached

    assert step > 1
    assert caplog.messages == []  # nor does a driver complain of what it had to clear away


async def test_after_cancellations_at_hundreds_of_instants_the_next_write_goes_through(database: Database) -> None:
    chance = random.Random(7)

    for _ in range(300):
        task = asyncio.create_task(run(CancelledAt(change_in_a_transaction(), 0, 0)))
        await asyncio.sleep(chance.uniform(0, 0.004))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await ensure_whole_and_open()


async def test_after_a_scope_that_is_out_of_time_the_next_write_goes_through(database: Database) -> None:
    chance = random.Random(7)

    for _ in range(100):
        with anyio.move_on_after(chance.uniform(0, 0.004)):
            await change_in_a_transaction()
        await ensure_whole_and_open()


async def test_cancelling_many_that_wait_for_their_turn_leaves_the_turn_to_the_next(database: Database) -> None:
    async with anyio.create_task_group() as crowd:
        for _ in range(40):
            crowd.start_soon(bump)
        await asyncio.sleep(0.01)
        crowd.cancel_scope.cancel()

    await ensure_whole_and_open()


async def test_a_cancellation_leaves_no_transaction_behind_in_its_task(database: Database) -> None:
    for step in range(1, 30):
        with suppress(asyncio.CancelledError):
            await CancelledAt(change_in_a_transaction(), step, 0)

        async with transaction():
            await Area.all().delete()

    assert await Area.all().count() == 0
