"""Taking a place over HTTP, as DESIGN 4.1 says it."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import anyio
import pytest

from tests.client import Client, Receipt
from tests.make import NOW, make_session
from workshops.database.config import database_file
from workshops.registration.models import Place, Registration, UsedNonce
from workshops.schedule.models import Session
from workshops.schedule.site import freeze, thaw
from workshops.settings import Settings

pytestmark = pytest.mark.data


async def counters(session: Session) -> tuple[int, int]:
    """Seats taken and people waiting, as the row says."""
    row = await Session.get(id=session.id)
    return row.taken, row.waiting


async def test_a_place_is_taken_without_saying_who(client: Client) -> None:
    session = await make_session(capacity=5)

    receipt = await client.take(session)

    assert receipt.placed
    assert len(receipt.code) == 16
    assert await counters(session) == (1, 0)


async def test_a_double_click_gives_one_place_and_the_same_code(client: Client) -> None:
    session = await make_session(capacity=5)
    form = await client.place_form(session)

    first = await client.post_form(form)
    second = await client.post_form(form)

    assert second.code == first.code
    assert await Registration.all().count() == 1
    assert await counters(session) == (1, 0)


async def test_two_tabs_pressed_at_once_give_one_place_and_the_same_code(client: Client) -> None:
    session = await make_session(capacity=5)
    form = await client.place_form(session)
    receipts: list[Receipt] = []

    async def press() -> None:
        receipts.append(await client.post_form(form))

    async with anyio.create_task_group() as group:
        for _ in range(8):
            group.start_soon(press)

    assert len({receipt.code for receipt in receipts}) == 1
    assert await counters(session) == (1, 0)


async def test_two_strangers_get_two_codes(client: Client) -> None:
    session = await make_session(capacity=5)

    first, second = await client.take(session), await client.take(session)

    assert first.code != second.code
    assert await counters(session) == (2, 0)


async def test_a_lost_answer_on_the_last_seat_is_given_again(client: Client) -> None:
    session = await make_session(capacity=1)
    form = await client.place_form(session)
    lost = await client.post_form(form)

    again = await client.post_form(form)

    assert again.placed
    assert again.code == lost.code
    assert await counters(session) == (1, 0)


async def test_who_comes_after_the_last_seat_waits_with_a_number(client: Client) -> None:
    session = await make_session(capacity=1)
    await client.take(session)

    receipts = [await client.take(session) for _ in range(3)]

    assert all(receipt.waiting for receipt in receipts)
    assert 'Ahead of you: <bdi dir="ltr">2</bdi>' in receipts[2].response.text
    assert await counters(session) == (1, 3)


async def test_the_waiting_list_ends_where_it_says(client: Client) -> None:
    session = await make_session(capacity=1, queue_limit=1)
    await client.take(session)
    await client.take(session)

    response = (await client.take(session)).response

    assert response.status_code == 409
    assert await counters(session) == (1, 1)


async def test_after_the_code_was_used_the_form_shows_it_no_more(client: Client) -> None:
    session = await make_session()
    form = await client.place_form(session)
    receipt = await client.post_form(form)
    await client.open_place(receipt.code)

    again = await client.post_form(form)

    assert again.code == ""
    assert "already used" in again.response.text
    assert await counters(session) == (1, 0)


async def test_a_look_while_everything_is_hidden_leaves_the_code_unused(client: Client) -> None:
    session = await make_session()
    form = await client.place_form(session)
    receipt = await client.post_form(form)
    await freeze("robin", NOW)
    hidden = await client.open_place(receipt.code)
    await thaw("robin", NOW)

    assert "confirmed" not in hidden.text
    assert (await client.post_form(form)).code == receipt.code


@pytest.mark.data(only="sqlite")
async def test_while_everything_is_hidden_a_number_that_is_known_is_no_more_work_than_another(
    client: Client, settings: Settings
) -> None:
    receipt = await client.take(await make_session())
    await freeze("robin", NOW)
    with closing(sqlite3.connect(database_file(settings), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # nobody else can write
        answers = [await client.open_place(code) for code in (receipt.code, "0000000000000000")]

    assert answers[0].status_code == answers[1].status_code != 503
    assert answers[0].content == answers[1].content


async def test_after_done_was_pressed_the_form_shows_the_code_no_more(client: Client) -> None:
    session = await make_session()
    form = await client.place_form(session)
    receipt = await client.post_form(form)
    await client.post("/place/done", {"code": receipt.code})

    again = await client.post_form(form)

    assert again.code == ""


async def test_a_retry_after_cancelling_does_not_revive_the_place(client: Client) -> None:
    session = await make_session()
    form = await client.place_form(session)
    receipt = await client.post_form(form)
    await client.cancel(receipt.code)

    again = await client.post_form(form)

    assert "already used" in again.response.text
    assert await counters(session) == (0, 0)


async def test_a_form_past_its_time_gives_a_fresh_one_with_its_ticks(client: Client) -> None:
    session = await make_session()
    form = await client.place_form(session)
    client.clock.now += timedelta(minutes=31)

    late = await client.post_form(form, need=["QUIET_SEAT"])

    assert late.code == ""
    assert 'value="QUIET_SEAT" autocomplete="off" checked' in late.response.text
    assert await counters(session) == (0, 0)
    assert (await client.take(session)).placed


async def test_a_used_form_past_its_time_says_that_it_was_used(client: Client) -> None:
    session = await make_session()
    form = await client.place_form(session)
    await client.post_form(form)
    client.clock.now += timedelta(minutes=31)

    late = await client.post_form(form)

    assert late.code == ""
    assert "already used" in late.response.text


async def test_the_form_of_another_session_takes_nothing(client: Client) -> None:
    session, other = await make_session(), await make_session()
    form = await client.place_form(session)
    form.action = f"/sessions/{other.id}/take"

    foreign = await client.post_form(form)

    assert foreign.code == ""
    assert await counters(session) == (0, 0)
    assert await counters(other) == (0, 0)


async def test_a_form_from_before_a_change_of_the_session_is_stale(client: Client) -> None:
    session = await make_session()
    form = await client.place_form(session)
    await Session.filter(id=session.id).update(epoch=1)

    stale = await client.post_form(form)

    assert stale.code == ""
    assert "has changed" in stale.response.text
    assert await counters(session) == (0, 0)


@pytest.mark.parametrize("nonce", ["", "x", "n1.d1.AAAA", "\0", "n1.d1." + "A" * 10_000, "🌒"])
async def test_what_is_no_nonce_takes_nothing_and_offers_a_fresh_form(client: Client, nonce: str) -> None:
    session = await make_session()
    form = await client.place_form(session)

    answer = await client.post_form(form, nonce=nonce)

    assert answer.code == ""
    assert 'name="nonce"' in answer.response.text
    assert await counters(session) == (0, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "draft"},
        {"state": "cancelled", "cancelled_on": NOW.date()},
        {"frozen": True},
        {"closes_before": 60 * 24 * 3},
        {"starts_at": NOW - timedelta(minutes=1)},
    ],
)
async def test_a_session_that_takes_nobody_takes_nobody(client: Client, change: dict[str, object]) -> None:
    session = await make_session()
    form = await client.place_form(session)
    await Session.filter(id=session.id).update(**change)

    refused = await client.post_form(form)

    assert refused.response.status_code in {404, 409}
    assert refused.code == ""
    assert await counters(session) == (0, 0)
    assert await UsedNonce.all().count() == 0


async def test_needs_are_kept_as_ticked_and_other_values_are_nothing(client: Client) -> None:
    session = await make_session()

    await client.take(session, need=["STEP_FREE", "LARGE_PRINT", "' OR 1=1", "\0"])

    assert [place.needs for place in await Place.all()] == [1 | 32]


async def test_confirmed_and_waiting_receipts_have_the_same_length(client: Client) -> None:
    session = await make_session(capacity=1)

    placed, waiting = await client.take(session), await client.take(session)

    assert len(placed.response.content) == len(waiting.response.content)


async def test_the_code_is_in_no_address_header_or_column(client: Client) -> None:
    session = await make_session()

    receipt = await client.take(session)

    assert receipt.code not in str(receipt.response.headers)
    assert receipt.response.headers["cache-control"] == "no-store"
    assert "set-cookie" not in receipt.response.headers
    rows = [str(row) for model in (Registration, Place, UsedNonce) for row in await model.all().values()]
    assert rows
    assert not any(receipt.code in row for row in rows)
