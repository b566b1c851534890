"""Whoever waits with a slip: seats of the slips' share are theirs, one after another, and nothing names their slip."""

from datetime import timedelta

import pytest

from tests.client import Client
from tests.make import NOW, make_session
from tests.registration.test_slips import acting, counters, printed, take, vault
from workshops.registration.codes import Code
from workshops.registration.locking import locked_queues
from workshops.registration.models import Place, Registration, Slip, SlipBatch
from workshops.registration.slip_actions import withdraw_batch
from workshops.registration.slip_rules import Reach, ShareTooSmall
from workshops.schedule.acting import Acting
from workshops.schedule.models import Session
from workshops.upkeep import sweep

__all__ = ["acting", "vault"]  # fixtures

pytestmark = pytest.mark.data


@pytest.fixture
async def session(client: Client) -> Session:
    """One seat for anybody and one for slips."""
    return await make_session(capacity=2, slip_share=1)


@pytest.fixture
async def slips(acting: Acting) -> list[Code]:
    return await printed(acting, count=4)


async def states() -> list[tuple[str, bool]]:
    """Every place's state, and whether it counts, or may, against the slips' share."""
    return sorted((str(state), bool(seat)) for state, seat in await Place.all().values_list("state", "slip_seat"))


async def test_a_freed_seat_of_the_slips_share_is_kept_for_the_first_who_waits_with_a_slip(
    client: Client, session: Session, slips: list[Code]
) -> None:
    with_slip = await take(client, session, slips[0])
    await client.take(session)
    assert (await client.take(session)).waiting
    waits = [await take(client, session, slip) for slip in slips[1:3]]

    await client.cancel(with_slip.code)

    assert [receipt.waiting for receipt in waits] == [True, True]
    assert await counters(session) == (1, 1, 2)
    assert "Your place is confirmed" in (await client.open_place(waits[0].code)).text
    assert 'Ahead of you: <bdi dir="ltr">1</bdi>' in (await client.open_place(waits[1].code)).text


async def test_an_ordinary_seat_goes_to_the_head_of_the_queue_and_counts_as_one_whoever_has_it(
    client: Client, session: Session, slips: list[Code]
) -> None:
    await take(client, session, slips[0])
    openly = await client.take(session)
    waits = await take(client, session, slips[1])
    last = await client.take(session)

    await client.cancel(openly.code)

    assert "Your place is confirmed" in (await client.open_place(waits.code)).text
    assert "You are on the waiting list" in (await client.open_place(last.code)).text
    assert await counters(session) == (1, 1, 1)
    assert await Place.filter(state="confirmed", slip_seat=True).count() == 1


async def test_a_seat_that_was_kept_for_a_slip_in_vain_passes_on_to_the_next_slip_and_then_waits(
    client: Client, session: Session, slips: list[Code]
) -> None:
    with_slip = await take(client, session, slips[0])
    await client.take(session)
    assert (await client.take(session)).waiting
    for slip in slips[1:3]:
        await take(client, session, slip)
    await client.cancel(with_slip.code)

    held = []
    while (place := await Place.filter(state="held").first()) is not None:
        held.append(place.slip_seat)
        assert place.held_until is not None
        await sweep(client.state["settings"], place.held_until)

    assert held == [True, True]
    assert await counters(session) == (0, 1, 1)
    assert await Registration.all().count() == 2


async def test_from_the_last_call_on_a_free_seat_for_slips_goes_to_whoever_waits_with_one_and_looks_first(
    client: Client, session: Session, slips: list[Code], acting: Acting
) -> None:
    with_slip = await take(client, session, slips[0])
    await client.take(session)
    openly = await client.take(session)
    first, second = [await take(client, session, slip) for slip in slips[1:3]]
    client.clock.now = session.starts_at - timedelta(hours=2)
    await client.cancel(with_slip.code)
    with pytest.raises(ShareTooSmall):
        await printed(acting, "late", placed=True, reach=Reach(session.id))

    newcomer = await take(client, session, slips[3])
    looked = [(await client.open_place(each.code)).text for each in (openly, second, first)]

    assert newcomer.waiting
    assert ["Your place is confirmed" in text for text in looked] == [False, True, False]
    assert await counters(session) == (1, 1, 3)


async def test_withdrawing_place_slips_frees_seats_for_who_waits_with_a_slip(
    client: Client, session: Session, slips: list[Code], acting: Acting
) -> None:
    await printed(acting, "places", placed=True, reach=Reach(session.id))
    await client.take(session)
    waits = await take(client, session, slips[0])
    assert waits.waiting

    await withdraw_batch("places", acting)

    assert await counters(session) == (1, 1, 0)
    assert "Your place is confirmed" in (await client.open_place(waits.code)).text


async def test_more_seats_for_slips_go_to_who_waits_with_one_and_to_nobody_else(
    client: Client, session: Session, slips: list[Code], acting: Acting
) -> None:
    await take(client, session, slips[0])
    await client.take(session)
    await client.take(session)
    await take(client, session, slips[1])

    async with locked_queues([session.id], acting.settings, NOW) as queues:
        row = queues.session(session.id)
        assert row is not None
        row.capacity, row.slip_share = 4, 3
        await row.save(update_fields=["capacity", "slip_share"])
        await queues.settle(row)

    assert await counters(session) == (2, 1, 1)
    assert await states() == [("confirmed", False), ("confirmed", True), ("held", True), ("waiting", False)]


async def test_a_waiting_spot_that_a_slip_gave_names_no_slip_and_no_batch(
    client: Client, session: Session, slips: list[Code]
) -> None:
    await take(client, session, slips[0])
    await client.take(session)
    kept = {row.digest for row in await Slip.all()}
    waits = await take(client, session, slips[1])
    [spent] = kept - {row.digest for row in await Slip.all()}
    [batch] = await SlipBatch.all()

    [row] = await Place.filter(state="waiting").values()
    [owner] = await Registration.filter(id=row["registration_id"]).values()

    secrets = {slips[1].digits, waits.code, spent, batch.id}
    assert not secrets & {str(value) for value in (*row.values(), *owner.values())}


async def test_the_page_says_that_some_places_are_for_slips_only_where_some_are(
    client: Client, session: Session
) -> None:
    other = await make_session(capacity=1)
    codes = []
    for each in (session, other):
        await client.take(each)
        codes.append((await client.take(each)).code)

    pages = [(await client.open_place(code)).text for code in codes]

    assert ["kept for paper slips" in page for page in pages] == [True, False]
