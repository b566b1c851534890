"""Many people ask at once: places cost something, and nobody is refused."""

import html
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import anyio
import pytest

from tests.client import Client, Form, Receipt, inspect, open_client
from tests.make import NOW, make_session
from tests.registration.test_work import solve
from workshops.registration import taking
from workshops.registration.callers import Person, take_places
from workshops.registration.cost import PATIENCE, Budgets, Terms
from workshops.registration.models import Place, UsedNonce
from workshops.registration.nonces import make_nonce, read_nonce
from workshops.registration.rules import Need
from workshops.registration.taking import Costs
from workshops.schedule.models import Session
from workshops.settings import Settings
from workshops.upkeep import sweep

pytestmark = pytest.mark.data

BUDGET = 3
BUSY = "Many people are asking just now."


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Three places of an evening cost nothing, and ten of the site."""
    return settings.model_copy(update={"session_budget": BUDGET, "site_budget": 10})


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[Client]:
    async with open_client(settings, NOW) as client:
        yield client


async def crowd(client: Client, session: Session, takes: int = BUDGET) -> None:
    """Let so many people take a place for nothing."""
    for _ in range(takes):
        assert (await client.take(session)).code != ""


async def places(session: Session) -> int:
    return await Place.filter(session_id=session.id).count()


def solution_of(page: str) -> str:
    """What a phone finds for the challenge that a page sets."""
    found = re.search(r'data-challenge="([^"]+)"', page)
    assert found is not None
    return solve(html.unescape(found[1]))


async def test_within_the_budget_a_form_says_nothing_of_a_cost(client: Client) -> None:
    session = await make_session()
    await crowd(client, session, BUDGET - 1)

    page = await client.get(f"/sessions/{session.id}/take")

    assert BUSY not in page.text
    assert "work.js" not in page.text
    assert (await client.take(session)).placed


async def test_beyond_the_budget_a_young_form_takes_nothing_and_comes_back_with_its_ticks(client: Client) -> None:
    session = await make_session()
    await crowd(client, session)
    form = await client.place_form(session)

    early = await client.post_form(form, need=["QUIET_SEAT"])

    assert early.response.status_code == 429
    assert early.response.headers["retry-after"] == "660"
    assert BUSY in early.response.text
    assert "Nothing was taken yet." in early.response.text
    assert 'in <bdi dir="ltr">11</bdi> minutes' in early.response.text
    assert f'value="{form.fields["nonce"][0]}"' in early.response.text
    assert 'value="QUIET_SEAT" autocomplete="off" checked' in early.response.text
    assert await places(session) == BUDGET
    assert (await Session.get(id=session.id)).recent_takes == BUDGET


async def test_a_form_that_has_waited_takes_a_place_whatever_the_load(client: Client) -> None:
    session = await make_session()
    await crowd(client, session)
    form = await client.place_form(session)
    await client.post_form(form)
    client.clock.now += PATIENCE
    await Session.filter(id=session.id).update(recent_takes=100_000)

    waited = await client.post_form(form)

    assert waited.placed


async def test_a_form_from_before_the_rush_is_judged_by_its_own_age(client: Client) -> None:
    session = await make_session()
    form, later = await client.place_form(session), await client.place_form(session)
    client.clock.now += timedelta(minutes=6)
    await crowd(client, session)

    early = await client.post_form(form)
    client.clock.now += timedelta(minutes=4)
    still_early = await client.post_form(form)
    client.clock.now += timedelta(minutes=1)
    waited = await client.post_form(form)
    fresh = await client.take(session)

    assert 'in <bdi dir="ltr">5</bdi> minutes:' in early.response.text
    assert 'in <bdi dir="ltr">1</bdi> minute:' in still_early.response.text
    assert waited.placed
    assert fresh.code == ""
    assert (await client.post_form(later)).placed


async def test_a_form_from_the_rush_costs_nothing_once_the_rush_is_over(client: Client) -> None:
    session = await make_session()
    await crowd(client, session)
    form = await client.place_form(session)
    await Session.filter(id=session.id).update(recent_takes=0)

    assert (await client.post_form(form)).placed


async def test_work_takes_a_place_at_once_and_the_same_work_again_shows_the_same_place(client: Client) -> None:
    session = await make_session()
    await crowd(client, session)
    response = await client.get(f"/sessions/{session.id}/take")
    form, work = inspect(response.text).forms[0], solution_of(response.text)

    first = await client.post_form(form, work=work)
    again = await client.post_form(form, work=work)

    assert first.placed
    assert again.code == first.code
    assert await places(session) == BUDGET + 1


async def test_work_that_was_done_for_one_form_takes_no_place_with_another(client: Client) -> None:
    session, other = await make_session(), await make_session()
    for each in (session, other):
        await crowd(client, each)
    work = solution_of((await client.get(f"/sessions/{session.id}/take")).text)

    foreign = [await client.take(each, work=work) for each in (session, other)]

    assert [receipt.code for receipt in foreign] == ["", ""]
    assert await places(session) + await places(other) == 2 * BUDGET


async def test_work_for_a_form_past_its_time_takes_no_place(client: Client) -> None:
    session = await make_session()
    await crowd(client, session)
    response = await client.get(f"/sessions/{session.id}/take")
    form, work = inspect(response.text).forms[0], solution_of(response.text)
    client.clock.now += timedelta(minutes=31)

    late = await client.post_form(form, work=work)

    assert (late.response.status_code, late.code) == (409, "")
    assert BUSY in late.response.text


async def test_a_retry_of_a_used_form_costs_nothing(client: Client) -> None:
    session = await make_session()
    form = await client.place_form(session)
    receipt = await client.post_form(form)
    await Session.filter(id=session.id).update(recent_takes=100_000)

    again = await client.post_form(form)

    assert again.code == receipt.code


async def test_waiting_spots_count_as_well(client: Client) -> None:
    session = await make_session(capacity=1)
    await crowd(client, session)

    early = await client.take(session)

    assert early.code == ""
    assert (await Session.get(id=session.id)).waiting == BUDGET - 1


async def test_the_site_has_a_budget_beside_that_of_each_evening(client: Client) -> None:
    sessions = [await make_session() for _ in range(5)]
    for session in sessions[:3]:
        await crowd(client, session)
    await crowd(client, sessions[3], 1)

    early = await client.take(sessions[4])

    assert (early.code, await places(sessions[4])) == ("", 0)


async def test_evenings_that_have_begun_or_were_cancelled_weigh_on_the_site_no_more(client: Client) -> None:
    begun, cancelled = await make_session(starts_at=NOW), await make_session()
    await Session.filter(id=cancelled.id).update(state="cancelled", cancelled_on=NOW.date())
    await Session.filter(id__in=[begun.id, cancelled.id]).update(recent_takes=1000)

    assert (await client.take(await make_session())).placed


async def test_the_load_of_an_evening_halves_with_each_sweep(client: Client, settings: Settings) -> None:
    busy, calm = await make_session(), await make_session()
    await Session.filter(id=busy.id).update(recent_takes=13)
    left = []

    for _ in range(5):
        await sweep(settings, client.clock.now)
        left.append((await Session.get(id=busy.id)).recent_takes)

    assert left == [6, 3, 1, 0, 0]
    assert (await Session.get(id=calm.id)).recent_takes == 0


async def test_the_load_survives_a_restart(settings: Settings) -> None:
    async with open_client(settings, NOW) as client:
        session = await make_session()
        await crowd(client, session)
        await Session.filter(id=session.id).update(recent_takes=4 * BUDGET)

    async with open_client(settings, NOW + timedelta(minutes=1)) as client:  # whose start sweeps, and halves it
        early = await client.take(session)

    assert (early.code, early.response.status_code) == ("", 429)


async def test_of_many_forms_sent_at_once_as_many_as_the_budget_take_a_place_for_nothing(client: Client) -> None:
    session = await make_session(capacity=20)
    forms = [await client.place_form(session) for _ in range(12)]
    receipts: list[Receipt] = []

    async def press(form: Form) -> None:
        receipts.append(await client.post_form(form))

    async with anyio.create_task_group() as group:
        for form in forms:
            group.start_soon(press, form)

    assert sorted(receipt.response.status_code for receipt in receipts) == [200] * BUDGET + [429] * (12 - BUDGET)
    assert await places(session) == BUDGET
    assert await UsedNonce.all().count() == BUDGET


async def test_an_honest_visitor_without_script_gets_in_while_a_script_tries_200_times_a_minute(
    client: Client,
) -> None:
    session = await make_session(capacity=100)
    vault = client.state["vault"]
    terms = Terms(Budgets(BUDGET, 10))

    async def try_200_times() -> int:
        given = 0
        for _ in range(200):
            nonce = read_nonce(make_nonce(session.id, 0, vault, client.clock.now), session.id, vault)
            assert nonce is not None
            outcome = await taking.take_place(nonce, Need(0), vault=vault, now=client.clock.now, terms=terms)
            given += not isinstance(outcome, Costs)
        return given

    given = await try_200_times()
    form = await client.place_form(session)
    early = await client.post_form(form)
    minutes = int(early.response.headers["retry-after"]) // 60
    for _ in range(minutes):
        client.clock.now += timedelta(minutes=1)
        given += await try_200_times()
    waited = await client.post_form(form)

    assert (early.code, waited.placed) == ("", True)
    assert given == BUDGET


async def test_places_by_slip_and_through_staff_do_not_count_into_what_others_are_asked(client: Client) -> None:
    session = await make_session(capacity=2, queue_limit=10)
    vault = client.state["vault"]
    people = [Person(Need(0), frozenset())] * 4
    nonce = read_nonce(make_nonce(session.id, session.epoch, vault, NOW), session.id, vault)
    assert nonce is not None

    taken = await take_places(nonce, people, vault=vault, now=NOW)

    assert [each.place.state for each in taken.given] == ["confirmed", "confirmed", "waiting", "waiting"]
    assert (await Session.get(id=session.id)).recent_takes == 0
    await client.take(session)
    assert (await Session.get(id=session.id)).recent_takes == 1
