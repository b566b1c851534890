"""Taking places with paper slips, over HTTP."""

from datetime import timedelta
from typing import Any

import anyio
import pytest

from tests.client import Client, Receipt, inspect
from tests.desk.browser import FormReader
from tests.make import NOW, make_session
from tests.registration.locked import locked
from workshops.registration.codes import Code, random_code
from workshops.registration.models import Place, Registration, Slip, SlipBatch
from workshops.registration.slip_actions import forget_batches, make_batch, withdraw_batch
from workshops.registration.slip_queries import find_slip
from workshops.registration.slip_rules import BatchPlan, Reach, ShareTooSmall, SlipKind
from workshops.schedule.acting import Acting
from workshops.schedule.models import Series, Session
from workshops.settings import Settings
from workshops.vault import Sealed, Vault, open_vault

pytestmark = pytest.mark.data

GONE = "This slip gives no place here"
WAY = "Second door, ring twice."


@pytest.fixture
def vault(client: Client, settings: Settings) -> Vault:
    vault = open_vault(settings.key_dir)
    assert vault is not None
    return vault


@pytest.fixture
def acting(settings: Settings, vault: Vault, client: Client) -> Acting:
    return Acting("robin", NOW, settings, vault, client.state["library"])


async def printed(acting: Acting, batch_id: str = "batch", **changes: Any) -> list[Code]:
    """The codes of a fresh batch of invitation slips, good for a week and for any session."""
    values: dict[str, Any] = {"kind": SlipKind.OUTREACH, "placed": False, "reach": Reach(), "count": 1}
    plan = BatchPlan(**{**values, "expires_at": NOW + timedelta(days=7), **changes})
    codes = await make_batch(batch_id, plan, acting)
    assert codes is not None
    return list(codes)


async def slip_form(client: Client, session: Session, slip: Code) -> dict[str, Any]:
    """What the take form that a slip leads to would send."""
    response = await client.post("/slip", {"slip": slip.digits, "session": session.id})
    assert response.status_code == 200
    return FormReader(response.text).forms["/slip/take"]


async def take(client: Client, session: Session, slip: Code) -> Receipt:
    return Receipt(await client.post("/slip/take", await slip_form(client, session, slip)))


async def counters(session: Session) -> tuple[int, int, int]:
    """Seats of the slips' share taken, other seats taken, and people waiting."""
    row = await Session.get(id=session.id)
    return row.slip_taken, row.taken, row.waiting


async def test_a_slip_gives_one_place_out_of_the_slips_share_and_is_gone(client: Client, acting: Acting) -> None:
    session = await make_session(capacity=5, slip_share=2)
    [slip] = await printed(acting)

    receipt = await take(client, session, slip)

    assert receipt.placed
    assert receipt.code not in {"", slip.digits}
    assert await counters(session) == (1, 0, 0)
    assert await Slip.all().count() == 0
    assert GONE in (await client.post("/slip", {"slip": slip.digits})).text


async def test_a_slip_is_read_in_the_digits_of_any_script(client: Client, acting: Acting) -> None:
    session = await make_session(slip_share=1)
    [slip] = await printed(acting)
    arabic = " ".join(slip.groups).translate({ord(str(n)): 0x0660 + n for n in range(10)})

    response = await client.post("/slip", {"slip": arabic})

    assert session.id in response.text
    assert 'action="/slip/take"' in response.text


async def test_pressing_again_shows_the_same_number_and_takes_no_second_place(client: Client, acting: Acting) -> None:
    session = await make_session(slip_share=2)
    [slip] = await printed(acting)
    fields = await slip_form(client, session, slip)

    first = Receipt(await client.post("/slip/take", fields))
    again = Receipt(await client.post("/slip/take", fields))

    assert again.code == first.code
    assert await counters(session) == (1, 0, 0)


