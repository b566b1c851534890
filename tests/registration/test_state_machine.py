"""No order of what people, time and coordinators do oversells a session or skips the head of its queue."""

import asyncio
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.make import NOW, make_session, make_venue
from workshops.database.connection import open_database
from workshops.errors import Absent, Refusal
from workshops.registration.actions import cancel_place, look_at_place
from workshops.registration.codes import Code
from workshops.registration.forgetting import forget_sessions
from workshops.registration.locking import locked_queues
from workshops.registration.models import Place, Registration, UsedNonce
from workshops.registration.moves import move_place, stop_waiting
from workshops.registration.nonces import Nonce, make_nonce, read_nonce
from workshops.registration.rules import Need
from workshops.registration.settling import settle_due
from workshops.registration.taking import Given, take_place
from workshops.schedule.models import Area, Session, SessionSum, Venue
from workshops.settings import Settings
from workshops.vault import Vault, make_vault

Result = TypeVar("Result")
SESSIONS = st.integers(0, 2)
FIRST_PEOPLE = 9
PEOPLE = st.integers(0, 2 * FIRST_PEOPLE)


@dataclass(frozen=True)
class Spot:
    """A place as one look at the table saw it."""

    session_id: str
    registration_id: str
    state: str
    number: int | None
    target: bool


