"""Making and ending a private calendar with a code: explained first, one address at a time, safe to repeat."""

import asyncio
from datetime import timedelta

import pytest

from tests.client import BASE, Client, open_client
from tests.feeds.private import address_on, feed_form, form_on, make_feed
from tests.make import NOW, make_session
from tests.test_rotation import exchange, ids, turn, vault_of
from workshops.keys import Purpose
from workshops.registration.codes import check_digit
from workshops.registration.deletion import delete_everything
from workshops.registration.forgetting import forget_sessions
from workshops.registration.models import Feed, Registration, UsedNonce
from workshops.schedule.models import Schedule
from workshops.schedule.site import freeze, start_deletion, thaw
from workshops.settings import Settings

pytestmark = pytest.mark.data
UNKNOWN = "123456789012345" + str(check_digit("123456789012345"))


async def taken(client: Client) -> str:
    return (await client.take(await make_session())).code


async def works(client: Client, address: str) -> bool:
    return (await client.get(address)).status_code == 200


async def test_who_sees_a_calendar_is_said_before_there_is_one(client: Client) -> None:
    code = await taken(client)

    page = await client.post("/place/calendar", {"code": code})

    for told in (
        "The company behind your calendar",
        "Whoever has the address, looks at your phone",
        "decides how often it looks",
    ):
        assert told in page.text
    assert address_on(page) == ""
    assert page.headers["cache-control"] == "no-store"
    assert await Feed.all().count() == 0


async def test_the_address_is_shown_once_and_only_its_digest_is_kept(client: Client) -> None:
    code = await taken(client)

    address = await make_feed(client, code, "reserved")

    token = address.removeprefix("/calendars/").removesuffix(".ics")
    (row,) = await Feed.all().values()
    assert len(token) == 32
    assert token not in str(row)
    assert (row["title"], row["key_id"], row["changes"]) == ("reserved", "f1", 0)
    pages = [await client.post(path, {"code": code}) for path in ("/place/calendar", "/place")]
    assert not any(token in page.text for page in pages)
    assert ["Make a new address, end the old one" in pages[0].text, "My calendar address" in pages[1].text] == [
        True
    ] * 2


async def test_the_same_form_gives_the_same_address_however_often_and_at_once(client: Client) -> None:
    form = await feed_form(client, await taken(client))

    pages = await asyncio.gather(*(client.post(form.action, form.fields) for _ in range(6)))

    assert len({address_on(page) for page in pages}) == 1
    assert await works(client, address_on(pages[0]))
    assert await Feed.all().count() == 1


async def test_pressing_again_with_another_word_keeps_the_address_and_takes_the_word(client: Client) -> None:
    form = await feed_form(client, await taken(client))

    first, second = [
        await client.post(form.action, {**form.fields, "title": title}) for title in ("course", "reminder")
    ]

    address = address_on(first)
    assert address_on(second) == address
    assert "SUMMARY:Reminder" in (await client.get(address)).text
    assert "SEQUENCE:1" in (await client.get(address)).text


async def test_a_new_address_ends_the_old_one(client: Client) -> None:
    code = await taken(client)
    old = await make_feed(client, code)

    new = await make_feed(client, code)

    assert [await works(client, each) for each in (old, new)] == [False, True]
    assert await Feed.all().count() == 1


async def test_ending_it_twice_is_the_same_as_once_and_no_old_form_brings_it_back(client: Client) -> None:
    code = await taken(client)
    form = await feed_form(client, code)
    address = address_on(await client.post(form.action, form.fields))

    ended = [await client.post("/place/calendar/revoke", {"code": code}) for _ in range(2)]
    again = await client.post(form.action, form.fields)

    assert ["no calendar address any more" in page.text for page in ended] == [True, True]
    assert address_on(again) == ""
    assert "nothing was changed" in again.text
    assert not await works(client, address)
    assert await works(client, address_on(await client.post(form.action, form_on(again).fields)))


async def test_an_old_a_forged_and_a_foreign_form_change_nothing(client: Client) -> None:
    session = await make_session()
    code, other = [(await client.take(session)).code for _ in range(2)]
    form, foreign, take = (
        await feed_form(client, code),
        await feed_form(client, other),
        await client.place_form(session),
    )
    client.clock.now = NOW + timedelta(minutes=31)

    nonces = [form.fields["nonce"][0], foreign.fields["nonce"][0], take.fields["nonce"][0], "x" * 999, ""]
    pages = [await client.post(form.action, {"code": code, "nonce": nonce, "title": "course"}) for nonce in nonces]

    assert ["nothing was changed" in page.text for page in pages] == [True] * 5
    assert await Feed.all().count() == 0


