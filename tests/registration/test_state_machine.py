"""No order of what people, staff, time, keys and clocks do oversells a session or skips the head of a queue."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
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
from tests.registration.laws import is_empty, see_nobody_skipped, see_that_sums_agree, spots
from workshops.curricula.state import Library
from workshops.database.connection import open_database
from workshops.database.fields import random_id
from workshops.database.models import KeyCheck
from workshops.errors import Absent, Refusal
from workshops.keys import Purpose, new_key, write_key
from workshops.registration.actions import cancel_place, look_at_place
from workshops.registration.callers import Person, take_places
from workshops.registration.codes import Code
from workshops.registration.locking import locked_queues
from workshops.registration.models import Place, Registration, Slip, SlipBatch, UsedNonce
from workshops.registration.moves import move_place, stop_waiting
from workshops.registration.nonces import Nonce, make_nonce, read_nonce
from workshops.registration.queries import find_place
from workshops.registration.rules import Need
from workshops.registration.slip_actions import make_batch, withdraw_batch
from workshops.registration.slip_rules import OPENLY, BatchPlan, Entry, Reach, SlipKind
from workshops.registration.taking import Given, take_place
from workshops.rotation import rotate, turn_keys
from workshops.schedule import site
from workshops.schedule.acting import Acting
from workshops.schedule.models import Area, Schedule, Session, SessionSum, Venue
from workshops.settings import Settings
from workshops.upkeep import sweep
from workshops.vault import Vault

Result = TypeVar("Result")
SESSIONS = st.integers(0, 2)
FIRST_PEOPLE = 9
ANY = st.integers(0, 2 * FIRST_PEOPLE)
EXCHANGED = (Purpose.CODE, Purpose.DERIVATION, Purpose.NONCE, Purpose.SEAL)


@dataclass
class World:
    """One installation with three small sessions, which every example empties and fills again."""

    runner: asyncio.Runner
    basic: Settings
    library: Library
    numbers: Iterator[int] = field(default_factory=count)
    sessions: list[str] = field(default_factory=list)

    def fresh(self) -> tuple[Settings, Vault]:
        """Settings with a key folder of their own, and its first keys."""
        folder = self.basic.key_dir.with_name(f"keys{next(self.numbers)}")
        folder.mkdir(mode=0o700)
        keys = [new_key(purpose, 1) for purpose in Purpose]
        for key in keys:
            write_key(folder, key, NOW)
        return self.basic.model_copy(update={"key_dir": folder}), Vault(keys, folder)

    async def empty(self, vault: Vault, shapes: list[tuple[int, int]]) -> None:
        for model in (Place, Registration, Slip, SlipBatch, UsedNonce, SessionSum, Session, Venue, Area, KeyCheck):
            await model.filter().delete()
        await Schedule.filter(id=1).update(frozen=False, deletion_due=None, high_water=None)
        for key in vault.keys:
            await KeyCheck.create(key_id=key.id, purpose=key.purpose.value, check_value=key.check_value())
        venue, self.sessions = await make_venue(), []
        for (capacity, slips), days in zip(shapes, (4, 6, 9), strict=True):
            shares = {"capacity": capacity + slips, "slip_share": slips}
            made = await make_session(venue=venue, queue_limit=4, starts_at=NOW + timedelta(days=days), **shares)
            self.sessions.append(made.id)


def machine_in(world: World) -> type[RuleBasedStateMachine]:  # noqa: C901 (one class of many small rules)
    """The machine over the database of this world."""

    class Registrations(RuleBasedStateMachine):
        """A dozen people, who have codes, open forms and slips."""

        def __init__(self) -> None:
            super().__init__()
            self.settings, self.vault = world.fresh()
            self.right = NOW  # by the sun
            self.wrong = timedelta()  # by which the clock is
            self.stepped = False  # it was wrong at least once
            self.codes: list[Code] = []
            self.forms: list[Nonce] = []
            self.used: list[Nonce] = []
            self.slips: list[Code] = []
            self.spent: set[str] = set()
            self.batches: list[str] = []

        @property
        def now(self) -> datetime:
            return self.right + self.wrong

        def run(self, steps: Coroutine[Any, Any, Result]) -> Result:
            return world.runner.run(steps)

        def do(self, steps: Coroutine[Any, Any, object], *, guarded: bool = False, last_call: bool = False) -> None:
            """Let something happen, and see that nobody who waits was passed over by it."""

            async def watched() -> None:
                if guarded and await site.is_frozen():  # as every route that carries a code asks first
                    steps.close()
                    return
                before = await spots()
                with suppress(Refusal, Absent):
                    await steps
                see_nobody_skipped(before, await spots(), last_call=last_call)

            self.run(watched())

        @initialize(shapes=st.lists(st.tuples(st.integers(1, 2), st.integers(0, 2)), min_size=3, max_size=3))
        def open_sessions(self, shapes: list[tuple[int, int]]) -> None:
            self.run(world.empty(self.vault, shapes))
            self.run(sweep(self.settings, self.now))
            for which in (0, 1, 2) * (FIRST_PEOPLE // 3):  # queues to begin with: what goes wrong, goes wrong there
                self.take(which)

        # Forms and codes

        @rule(which=SESSIONS)
        def take(self, which: int) -> None:
            self.do(self.fill_in(which), guarded=True)

        async def fill_in(self, which: int, entry: Entry = OPENLY) -> bool:
            return await self.send(await self.form(which), entry)

        async def form(self, which: int) -> Nonce:
            session = await Session.get(id=world.sessions[which])
            typed = make_nonce(session.id, session.epoch, self.vault, self.now)
            nonce = read_nonce(typed, session.id, self.vault)
            assert nonce is not None
            return nonce

        async def send(self, nonce: Nonce, entry: Entry = OPENLY) -> bool:
            outcome = await take_place(nonce, Need(0), vault=self.vault, now=self.now, entry=entry)
            if isinstance(outcome, Given):
                assert nonce not in self.used or outcome.code in self.codes, "one form gave two codes"
                self.codes.append(outcome.code)
                self.used.append(nonce)
            return isinstance(outcome, Given)

        @rule(which=SESSIONS)
        def open_form(self, which: int) -> None:
            self.forms.append(self.run(self.form(which)))

        @precondition(lambda self: self.forms)
        @rule(which=ANY)
        def send_old_form(self, which: int) -> None:
            self.do(self.send(self.forms[which % len(self.forms)]), guarded=True)

        @precondition(lambda self: self.used)
        @rule(person=ANY)
        def press_again(self, person: int) -> None:
            async def steps() -> None:
                before = await Place.filter().count()
                outcome = await take_place(nonce, Need(0), vault=self.vault, now=self.now)
                assert not isinstance(outcome, Given) or outcome.code in self.codes, "one form gave two codes"
                assert self.stepped or await Place.filter().count() == before, "one form gave two places"

            nonce = self.used[person % len(self.used)]
            self.do(steps(), guarded=True)

        @precondition(lambda self: self.codes)
        @rule(person=ANY)
        def look(self, person: int) -> None:
            looked = look_at_place(self.code(person), vault=self.vault, settings=self.settings, now=self.now)
            self.do(looked, guarded=True, last_call=True)

        @precondition(lambda self: self.codes)
        @rule(person=ANY)
        def cancel(self, person: int) -> None:
            cancelled = cancel_place(self.code(person), vault=self.vault, settings=self.settings, now=self.now)
            self.do(cancelled, guarded=True)

        @precondition(lambda self: self.codes)
        @rule(person=ANY, which=SESSIONS)
        def move(self, person: int, which: int) -> None:
            there, code = world.sessions[which], self.code(person)
            self.do(move_place(code, there, vault=self.vault, settings=self.settings, now=self.now), guarded=True)

        @precondition(lambda self: self.codes)
        @rule(person=ANY)
        def stay(self, person: int) -> None:
            stayed = stop_waiting(self.code(person), vault=self.vault, settings=self.settings, now=self.now)
            self.do(stayed, guarded=True)

        @rule(which=SESSIONS, people=st.integers(1, 3))
        def call(self, which: int, people: int) -> None:
            async def steps() -> None:
                callers = [Person(Need(0), frozenset())] * people
                taken = await take_places(await self.form(which), callers, vault=self.vault, now=self.now)
                assert not await site.is_frozen()
                self.codes += [each.code for each in taken.given]

            self.do(steps())

        # Slips

        @rule(which=SESSIONS, alone=st.booleans(), slips=st.integers(1, 3))
        def print_invitations(self, which: int, *, alone: bool, slips: int) -> None:
            async def steps() -> None:
                self.slips += await self.printed(Reach(world.sessions[which] if alone else None), slips, placed=False)

            self.do(steps())

        @rule(which=SESSIONS, slips=st.integers(1, 2))
        def print_places(self, which: int, slips: int) -> None:
            async def steps() -> None:
                self.codes += await self.printed(Reach(world.sessions[which]), slips, placed=True)
                assert not await site.is_frozen()

            self.do(steps())

        async def printed(self, reach: Reach, slips: int, *, placed: bool) -> list[Code]:
            ends = (self.now + timedelta(days=3)).replace(minute=0)
            plan = BatchPlan(SlipKind.DOOR, placed, reach, slips, ends)
            self.batches.append(random_id())
            return list(await make_batch(self.batches[-1], plan, self.acting()) or ())

        @precondition(lambda self: self.slips)
        @rule(which=SESSIONS, slip=ANY)
        def use_slip(self, which: int, slip: int) -> None:
            async def steps() -> None:
                code = self.slips[slip % len(self.slips)]
                if await self.fill_in(which, Entry(slip=code)):
                    assert code.digits not in self.spent, "one slip gave two places"
                    self.spent.add(code.digits)

            self.do(steps(), guarded=True)

        @precondition(lambda self: self.batches)
        @rule(batch=ANY)
        def withdraw(self, batch: int) -> None:
            self.do(withdraw_batch(self.batches[batch % len(self.batches)], self.acting()))

        # Coordinators

        @rule(which=SESSIONS, more=st.integers(-1, 2), slips=st.integers(-1, 1))
        def change_capacity(self, which: int, more: int, slips: int) -> None:
            async def steps() -> None:
                async with locked_queues([world.sessions[which]], self.settings, self.now) as queues:
                    session = queues.session(world.sessions[which])
                    assert session is not None
                    registrable, share = session.registrable + more, session.slip_share + slips
                    if registrable < max(session.taken, 1) or share < session.slip_taken or session.forgotten:
                        return
                    session.registrable, session.slip_share = registrable, share
                    session.capacity = registrable + share
                    await session.save(update_fields=["capacity", "registrable", "slip_share"])
                    await queues.settle(session)

            self.do(steps())

        @precondition(lambda self: len(self.codes) > FIRST_PEOPLE + 3)  # once there was something to see
        @rule(which=SESSIONS)
        def cancel_session(self, which: int) -> None:
            async def steps() -> None:
                changes = {"state": "cancelled", "cancelled_on": self.now.date()}
                await Session.filter(id=world.sessions[which]).update(**changes)

            self.do(steps())

        @rule()
        def freeze(self) -> None:
            self.do(site.freeze("robin", self.now))

        @rule()
        def thaw(self) -> None:
            self.do(site.thaw("robin", self.now))

        @precondition(lambda self: len(self.codes) > FIRST_PEOPLE + 3)
        @rule(waited=st.sampled_from([0, 14, 15]))
        def start_deletion(self, waited: int) -> None:
            """Start a deletion, unless one waits, and let minutes pass: it is done in its minute, not before."""

            async def steps() -> None:
                due = await site.start_deletion("robin", self.now)
                self.right += timedelta(minutes=waited)
                swept = await sweep(self.settings, self.now)
                assert swept.emptied == (due <= self.now and not swept.doubted)
                assert not swept.emptied or await is_empty()

            self.do(steps())

        @rule()
        def stop_deletion(self) -> None:
            self.do(site.stop_deletion("robin", self.now))

        # Time and keys

        @rule(hours=st.sampled_from([0.25, 1, 2, 5, 9, 30]))
        def wait(self, hours: float) -> None:
            self.right += timedelta(hours=hours)
            self.do(self.sweep())

        @rule(wrong=st.sampled_from([timedelta(), timedelta(hours=-1), timedelta(days=-3), timedelta(days=4)]))
        def set_clock(self, wrong: timedelta) -> None:
            """Let the clock step; while it is doubted no time passes for places, and nothing is forgotten."""
            self.wrong, self.stepped = wrong, True
            self.do(self.sweep())

        async def sweep(self) -> None:
            before = await spots()
            swept = await sweep(self.settings, self.now)
            await turn_keys(self.vault, self.settings, self.now)
            assert not swept.doubted or before == await spots()

        @precondition(lambda self: self.wrong)
        @rule()
        def confirm_clock(self) -> None:
            self.do(site.confirm_clock("robin", self.now))

        @rule(purpose=st.sampled_from(EXCHANGED))
        def exchange_key(self, purpose: Purpose) -> None:
            async def steps() -> None:
                before = await self.places_of_codes()
                await rotate(purpose, self.vault, self.settings.key_dir, self.now)
                await turn_keys(self.vault, self.settings, self.now)
                assert await self.places_of_codes() == before, "somebody lost a place by a key"

            self.do(steps())

        async def places_of_codes(self) -> list[str | None]:
            found = [await find_place(code, self.vault) for code in self.codes[:FIRST_PEOPLE]]
            return [each.place.id if each else None for each in found]

        @invariant()
        def counters_and_places_agree_and_nothing_is_oversold(self) -> None:
            if world.sessions:
                self.run(see_that_sums_agree())

        def code(self, person: int) -> Code:
            return self.codes[person % len(self.codes)]

        def acting(self) -> Acting:
            return Acting("robin", self.now, self.settings, self.vault, world.library)

    return Registrations


@contextmanager
def opened(settings: Settings) -> Iterator[World]:
    """A world whose database stays open from one example to the next."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        runner.run(_enter(stack, settings))
        try:
            yield World(runner, settings, Library(settings))
        finally:
            runner.run(stack.aclose())


async def _enter(stack: AsyncExitStack, settings: Settings) -> None:
    await stack.enter_async_context(open_database(settings))


@pytest.mark.data
def test_nothing_is_oversold_nobody_is_skipped_and_sums_agree(settings: Settings, pytestconfig: pytest.Config) -> None:
    examples, steps = (300, 80) if pytestconfig.option.all else (25, 30)

    with opened(settings) as world:
        run_state_machine_as_test(
            machine_in(world),
            settings=limits(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