def machine_on(settings: Settings, vault: Vault) -> type[RuleBasedStateMachine]:  # noqa: C901 (one class of many small rules)
    """The machine over the database of these settings."""

    class Registrations(RuleBasedStateMachine):
        """Three small sessions of one curriculum and a dozen people."""

        def __init__(self) -> None:
            super().__init__()
            self.runner = asyncio.Runner()
            self.now = NOW
            self.codes: list[Code] = []
            self.used: list[Nonce] = []
            self.sessions: list[str] = []

        def run(self, steps: Coroutine[Any, Any, Result]) -> Result:
            async def inside() -> Result:
                async with open_database(settings):
                    return await steps

            return self.runner.run(inside())

        def do(self, steps: Coroutine[Any, Any, object], *, last_call: bool = False) -> None:
            """Let something happen, and see that nobody who waits was passed over by it."""

            async def watched() -> None:
                before = await _spots()
                with suppress(Refusal, Absent):
                    await steps
                _see_nobody_skipped(before, await _spots(), last_call=last_call)

            self.run(watched())

        @initialize(capacities=st.lists(st.integers(1, 2), min_size=3, max_size=3))
        def open_sessions(self, capacities: list[int]) -> None:
            async def steps() -> None:
                for model in (Place, Registration, UsedNonce, SessionSum, Session, Venue, Area):
                    await model.filter().delete()
                venue = await make_venue()
                starts = [NOW + timedelta(days=days) for days in (4, 6, 9)]
                for capacity, starts_at in zip(capacities, starts, strict=True):
                    made = await make_session(venue=venue, capacity=capacity, queue_limit=4, starts_at=starts_at)
                    self.sessions.append(made.id)

            self.run(steps())
            for which in (0, 1, 2) * (FIRST_PEOPLE // 3):  # queues to begin with: what goes wrong, goes wrong there
                self.take(which)

        @rule(which=SESSIONS)
        def take(self, which: int) -> None:
            async def steps() -> None:
                session = await Session.get(id=self.sessions[which])
                nonce = read_nonce(make_nonce(session.id, session.epoch, vault, self.now), session.id, vault)
                assert nonce is not None
                outcome = await take_place(nonce, Need(0), vault=vault, now=self.now)
                if isinstance(outcome, Given):
                    self.codes.append(outcome.code)
                    self.used.append(nonce)

            self.do(steps())

        @rule(person=PEOPLE)
        def press_again(self, person: int) -> None:
            if self.used:
                nonce = self.used[person % len(self.used)]
                self.do(take_place(nonce, Need(0), vault=vault, now=self.now))

        @rule(person=PEOPLE)
        def look(self, person: int) -> None:
            if self.codes:
                self.do(self.look_at(person), last_call=True)

        async def look_at(self, person: int) -> None:
            await look_at_place(self.code(person), vault=vault, settings=settings, now=self.now)

        @rule(person=PEOPLE)
        def cancel(self, person: int) -> None:
            if self.codes:
                self.do(cancel_place(self.code(person), vault=vault, settings=settings, now=self.now))

        @rule(person=PEOPLE, which=SESSIONS)
        def move(self, person: int, which: int) -> None:
            if self.codes:
                there = self.sessions[which]
                self.do(move_place(self.code(person), there, vault=vault, settings=settings, now=self.now))

        @rule(person=PEOPLE)
        def stay(self, person: int) -> None:
            if self.codes:
                self.do(stop_waiting(self.code(person), vault=vault, settings=settings, now=self.now))

        @rule(hours=st.sampled_from([1, 2, 5, 9, 30]))
        def wait(self, hours: int) -> None:
            self.now += timedelta(hours=hours)
            self.do(settle_due(settings, self.now))
            self.do(forget_sessions(timedelta(hours=24), self.now))

        @rule(which=SESSIONS, more=st.integers(-1, 2))
        def change_capacity(self, which: int, more: int) -> None:
            async def steps() -> None:
                async with locked_queues([self.sessions[which]], settings, self.now) as queues:
                    session = queues.session(self.sessions[which])
                    assert session is not None
                    capacity = session.capacity + more
                    if capacity < max(session.taken, 1) or session.forgotten:
                        return
                    session.capacity = session.registrable = capacity
                    await session.save(update_fields=["capacity", "registrable"])
                    await queues.settle(session)

            self.do(steps())

        @precondition(lambda self: len(self.codes) > FIRST_PEOPLE + 3)  # once there was something to see
        @rule(which=SESSIONS)
        def cancel_session(self, which: int) -> None:
            async def steps() -> None:
                changes = {"state": "cancelled", "cancelled_on": self.now.date()}
                await Session.filter(id=self.sessions[which]).update(**changes)

            self.do(steps())

        @invariant()
        def counters_and_places_agree_and_nothing_is_oversold(self) -> None:
            if self.sessions:
                self.run(_see_that_sums_agree())

        def code(self, person: int) -> Code:
            return self.codes[person % len(self.codes)]

        def teardown(self) -> None:
            self.runner.close()

    return Registrations


async def _spots() -> list[Spot]:
    rows = await Place.filter().values("session_id", "registration_id", "state", "number", "target")
    return [Spot(**row) for row in rows]


def _see_nobody_skipped(before: list[Spot], after: list[Spot], *, last_call: bool) -> None:
    """Whoever was seated came from the head of the queue, or found no queue."""
    for session_id in {spot.session_id for spot in after}:
        was = _by_registration(before, session_id)
        waited = [spot for spot in before if spot.session_id == session_id and spot.number is not None]
        waits = [spot.number for spot in after if spot.session_id == session_id and spot.number is not None]
        for spot in after:
            if spot.session_id != session_id or spot.state == "waiting":
                continue
            former = was.get(spot.registration_id)
            if former is None:
                assert not waited, "somebody was seated past a queue"
            elif former.number is not None and not last_call:
                assert all(former.number < number for number in waits if number), "the head was skipped"


def _by_registration(spots: list[Spot], session_id: str) -> Mapping[str, Spot]:
    return {spot.registration_id: spot for spot in spots if spot.session_id == session_id}


async def _see_that_sums_agree() -> None:
    spots = await _spots()
    for session in await Session.filter():
        here = [spot for spot in spots if spot.session_id == session.id]
        assert session.taken == sum(spot.state != "waiting" for spot in here) <= session.registrable
        assert session.waiting == sum(spot.state == "waiting" for spot in here)
        numbers = [spot.number for spot in here if spot.number is not None]
        assert len(numbers) == len(set(numbers))
    own = [spot.registration_id for spot in spots if not spot.target]
    targets = [spot.registration_id for spot in spots if spot.target]
    assert len(own) == len(set(own))
    assert len(targets) == len(set(targets))
    assert set(targets) <= set(own)
    assert {each.id for each in await Registration.filter()} == set(own)


@pytest.mark.data
def test_nothing_is_oversold_nobody_is_skipped_and_sums_agree(settings: Settings, pytestconfig: pytest.Config) -> None:
    vault = make_vault(settings.key_dir)
    examples, steps = (200, 60) if pytestconfig.option.all else (25, 30)

    run_state_machine_as_test(
        machine_on(settings, vault),
        settings=limits(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