@pytest.mark.data(only="postgresql")
async def test_a_form_that_is_pressed_by_slip_and_openly_at_once_gives_one_place_and_no_deadlock(
    client: Client, acting: Acting, settings: Settings
) -> None:
    session = await make_session(capacity=5, slip_share=2)
    [slip] = await printed(acting)
    fields = await slip_form(client, session, slip)
    receipts: list[Receipt] = []

    async def press(path: str) -> None:
        receipts.append(Receipt(await client.post(path, fields)))

    async with anyio.create_task_group() as presses, locked(settings, session) as waiting:
        presses.start_soon(press, "/slip/take")
        await waiting.grows_to(1)
        presses.start_soon(press, f"/sessions/{session.id}/take")
        await waiting.grows_to(2)

    assert [receipt.response.status_code for receipt in receipts] == [200, 200]
    assert len({receipt.code for receipt in receipts}) == await Registration.all().count() == 1


async def test_one_slip_used_in_eight_places_at_once_gives_one_place(client: Client, acting: Acting) -> None:
    session = await make_session(capacity=20, slip_share=10)
    [slip] = await printed(acting)
    forms = [await slip_form(client, session, slip) for _ in range(8)]
    receipts: list[Receipt] = []

    async def press(fields: dict[str, Any]) -> None:
        receipts.append(Receipt(await client.post("/slip/take", fields)))

    async with anyio.create_task_group() as group:
        for fields in forms:
            group.start_soon(press, fields)

    assert [receipt.response.status_code for receipt in receipts] == [200] * 8
    assert sorted(receipt.placed for receipt in receipts) == [False] * 7 + [True]
    assert await counters(session) == (1, 0, 0)
    assert await Place.all().count() == 1


async def test_one_slip_used_at_two_evenings_at_once_gives_one_place(client: Client, acting: Acting) -> None:
    sessions = [await make_session(capacity=20, slip_share=10) for _ in range(2)]
    [slip] = await printed(acting)
    forms = [await slip_form(client, sessions[number % 2], slip) for number in range(8)]
    receipts: list[Receipt] = []

    async def press(fields: dict[str, Any]) -> None:
        receipts.append(Receipt(await client.post("/slip/take", fields)))

    async with anyio.create_task_group() as group:
        for fields in forms:
            group.start_soon(press, fields)

    assert sorted(receipt.placed for receipt in receipts) == [False] * 7 + [True]
    assert sorted([await counters(session) for session in sessions]) == [(0, 0, 0), (1, 0, 0)]
    assert await Place.all().count() == 1


async def test_when_the_slips_share_is_given_a_slip_takes_a_seat_like_anybody_and_then_waits(
    client: Client, acting: Acting
) -> None:
    session = await make_session(capacity=2, slip_share=1)
    slips = await printed(acting, count=4)

    receipts = [await take(client, session, slip) for slip in slips]

    assert [receipt.placed for receipt in receipts] == [True, True, False, False]
    assert [receipt.waiting for receipt in receipts] == [False, False, True, True]
    assert await counters(session) == (1, 1, 2)


async def test_a_slip_passes_the_queue_where_its_share_has_a_seat(client: Client, acting: Acting) -> None:
    session = await make_session(capacity=2, slip_share=1)
    await client.take(session)
    assert (await client.take(session)).waiting
    [slip] = await printed(acting)

    receipt = await take(client, session, slip)

    assert receipt.placed
    assert await counters(session) == (1, 1, 1)


async def test_a_seat_of_the_slips_share_that_is_given_back_waits_for_the_next_slip(
    client: Client, acting: Acting
) -> None:
    session = await make_session(capacity=2, slip_share=1)
    slips = await printed(acting, count=2)
    receipt = await take(client, session, slips[0])
    await client.take(session)
    assert (await client.take(session)).waiting

    await client.cancel(receipt.code)

    assert await counters(session) == (0, 1, 1)
    assert (await take(client, session, slips[1])).placed


