"""Coming back with a code, and the queue by pull."""

import re
from datetime import timedelta

import pytest

from tests.client import Client
from tests.make import NOW, make_session, make_venue
from workshops.registration.codes import check_digit
from workshops.registration.models import Place, Registration
from workshops.schedule.acting import Acting
from workshops.schedule.actions import cancel_session
from workshops.schedule.models import Schedule, Session
from workshops.settings import Settings
from workshops.upkeep import sweep
from workshops.vault import Sealed, make_vault, open_vault

pytestmark = pytest.mark.data


async def counters(session: Session) -> tuple[int, int]:
    row = await Session.get(id=session.id)
    return row.taken, row.waiting


def notice(text: str) -> str:
    return re.search(r'class="notice"[^>]*>([^<]+)', text)[1]  # type: ignore[index]  # a page without notice fails the test


async def test_a_code_opens_its_place_in_any_writing(client: Client) -> None:
    receipt = await client.take(await make_session())
    arabic = "-".join("".join(chr(0x0660 + int(digit)) for digit in receipt.code[i : i + 4]) for i in range(0, 16, 4))

    page = await client.open_place(arabic)

    assert page.status_code == 200
    assert "Your place is confirmed" in page.text


async def test_a_mistyped_code_is_told_apart_from_an_unknown_one(client: Client) -> None:
    code = (await client.take(await make_session())).code
    mistyped = code[:-1] + str((int(code[-1]) + 1) % 10)
    unknown = "123456789012345" + str(check_digit("123456789012345"))

    assert "typo" in notice((await client.open_place(mistyped)).text)
    assert "no place for this number" in notice((await client.open_place(unknown)).text)


async def test_unknown_and_cancelled_codes_are_answered_alike(client: Client) -> None:
    code = (await client.take(await make_session())).code
    await client.cancel(code)

    cancelled = await client.open_place(code)
    unknown = await client.open_place("123456789012345" + str(check_digit("123456789012345")))

    assert cancelled.status_code == unknown.status_code == 200
    assert cancelled.content == unknown.content


async def test_cancelling_twice_is_the_same_as_once(client: Client) -> None:
    session = await make_session()
    code = (await client.take(session)).code

    first, second = await client.cancel(code), await client.cancel(code)

    assert first.content == second.content
    assert await counters(session) == (0, 0)
    assert await Registration.all().count() == 0


async def test_a_freed_seat_passes_to_the_head_and_is_never_free_in_between(client: Client) -> None:
    session = await make_session(capacity=1)
    seated = (await client.take(session)).code
    head, second = (await client.take(session)).code, (await client.take(session)).code

    await client.cancel(seated)

    assert await counters(session) == (1, 1)
    assert "Your place is confirmed" in (await client.open_place(head)).text
    assert 'Ahead of you: <bdi dir="ltr">0</bdi>' in (await client.open_place(second)).text


async def test_nobody_new_overtakes_the_queue(client: Client) -> None:
    session = await make_session(capacity=1)
    seated = (await client.take(session)).code
    await client.take(session)
    await client.cancel(seated)

    late = await client.take(session)

    assert late.waiting
    assert await counters(session) == (1, 1)


async def test_a_hold_that_ends_passes_to_the_next_and_holds_shorter(client: Client, settings: Settings) -> None:
    session = await make_session(capacity=1, starts_at=NOW + timedelta(days=6))
    seated = (await client.take(session)).code
    head, second = (await client.take(session)).code, (await client.take(session)).code
    await client.cancel(seated)
    (held,) = await Place.filter(state="held")
    assert held.held_until is not None
    client.clock.now = held.held_until

    await sweep(settings, client.clock.now)

    (passed_on,) = await Place.filter(state="held")
    assert passed_on.lapses == 1
    assert await counters(session) == (1, 0)
    assert "no place for this number" in notice((await client.open_place(head)).text)
    assert "Your place is confirmed" in (await client.open_place(second)).text


async def test_a_look_settles_what_is_over_without_a_sweep(client: Client) -> None:
    session = await make_session(capacity=1, starts_at=NOW + timedelta(days=6))
    seated = (await client.take(session)).code
    _, second = (await client.take(session)).code, (await client.take(session)).code
    await client.cancel(seated)
    client.clock.now = NOW + timedelta(days=3)

    page = await client.open_place(second)

    assert "Your place is confirmed" in page.text


