"""No order of what people, staff, time, keys and clocks do oversells a session or skips the head of a queue."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
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
from tests.registration.laws import (
    is_empty,
    see_nobody_led_to_two_places,
    see_nobody_skipped,
    see_that_sums_agree,
    spots,
)
from workshops.curricula.state import Library
from workshops.database.connection import open_database
from workshops.database.fields import random_id
from workshops.database.models import KeyCheck
from workshops.desk.actions import change_session
from workshops.errors import Absent, Refusal
from workshops.keys import Purpose, new_key, write_key
from workshops.registration.actions import cancel_place, look_at_place
from workshops.registration.callers import Person, take_places
from workshops.registration.codes import Code
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
from workshops.schedule.actions import cancel_session
from workshops.schedule.directions import sealed_copy, sealed_for_venue
from workshops.schedule.models import Area, Schedule, Session, SessionSum, Venue
from workshops.schedule.moments import Span
from workshops.schedule.plan_rows import plan_of
from workshops.schedule.plans import Plan
from workshops.schedule.staff_queries import planned_session
from workshops.settings import Settings
from workshops.upkeep import sweep
from workshops.vault import Vault

Result = TypeVar("Result")
SESSIONS = st.integers(0, 2)
FIRST_PEOPLE = 9
ANY = st.integers(0, 2 * FIRST_PEOPLE)
WINDOW = 5 * 24 * 60  # minutes before a start, from which on its way is told
EXCHANGED = (Purpose.CODE, Purpose.DERIVATION, Purpose.NONCE, Purpose.SEAL)


@dataclass
class World:
    """One installation with three small sessions at two venues, which every example empties and fills again."""

    runner: asyncio.Runner
    basic: Settings
    library: Library
    numbers: Iterator[int] = field(default_factory=count)
    sessions: list[str] = field(default_factory=list)
    venues: list[str] = field(default_factory=list)

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
        here, there = [await self.venue(vault) for _ in range(2)]
        self.venues, self.sessions = [here.id, there.id], []
        planned = ((4, here, 0), (6, here, 0), (9, there, 3))  # the last has room, for who moves
        for (capacity, slips), (days, venue, room) in zip(shapes, planned, strict=True):
            shares = {"capacity": capacity + slips + room, "slip_share": slips, "directions_from": WINDOW}
            made = await make_session(venue=venue, queue_limit=4, starts_at=NOW + timedelta(days=days), **shares)
            await Session.filter(id=made.id).update(directions=sealed_copy(venue, made.id, vault))
            self.sessions.append(made.id)

    async def venue(self, vault: Vault) -> Venue:
        venue = await make_venue(keep_directions=True)
        venue.directions = sealed_for_venue("The green door.", venue.id, vault)
        await venue.save(update_fields=["directions"])
        return venue


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
                after = await spots()
                see_nobody_skipped(before, after, last_call=last_call)
                await see_nobody_led_to_two_places(before, after)

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
            self.do(self.told(look_at_place, self.code(person), telling=True), guarded=True, last_call=True)

        async def told(self, press: Callable[..., Awaitable[Place | None]], *values: Any, **more: bool) -> None:
            """The answer to a press says the way only where the row says so, and never while the clock is doubted."""
            place = await press(*values, vault=self.vault, settings=self.settings, now=self.now, **more)
            if place is not None and place.tells_way:
                row = await Place.get(id=place.id)
                assert (row.directions_shown, row.session_id) == (True, place.session.id)
                assert (await site.site_state()).tells(self.now)

        @precondition(lambda self: self.codes)
        @rule(person=ANY)
        def cancel(self, person: int) -> None:
            cancelled = cancel_place(self.code(person), vault=self.vault, settings=self.settings, now=self.now)
            self.do(cancelled, guarded=True)

        @precondition(lambda self: self.codes)
        @rule(person=ANY, which=SESSIONS)
        def move(self, person: int, which: int) -> None:
            self.do(self.told(move_place, self.code(person), world.sessions[which]), guarded=True)

        @precondition(lambda self: self.codes)
        @rule(person=ANY, which=SESSIONS)
        def look_and_move(self, person: int, which: int) -> None:
            self.look(person)
            self.move(person, which)

        @precondition(lambda self: self.batches)
        @rule(which=SESSIONS)
        def move_the_newest(self, which: int) -> None:
            """Who has just been given a place, or a slip that is one, goes elsewhere."""
            self.move(len(self.codes) - 1, which)

        @precondition(lambda self: self.codes)
        @rule(person=ANY)
        def stay(self, person: int) -> None:
            self.do(self.told(stop_waiting, self.code(person)), guarded=True)

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
            def changed(plan: Plan) -> Plan:
                shares, room = plan.shares, max(1, plan.shares.registrable + more)
                share = max(0, shares.slips + slips)
                return replace(plan, shares=replace(shares, capacity=room + share, slips=share))

            self.do(self.change(which, changed))

        @rule(which=SESSIONS, venue=st.integers(0, 1), days=st.sampled_from([-1, 0, 0, 1]))
        def move_session(self, which: int, venue: int, days: int) -> None:
            def changed(plan: Plan) -> Plan:
                later = timedelta(days=days)
                span = Span(plan.span.starts_at + later, plan.span.ends_at + later)
                return replace(plan, span=span, venue_id=world.venues[venue])

            self.do(self.change(which, changed))

        async def change(self, which: int, changed: Callable[[Plan], Plan]) -> None:
            session = await planned_session(world.sessions[which])
            assert session is not None
            plan = plan_of(session)
            await change_session(session.id, changed(plan), plan.mark, self.acting())

        @precondition(lambda self: len(self.codes) > FIRST_PEOPLE + 3)  # once there was something to see
        @rule(which=SESSIONS)
        def cancel_session(self, which: int) -> None:
            self.do(cancel_session(world.sessions[which], self.acting()))

        @rule(in_earnest=st.sampled_from([True, *[False] * 5]))
        def freeze(self, *, in_earnest: bool) -> None:
            """Hide everything, but not so often that people come to nothing meanwhile."""
            if in_earnest:
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
    examples, steps = (300, 80) if pytestconfig.option.all else (50, 40)

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