async def test_a_full_session_leaves_the_slip_unused(client: Client, acting: Acting) -> None:
    session = await make_session(capacity=1, queue_limit=0)
    await client.take(session)
    [slip] = await printed(acting)
    fields = await slip_form(client, session, slip)

    refused = await client.post("/slip/take", fields)

    assert refused.status_code == 409
    assert await Slip.all().count() == 1


async def test_an_evening_by_invitation_takes_nobody_without_a_slip(client: Client, acting: Acting) -> None:
    session = await make_session(visibility="slip")
    form = await client.place_form(await make_session())
    page = await client.get(f"/sessions/{session.id}")
    asked = await client.get(f"/sessions/{session.id}/take")
    [slip] = await printed(acting)
    nonce = (await slip_form(client, session, slip))["nonce"]

    refused = await client.post(f"/sessions/{session.id}/take", {**form.fields, "nonce": nonce})

    assert inspect(page.text).forms[0].action == "/slip"
    assert inspect(asked.text).forms[0].action == "/slip"
    assert refused.status_code == 409
    assert await counters(session) == (0, 0, 0)
    assert (await take(client, session, slip)).placed


async def test_evenings_by_invitation_and_unlisted_ones_are_listed_nowhere(client: Client) -> None:
    hidden = [await make_session(visibility=each) for each in ("slip", "unlisted")]
    shown = await make_session()

    pages = [await client.get(path) for path in ("/", "/calendar.ics", f"/sessions/{shown.id}")]

    assert not any(session.id in page.text for session in hidden for page in pages)
    assert [(await client.get(f"/sessions/{session.id}")).status_code for session in hidden] == [200, 200]


async def test_a_slip_leads_to_the_evenings_it_is_for(client: Client, acting: Acting) -> None:
    series = await Series.create(name="Nights")
    first = await make_session(series=series, visibility="slip")
    second = await make_session(series=series)
    unlisted = await make_session(series=series, visibility="unlisted")
    other = await make_session()
    [slip] = await printed(acting, reach=Reach(series_id=series.id))

    choice = await client.post("/slip", {"slip": slip.digits})
    elsewhere = await client.post("/slip", {"slip": slip.digits, "session": other.id})

    assert [session.id in choice.text for session in (first, second, unlisted, other)] == [True, True, False, False]
    assert "not for that evening" in elsewhere.text
    assert (await take(client, second, slip)).placed


async def test_a_slip_for_one_evening_is_none_for_another(client: Client, acting: Acting) -> None:
    session, other = await make_session(), await make_session()
    [slip] = await printed(acting, reach=Reach(session.id))
    [any_slip] = await printed(acting, "other")
    fields = await slip_form(client, other, any_slip)

    refused = await client.post("/slip/take", {**fields, "slip": slip.digits})

    assert GONE in refused.text
    assert await counters(other) == (0, 0, 0)
    assert await Slip.all().count() == 2


async def test_withdrawn_expired_used_and_unknown_slips_are_answered_alike(
    client: Client, acting: Acting, vault: Vault
) -> None:
    session = await make_session()
    [withdrawn] = await printed(acting, "withdrawn")
    await withdraw_batch("withdrawn", acting)
    [used] = await printed(acting, "used")
    await take(client, session, used)
    [expired] = await printed(acting, "expired", expires_at=NOW + timedelta(hours=1))
    client.clock.now += timedelta(hours=1)

    answers = [await client.post("/slip", {"slip": each.digits}) for each in (withdrawn, used, expired, random_code())]

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert GONE in answers[0].text


async def test_a_slip_withdrawn_while_its_form_is_open_takes_nothing(client: Client, acting: Acting) -> None:
    session = await make_session(slip_share=1)
    [slip] = await printed(acting)
    fields = await slip_form(client, session, slip)
    await withdraw_batch("batch", acting)

    refused = await client.post("/slip/take", fields)

    assert GONE in refused.text
    assert await counters(session) == (0, 0, 0)


