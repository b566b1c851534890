"""A venue keeps its way while it has sessions to come or a coordinator wants that, and no longer."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.make import NOW, make_session, make_venue
from tests.schedule.planning import at, keep, make_plan, publish, tell_way
from workshops.database.connection import Database, transaction
from workshops.database.residue import VACUUMED
from workshops.registration.holdings import MODELS
from workshops.schedule.acting import Acting
from workshops.schedule.actions import cancel_session, change_session, locked_session
from workshops.schedule.models import Session, Venue
from workshops.schedule.plan_rows import plan_of
from workshops.schedule.plans import Plan
from workshops.settings import Settings
from workshops.upkeep import sweep

if TYPE_CHECKING:
    from tortoise import Model


async def led_venue(acting: Acting, **changes: object) -> Venue:
    venue = await make_venue(**changes)
    await tell_way(venue, acting)
    return venue


async def is_told(venue: Venue) -> bool:
    return (await Venue.get(id=venue.id)).directions is not None


async def change(session: Session, plan: Plan, acting: Acting) -> None:
    async with transaction():
        locked = await locked_session(session.id)
        await change_session(locked, plan, plan_of(locked).mark, acting)


@pytest.mark.data
@pytest.mark.parametrize("keep_it", [False, True])
async def test_a_session_that_goes_elsewhere_leaves_no_way_behind_unless_it_is_kept(
    database: Database, acting: Acting, *, keep_it: bool
) -> None:
    here, there = await led_venue(acting, keep_directions=keep_it), await led_venue(acting)
    session = await publish(make_plan(here), acting)

    await change(session, make_plan(there), acting)

    assert [await is_told(here), await is_told(there)] == [keep_it, True]


@pytest.mark.data
async def test_a_way_stays_while_another_session_is_to_come_there(database: Database, acting: Acting) -> None:
    here, there = await led_venue(acting), await led_venue(acting)
    session, other = await publish(make_plan(here), acting), await keep(make_plan(here, span=at(72)), acting)

    await change(session, make_plan(there), acting)
    while_one_is_planned = await is_told(here)
    await cancel_session(other.id, acting)

    assert while_one_is_planned
    assert not await is_told(here)


@pytest.mark.data
async def test_a_sweep_forgets_the_ways_that_nobody_needs_and_lets_a_new_venue_wait_for_its_first_session(
    database: Database, settings: Settings, acting: Acting
) -> None:
    over, off, kept, new, used = [await led_venue(acting, keep_directions=each) for each in (True, *[False] * 4)]
    await make_session(venue=over, starts_at=NOW - timedelta(days=3), forgotten=True)
    await cancel_session((await publish(make_plan(off), acting)).id, acting)
    await make_session(venue=kept)
    await make_session(venue=used)
    await Venue.filter(id=over.id).update(keep_directions=False)
    await Venue.filter(id=kept.id).update(keep_directions=True)

    await sweep(settings, NOW)

    assert [await is_told(each) for each in (over, off, kept, new, used)] == [False, False, True, True, True]


def test_every_table_that_is_emptied_is_vacuumed() -> None:
    models: tuple[type[Model], ...] = (*MODELS, Session, Venue)
    emptied = {model._meta.db_table for model in models}  # noqa: SLF001 (Tortoise's own way to its tables)

    assert set(VACUUMED) == emptied
