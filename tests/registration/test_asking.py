"""Still coming? Asked once where many wait, answered by a look, never of who came by slip."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client import Client
from tests.make import NOW, make_session
from tests.registration.test_holds import AWAKE, MOMENTS, SLEEP
from workshops.registration.asking import LEAST, asking_of
from workshops.registration.holds import SleepHours, after_waking, before_waking
from workshops.registration.hours import asking_from, sleep_hours
from workshops.registration.models import Place
from workshops.schedule.models import Session
from workshops.settings import Settings
from workshops.upkeep import sweep


@given(MOMENTS, st.integers(0, 60 * 24 * 3), st.sampled_from([SLEEP, AWAKE]))
def test_waking_time_counted_back_is_the_same_as_counted_on(moment: datetime, minutes: int, sleep: SleepHours) -> None:
    moment, length = moment.replace(second=0, microsecond=0), timedelta(minutes=minutes)

    began = before_waking(moment, length, sleep)

    awake = (began + timedelta(minutes=each) for each in range(int((moment - began).total_seconds()) // 60))
    assert sum(not sleep.hold(each) for each in awake) == minutes


@given(MOMENTS)
def test_a_question_leaves_waking_hours_to_answer_and_some_to_pass_the_seat_on(last_call: datetime) -> None:
    asking = asking_of(last_call, SLEEP)

    assert after_waking(asking.opens_at, LEAST, SLEEP) < asking.closes_at < last_call
    assert asking.may_begin(asking.opens_at, SLEEP)
    assert not asking.may_begin(asking.closes_at, SLEEP)


async def sweeps_until(moment: datetime, settings: Settings) -> None:
    """Let a site live until `moment`, day by day: a clock that jumps is doubted."""
    now = NOW
    while now < moment:
        now = min(now + timedelta(days=1), moment)
        await sweep(settings, now)


async def _evening(client: Client, **changes: object) -> tuple[Session, list[str], str]:
    """An evening with two places given and one person waiting."""
    session = await make_session(capacity=2, starts_at=NOW + timedelta(days=7), asks_again=True, **changes)
    placed = [(await client.take(session)).code for _ in range(2)]
    return session, placed, (await client.take(session)).code


@pytest.mark.data
async def test_who_does_not_look_may_lose_the_place_to_who_waits_and_who_looks_keeps_it(
    client: Client, settings: Settings
) -> None:
    session, (answers, silent), waits = await _evening(client)
    row = await Session.get(id=session.id).select_related("venue")
    asking = asking_from(row, sleep_hours(settings, row))
    client.clock.now = asking.opens_at
    await sweeps_until(asking.opens_at, settings)
    assert "we know that you are still coming" in (await client.open_place(answers)).text

    await sweep(settings, asking.closes_at - timedelta(minutes=1))
    before = await Place.filter(session_id=session.id, state="confirmed").count()
    client.clock.now = asking.closes_at
    await sweep(settings, client.clock.now)

    assert before == 2
    assert "Your place is confirmed" in (await client.open_place(answers)).text
    assert "no place for this number" in (await client.open_place(silent)).text
    assert "Your place is confirmed" in (await client.open_place(waits)).text


@pytest.mark.data
async def test_nobody_loses_a_place_where_nobody_waits_or_nothing_is_asked(client: Client, settings: Settings) -> None:
    session, _, waits = await _evening(client)
    await client.cancel(waits)
    row = await Session.get(id=session.id).select_related("venue")
    asking = asking_from(row, sleep_hours(settings, row))
    await sweeps_until(asking.opens_at, settings)
    await sweep(settings, asking.closes_at)

    assert await Place.filter(session_id=session.id, state="confirmed").count() == 2


@pytest.mark.data
async def test_who_came_by_slip_is_never_asked(client: Client, settings: Settings) -> None:
    session, _, _ = await _evening(client)
    await Place.filter(session_id=session.id, state="confirmed").update(vouched=True)
    row = await Session.get(id=session.id).select_related("venue")
    asking = asking_from(row, sleep_hours(settings, row))
    await sweeps_until(asking.opens_at, settings)
    await sweep(settings, asking.closes_at)

    assert await Place.filter(session_id=session.id, state="confirmed").count() == 2


@pytest.mark.data
async def test_a_question_that_came_too_late_is_not_put(client: Client, settings: Settings) -> None:
    session, _, _ = await _evening(client)
    row = await Session.get(id=session.id).select_related("venue")
    asking = asking_from(row, sleep_hours(settings, row))
    await sweeps_until(asking.opens_at - timedelta(minutes=1), settings)
    for moment in (asking.closes_at - timedelta(hours=2), asking.closes_at):
        await sweep(settings, moment)

    assert await Place.filter(session_id=session.id, state="confirmed").count() == 2


@pytest.mark.data
async def test_the_page_says_beforehand_when_to_look(client: Client) -> None:
    _, (code, _), _ = await _evening(client)

    assert "that tells us that you still come" in (await client.open_place(code)).text