@pytest.mark.parametrize("typed", ["", "x", "1234", "\0", "9" * 10_000, "🌒", "1234 5678 1234 5678 9"])
async def test_what_is_no_number_is_shown_again_as_a_typo(client: Client, typed: str) -> None:
    response = await client.post("/slip", {"slip": typed})

    assert response.status_code == 200
    assert "There is a typo" in response.text


async def test_a_thousand_guesses_find_nothing(client: Client, acting: Acting) -> None:
    session = await make_session(slip_share=3)
    await printed(acting, count=50)

    found = [await find_slip(random_code(), acting.vault, NOW) for _ in range(950)]
    answers = [await client.http.post("/slip", data={"slip": random_code().digits}) for _ in range(50)]

    assert set(found) == {None}
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert await Slip.all().count() == 50
    assert await counters(session) == (0, 0, 0)


async def test_nothing_leads_from_a_place_to_its_slip(client: Client, acting: Acting) -> None:
    session = await make_session(slip_share=2)
    [slip] = await printed(acting)
    kept = [row.digest for row in await Slip.all()]

    receipt = await take(client, session, slip)

    rows = [str(row) for model in (Registration, Place, Slip, SlipBatch) for row in await model.all().values()]
    assert not any(secret in row for row in rows for secret in (slip.digits, receipt.code, *kept))
    assert [row.slip_batch_id for row in await Registration.all()] == [None]


async def test_only_who_came_by_slip_is_told_the_way_where_only_slips_lead(
    client: Client, acting: Acting, vault: Vault
) -> None:
    session = await make_session(starts_at=NOW + timedelta(hours=5), directions_mode="slips", slip_share=1)
    session.directions = vault.seal(WAY, Sealed("session", "directions", session.id))
    await session.save(update_fields=["directions"])
    [slip] = await printed(acting)

    by_slip, openly = await take(client, session, slip), await client.take(session)

    assert WAY in (await client.open_place(by_slip.code)).text
    assert WAY not in (await client.open_place(openly.code)).text


async def test_a_place_slip_is_a_place_already(client: Client, acting: Acting) -> None:
    session = await make_session(capacity=5, slip_share=3)

    codes = await printed(acting, placed=True, reach=Reach(session.id), count=3)

    assert await counters(session) == (3, 0, 0)
    assert "Your place is confirmed" in (await client.open_place(codes[0].digits)).text
    assert GONE in (await client.post("/slip", {"slip": codes[0].digits})).text


async def test_more_place_slips_than_seats_for_them_are_refused_as_a_whole(client: Client, acting: Acting) -> None:
    session = await make_session(capacity=5, slip_share=3)
    await printed(acting, placed=True, reach=Reach(session.id), count=2)

    with pytest.raises(ShareTooSmall):
        await printed(acting, "second", placed=True, reach=Reach(session.id), count=2)

    assert await counters(session) == (2, 0, 0)
    assert await Registration.all().count() == 2


async def test_withdrawing_place_slips_cancels_those_that_nobody_used(client: Client, acting: Acting) -> None:
    session = await make_session(capacity=5, slip_share=3)
    codes = await printed(acting, placed=True, reach=Reach(session.id), count=3)
    await client.open_place(codes[0].digits)
    await client.post("/place/done", {"code": codes[1].digits})

    await withdraw_batch("batch", acting)
    await withdraw_batch("batch", acting)

    opened = [(await client.open_place(code.digits)).text for code in codes]
    assert ["Your place is confirmed" in text for text in opened] == [True, True, False]
    assert await counters(session) == (2, 0, 0)
    assert await Registration.all().count() == 2


async def test_the_same_form_sent_twice_makes_one_batch_and_shows_it_once(client: Client, acting: Acting) -> None:
    session = await make_session(capacity=5, slip_share=4)
    plan = BatchPlan(SlipKind.PARTNER, True, Reach(session.id), 2, NOW + timedelta(days=2))  # noqa: FBT003 (a value)

    answers = [await make_batch("batch", plan, acting) for _ in range(2)]

    assert [answer is None for answer in answers] == [False, True]
    assert await counters(session) == (2, 0, 0)