async def test_at_the_last_call_a_freed_seat_goes_to_whoever_waiting_looks_first(client: Client) -> None:
    session = await make_session(capacity=1)
    seated = (await client.take(session)).code
    _, second = (await client.take(session)).code, (await client.take(session)).code
    client.clock.now = session.starts_at - timedelta(hours=2)
    await client.cancel(seated)
    assert await counters(session) == (0, 2)

    page = await client.open_place(second)

    assert "Your place is confirmed" in page.text
    assert await counters(session) == (1, 1)


async def test_leaving_the_waiting_list_leaves_the_seats_alone(client: Client) -> None:
    session = await make_session(capacity=1)
    await client.take(session)
    waiting = (await client.take(session)).code

    await client.cancel(waiting)

    assert await counters(session) == (1, 0)


async def test_nothing_is_cancelled_once_the_evening_has_begun(client: Client) -> None:
    session = await make_session()
    code = (await client.take(session)).code
    client.clock.now = session.starts_at

    response = await client.cancel(code)

    assert response.status_code == 409
    assert await counters(session) == (1, 0)


async def test_directions_are_shown_with_the_word_inside_their_window_and_only_to_a_confirmed_place(
    client: Client, settings: Settings
) -> None:
    session = await make_session(capacity=1, evening_word="lantern")
    vault = open_vault(settings.key_dir)
    assert vault is not None
    sealed = vault.seal("The green door", Sealed("session", "directions", session.id))
    await Session.filter(id=session.id).update(directions=sealed)
    placed, waiting = (await client.take(session)).code, (await client.take(session)).code

    early = await client.open_place(placed)
    client.clock.now = session.starts_at - timedelta(hours=23)
    inside = await client.open_place(placed)
    not_for_waiting = await client.open_place(waiting)
    client.clock.now = session.ends_at + timedelta(minutes=30)
    late = await client.open_place(placed)

    assert ["The green door" in page.text for page in (early, inside, not_for_waiting, late)] == [
        False,
        True,
        False,
        False,
    ]
    assert "lantern" in inside.text
    assert "lantern" not in early.text
    assert [place.directions_shown for place in await Place.filter(state="confirmed")] == [True]


async def test_sealed_directions_open_for_their_own_row_only(settings: Settings) -> None:
    vault = make_vault(settings.key_dir)
    sealed = vault.seal("The green door", Sealed("session", "directions", "one"))

    assert vault.unseal(sealed, Sealed("session", "directions", "one")) == "The green door"
    assert vault.unseal(sealed, Sealed("session", "directions", "two")) is None
    assert vault.unseal(sealed, Sealed("venue", "directions", "one")) is None
    assert vault.unseal(sealed[:-1], Sealed("session", "directions", "one")) is None
    assert "green" not in sealed.decode("latin-1")


async def test_a_page_with_a_code_names_neither_topic_nor_area(client: Client) -> None:
    venue = await make_venue()
    session = await make_session(venue=venue)
    await venue.fetch_related("area")

    receipt = await client.take(session)
    page = await client.open_place(receipt.code)

    for text in (receipt.response.text, page.text):
        assert venue.area.label not in text
        assert "rights" not in text.lower()


async def test_registrations_are_gone_a_day_after_the_evening_and_sums_remain(
    client: Client, settings: Settings
) -> None:
    session = await make_session(capacity=1)
    code = (await client.take(session)).code
    await client.take(session)

    await sweep(settings, session.ends_at + timedelta(hours=23))
    assert await Place.all().count() == 2
    await sweep(settings, session.ends_at + timedelta(hours=24))

    assert await Place.all().count() == 0
    assert await Registration.all().count() == 0
    assert "no place for this number" in notice((await client.open_place(code)).text)


async def test_what_is_held_in_an_evening_that_is_cancelled_stays_until_its_owner_is_told(
    client: Client, settings: Settings
) -> None:
    session = await make_session(capacity=1, starts_at=NOW + timedelta(days=6))
    seated = (await client.take(session)).code
    head, second = (await client.take(session)).code, (await client.take(session)).code
    await client.cancel(seated)
    acting = Acting("robin", NOW, settings, client.state["vault"], client.state["library"])
    await cancel_session(session.id, acting)
    client.clock.now = session.starts_at - timedelta(hours=1)
    await Schedule.all().update(high_water=None)

    swept = await sweep(settings, client.clock.now)
    pages = [(await client.open_place(code)).text for code in (head, second)]

    assert swept.settled == 0
    assert all("This evening is cancelled. Nobody will be there." in page for page in pages)
    assert await counters(session) == (1, 1)