async def test_a_word_of_ones_own_is_never_taken(client: Client) -> None:
    form = await feed_form(client, await taken(client))

    page = await client.post(form.action, {**form.fields, "title": "my own words"})

    assert "SUMMARY:Meeting" in (await client.get(address_on(page))).text
    assert "my own words" not in page.text


async def test_unknown_cancelled_and_mistyped_numbers_are_told_what_the_page_of_a_place_tells_them(
    client: Client,
) -> None:
    cancelled = await taken(client)
    await client.cancel(cancelled)

    for path in ("/place/calendar", "/place/calendar/make", "/place/calendar/revoke"):
        unknown, gone, typo = [await client.post(path, {"code": each}) for each in (UNKNOWN, cancelled, "12")]
        assert unknown.content == gone.content
        assert "There is no place for this number" in gone.text
        assert "There is a typo" in typo.text


async def test_its_pages_are_as_long_whatever_they_say(client: Client) -> None:
    code = await taken(client)
    form = await feed_form(client, code)

    pages = [
        await client.post("/place/calendar", {"code": UNKNOWN}),
        await client.post("/place/calendar", {"code": code}),
        await client.post(form.action, form.fields),
        await client.post("/place/calendar/revoke", {"code": code}),
        await client.open_place(code),
    ]

    assert len({len(page.content) for page in pages}) == 1


async def test_the_address_is_on_the_origin_of_the_settings(settings: Settings) -> None:
    async with open_client(settings.model_copy(update={"origin": "https://evenings.example"}), NOW) as client:
        form = await feed_form(client, await taken(client))

        page = await client.post(form.action, form.fields)

    assert '<p class="address" dir="ltr">https://evenings.example/calendars/' in page.text
    assert BASE not in page.text


async def test_it_goes_with_the_number_and_its_digest_is_searched_for_afterwards(
    client: Client, settings: Settings
) -> None:
    address = await make_feed(client, await taken(client))
    digest = (await Feed.get()).digest

    forgotten = await forget_sessions(settings.forget_after, NOW + timedelta(days=4))

    assert digest in forgotten.traces.digests
    assert [await Feed.all().count(), await Registration.all().count()] == [0, 0]
    assert not await works(client, address)


async def test_deleting_everything_deletes_it_too(client: Client) -> None:
    address = await make_feed(client, await taken(client))
    digest = (await Feed.get()).digest
    due = await start_deletion("robin", NOW)

    traces = await delete_everything(due)
    await Schedule.all().update(frozen=False)

    assert traces is not None
    assert digest in traces.digests
    assert await Feed.all().count() == 0
    assert not await works(client, address)


async def test_while_everything_is_hidden_every_address_is_the_same_empty_calendar(client: Client) -> None:
    code = await taken(client)
    address = await make_feed(client, code)
    before = (await client.get(address)).content
    await freeze("robin", NOW)

    known, unknown = [await client.get(path) for path in (address, "/calendars/never.ics")]
    page = await client.post("/place/calendar", {"code": code})
    await thaw("robin", NOW)

    assert (known.status_code, known.content, dict(known.headers)) == (200, unknown.content, dict(unknown.headers))
    assert b"BEGIN:VEVENT" not in known.content
    assert page.status_code == 409
    assert (await client.get(address)).content == before


async def test_nobody_loses_an_address_when_keys_are_exchanged_and_the_old_key_stays_while_a_row_names_it(
    client: Client,
) -> None:
    code = await taken(client)
    form = await feed_form(client, code)
    address = address_on(await client.post(form.action, form.fields))

    await exchange(client, *Purpose)
    again = address_on(await client.post(form.action, form.fields))
    await turn(client, NOW + timedelta(hours=3))
    kept = ids(vault_of(client), Purpose.FEED)
    still = await works(client, address)
    await client.post("/place/calendar/revoke", {"code": code})
    await UsedNonce.all().delete()
    await turn(client, NOW + timedelta(hours=3))

    assert (again, still, kept) == (address, True, ["f1", "f2"])
    assert ids(vault_of(client), Purpose.FEED) == ["f2"]