async def test_batches_that_have_expired_are_forgotten_and_their_places_stay(client: Client, acting: Acting) -> None:
    session = await make_session(capacity=5, slip_share=4)
    await printed(acting, placed=True, reach=Reach(session.id), expires_at=NOW + timedelta(hours=1))
    await printed(acting, "older", expires_at=NOW + timedelta(hours=1))
    await printed(acting, "other", count=3)

    gone = await forget_batches(NOW + timedelta(hours=1))

    assert len(gone) == 1
    assert [batch.id for batch in await SlipBatch.all()] == ["other"]
    assert await Slip.all().count() == 3
    assert [row.slip_batch_id for row in await Registration.all()] == [None]
    assert await counters(session) == (1, 0, 0)


async def test_with_a_slip_the_same_can_be_ticked_as_without_and_interpreters_too(
    client: Client, acting: Acting
) -> None:
    session = await make_session(slip_share=1, interpreters="es", interpreters_until=NOW.date())
    [slip] = await printed(acting)
    form = await slip_form(client, session, slip)
    client.clock.now += timedelta(minutes=31)

    stale = await client.post("/slip/take", {**form, "need": ["QUIET_SEAT"], "interpreter": ["es"]})
    again = FormReader(stale.text).forms["/slip/take"]
    await client.post("/slip/take", again)

    assert (again["need"], again["interpreter"]) == (["QUIET_SEAT"], ["es"])
    assert [(place.needs, place.interpreters) for place in await Place.all()] == [(8 | 2, "es")]


@pytest.mark.parametrize("place_slips", [1, 3])
async def test_a_place_slip_that_moved_is_not_withdrawn_with_its_batch(
    client: Client, acting: Acting, place_slips: int
) -> None:
    here, there = await make_session(slip_share=4), await make_session()
    moved, *rest = await printed(acting, placed=True, reach=Reach(session_id=here.id), count=place_slips)
    assert (await client.post("/place/move", {"code": moved.digits, "session": there.id})).status_code == 200

    await withdraw_batch("batch", acting)

    assert [await counters(here), await counters(there)] == [(0, 0, 0), (0, 1, 0)]
    assert await Place.all().count() == 1
    assert len(rest) == place_slips - 1


async def test_a_place_slip_whose_turn_came_elsewhere_is_not_withdrawn_with_its_batch(
    client: Client, acting: Acting
) -> None:
    week = NOW + timedelta(days=7)
    here, full = await make_session(slip_share=4, starts_at=week), await make_session(capacity=1, starts_at=week)
    [moved, _] = await printed(acting, placed=True, reach=Reach(session_id=here.id), count=2)
    seated = (await client.take(full)).code
    await client.post("/place/move", {"code": moved.digits, "session": full.id})
    await client.cancel(seated)

    await withdraw_batch("batch", acting)

    assert [await counters(here), await counters(full)] == [(0, 0, 0), (0, 1, 0)]


async def test_a_slip_for_one_evening_opens_no_way_of_another_that_its_place_moves_to(
    client: Client, vault: Vault, acting: Acting
) -> None:
    soon = {"starts_at": NOW + timedelta(hours=5), "slip_share": 1, "directions_mode": "slips", "audience": "workers"}
    here, there = [await make_session(**soon) for _ in range(2)]
    there.directions = vault.seal(WAY, Sealed("session", "directions", there.id))
    await there.save(update_fields=["directions"])
    [slip] = await printed(acting, reach=Reach(session_id=here.id))
    code = (await take(client, here, slip)).code

    before = (await client.open_place(code)).text
    moved = (await client.post("/place/move", {"code": code, "session": there.id})).text

    assert "this number is not told the way" in before
    assert WAY not in moved + (await client.open_place(code)).text
    assert await counters(there) == (0, 1, 0)
