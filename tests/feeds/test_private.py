"""A private calendar: what it tells, of whom it tells nothing, and how it follows a place."""

import random
import re
from datetime import timedelta

import pytest
from tortoise.expressions import F

from tests.client import Client, open_client
from tests.feeds import libical
from tests.feeds.private import PLAIN, make_feed, read
from tests.feeds.test_readers import read_by_node
from tests.make import NOW, make_area, make_session, make_venue
from workshops.registration.models import Feed, Place
from workshops.schedule.models import Session
from workshops.settings import Settings
from workshops.upkeep import sweep

pytestmark = pytest.mark.data
NOWHERE = "/calendars/aaaabbbbccccddddeeeeffff22223333.ics"


async def week(**changes: object) -> Session:
    """A session a week from now."""
    return await make_session(starts_at=NOW + timedelta(days=7), **changes)


async def move(client: Client, code: str, session: Session) -> None:
    await client.post("/place/move", {"code": code, "session": session.id})


async def test_it_is_written_with_these_lines_and_no_others(client: Client) -> None:
    area = await make_area(label="Harbour")
    session = await make_session(venue=await make_venue(area=area), sequence=2)
    address = await make_feed(client, (await client.take(session)).code, "course")

    lines = (await client.get(address, headers=PLAIN)).text.split("\r\n")

    uid = lines.pop(next(at for at, line in enumerate(lines) if line.startswith("UID:")))
    assert re.fullmatch("UID:[0-9a-f]{32}", uid)
    assert sorted(lines[7:-3]) == [
        "BEGIN:VEVENT",
        "CLASS:PRIVATE",
        "DTEND:20261025T193000Z",
        "DTSTAMP:20261023T180000Z",
        "DTSTART:20261025T180000Z",
        "LAST-MODIFIED:20261023T180000Z",
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
        "SUMMARY:Course",
        "TRANSP:TRANSPARENT",
    ]
    assert [lines[:7], lines[-3:]] == [
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Evenings//Evenings 1.0//EN",
            "NAME:Course",
            "X-WR-CALNAME:Course",
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
            "X-PUBLISHED-TTL:PT6H",
        ],
        ["END:VEVENT", "END:VCALENDAR", ""],
    ]


async def test_its_entry_shares_no_id_with_the_public_one_and_no_two_calendars_share_any(client: Client) -> None:
    session = await make_session()
    addresses = [await make_feed(client, (await client.take(session)).code) for _ in range(2)]

    public = (await client.get("/calendar.ics")).text
    own = [(await read(client, address))[0]["UID"] for address in addresses]

    assert len(set(own)) == 2
    assert not any(uid in public or session.id in uid for uid in own)


async def test_it_is_kept_by_nobody_on_the_way(client: Client) -> None:
    address = await make_feed(client, (await client.take(await make_session())).code)

    answer = await client.get(address)

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'inline; filename="calendar.ics"'
    assert not {"etag", "last-modified", "content-encoding"} & set(answer.headers)
    assert client.state["memory"].size == 0


async def test_asking_changes_nothing_and_leaves_no_trace(client: Client) -> None:
    waiting = await make_session(capacity=1)
    await client.take(waiting)
    address = await make_feed(client, (await client.take(waiting)).code)
    before = [await Feed.all().values(), await Place.all().order_by("id").values()]

    for _ in range(3):
        await read(client, address)

    assert [await Feed.all().values(), await Place.all().order_by("id").values()] == before


async def test_a_seat_that_is_kept_for_somebody_is_not_taken_by_the_calendar_that_asks(client: Client) -> None:
    session = await week(capacity=1)
    seated = (await client.take(session)).code
    code = (await client.take(session)).code
    address = await make_feed(client, code)
    await client.cancel(seated)

    (held,) = await read(client, address)
    standing = [place.state for place in await Place.all()]
    await client.open_place(code)
    (confirmed,) = await read(client, address)

    assert (held["STATUS"], standing, confirmed["STATUS"]) == ("TENTATIVE", ["held"], "CONFIRMED")
    assert int(confirmed["SEQUENCE"]) > int(held["SEQUENCE"])
    assert confirmed["UID"] == held["UID"]


async def test_after_a_move_the_same_entry_has_the_new_time_and_a_higher_sequence(client: Client) -> None:
    here, there = await week(sequence=7), await make_session(sequence=0)
    code = (await client.take(here)).code
    address = await make_feed(client, code)
    (before,) = await read(client, address)

    await move(client, code, there)

    (after,) = await read(client, address)
    assert after["UID"] == before["UID"]
    assert after["DTSTART"] == f"{there.starts_at:%Y%m%dT%H%M%SZ}" != before["DTSTART"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"]) == 7


async def test_an_evening_that_one_would_move_to_stands_there_beforehand_and_takes_over(client: Client) -> None:
    here, full = await week(sequence=3), await make_session(capacity=1, starts_at=NOW + timedelta(days=8))
    seated = (await client.take(full)).code
    code = (await client.take(here)).code
    address = await make_feed(client, code)
    await move(client, code, full)

    beforehand = await read(client, address)
    page = (await client.open_place(code)).text
    await client.cancel(seated)
    (after,) = await read(client, address)

    assert [each["STATUS"] for each in beforehand] == ["CONFIRMED", "TENTATIVE"]
    assert beforehand[0]["UID"] != beforehand[1]["UID"]
    assert "Your calendar shows that evening as not certain" in page
    assert (after["UID"], after["STATUS"]) == (beforehand[0]["UID"], "CONFIRMED")
    assert after["DTSTART"] == beforehand[1]["DTSTART"]
    assert int(after["SEQUENCE"]) > int(beforehand[0]["SEQUENCE"])


async def test_waiting_for_another_evening_instead_raises_that_entrys_sequence(client: Client) -> None:
    here, one, two = await week(), await week(capacity=1, sequence=9), await week(capacity=1)
    await client.take(one)
    await client.take(two)
    code = (await client.take(here)).code
    address = await make_feed(client, code)

    await move(client, code, one)
    _, first = await read(client, address)
    await move(client, code, two)
    _, second = await read(client, address)

    assert first["UID"] == second["UID"]
    assert int(second["SEQUENCE"]) > int(first["SEQUENCE"])


async def test_a_place_that_is_lost_leaves_what_it_waited_for_as_a_newer_entry(
    client: Client, settings: Settings
) -> None:
    here, full, third = await week(capacity=1, sequence=4), await week(capacity=1, sequence=6), await week(capacity=1)
    seated, _, _ = [(await client.take(session)).code for session in (here, full, third)]
    code = (await client.take(here)).code
    address = await make_feed(client, code)
    await move(client, code, full)
    await client.cancel(seated)
    home, target = await read(client, address)

    client.clock.now = NOW + timedelta(days=3)  # the seat that was kept here lapses
    await sweep(settings, client.clock.now)
    (left,) = await read(client, address)
    await move(client, code, third)
    _, again = await read(client, address)

    assert (left["UID"], left["DTSTART"], left["STATUS"]) == (home["UID"], target["DTSTART"], "TENTATIVE")
    assert int(left["SEQUENCE"]) > int(home["SEQUENCE"])
    assert again["UID"] == target["UID"]
    assert int(again["SEQUENCE"]) > int(target["SEQUENCE"])


async def test_a_cancelled_evening_is_cancelled_in_the_calendar_and_a_hidden_one_is_absent(client: Client) -> None:
    session = await make_session()
    address = await make_feed(client, (await client.take(session)).code)

    await Session.filter(id=session.id).update(state="cancelled", cancelled_on=NOW.date(), sequence=1)
    (cancelled,) = await read(client, address)
    await Session.filter(id=session.id).update(frozen=True)
    hidden = await read(client, address)

    assert (cancelled["STATUS"], cancelled["SEQUENCE"], hidden) == ("CANCELLED", "1", [])


async def test_nothing_in_it_depends_on_when_the_place_was_taken(client: Client) -> None:
    session = await week()
    early = await make_feed(client, (await client.take(session)).code)
    client.clock.now = NOW + timedelta(days=2, minutes=17)
    late = await make_feed(client, (await client.take(session)).code)

    first, second = [(await read(client, address))[0] for address in (early, late)]

    assert first.pop("UID") != second.pop("UID")
    assert first == second


@pytest.mark.parametrize("kind", ["unknown", "revoked", "replaced", "given back", "forgotten", "odd", "long", "empty"])
async def test_an_address_that_leads_nowhere_says_the_same_whatever_it_was(settings: Settings, kind: str) -> None:
    async with open_client(settings.model_copy(update={"languages": ("en", "es")}), NOW) as client:
        session = await make_session()
        code = (await client.take(session)).code
        address = {
            "odd": "/calendars/%00%E2%80%AE.ics",
            "long": f"/calendars/{'a' * 9000}.ics",
            "empty": "/calendars/.ics",
        }
        made = address.get(kind) or (NOWHERE if kind == "unknown" else await make_feed(client, code))
        if kind == "revoked":
            await client.post("/place/calendar/revoke", {"code": code})
        if kind == "replaced":
            await make_feed(client, code)
        if kind == "given back":
            await client.cancel(code)
        if kind == "forgotten":
            client.clock.now = session.ends_at + timedelta(days=1)
            await sweep(settings, client.clock.now)

        answer, other = await client.get(made), await client.get(NOWHERE)

        if kind == "empty":  # no address of this kind
            assert answer.status_code == 404
            return
        assert (answer.status_code, answer.content, dict(answer.headers)) == (404, other.content, dict(other.headers))
        assert made.split("/")[2][:8] not in answer.text


async def test_the_word_is_in_the_language_of_the_page_that_made_the_address(settings: Settings) -> None:
    async with open_client(settings.model_copy(update={"languages": ("en", "es")}), NOW) as client:
        code = (await client.take(await make_session())).code

        address = await make_feed(client, code, "course", prefix="/es")

        assert address.startswith("/es/calendars/")
        assert [each["SUMMARY"] for each in await read(client, address)] == ["Curso"]
        assert [each["SUMMARY"] for each in await read(client, address.removeprefix("/es"))] == ["Course"]


@pytest.mark.needs("node", "libical")
async def test_three_readers_see_a_place_and_what_it_waits_for(client: Client) -> None:
    here, full = await week(), await make_session(capacity=1, starts_at=NOW + timedelta(days=8))
    await client.take(full)
    code = (await client.take(here)).code
    address = await make_feed(client, code, "reminder")
    await move(client, code, full)

    body = (await client.get(address, headers=PLAIN)).content

    seen = libical.read(body)
    assert (seen.fits_rules, seen.errors) == (True, [])
    assert list(seen.events.values()) == [(each.starts_at, each.ends_at, "Reminder", "") for each in (here, full)]
    for events in read_by_node(body).values():
        assert [(each["starts"], each["summary"], each["status"]) for each in events] == [
            (here.starts_at.timestamp(), "Reminder", "CONFIRMED"),
            (full.starts_at.timestamp(), "Reminder", "TENTATIVE"),
        ]
        assert not any(each.get("location") for each in events)
        assert {each["uid"] for each in events} == set(seen.events)


@pytest.mark.parametrize("seed", [2, 3])
async def test_whatever_happens_an_entry_that_says_something_else_has_a_higher_sequence(
    client: Client, settings: Settings, seed: int
) -> None:
    draw = random.Random(seed)
    sessions = [
        await make_session(capacity=2, queue_limit=6, starts_at=NOW + timedelta(days=days), sequence=draw.randrange(9))
        for days in (5, 7, 9)
    ]
    codes = [(await client.take(session)).code for session in sessions for _ in range(3)]
    addresses = [await make_feed(client, code) for code in codes]
    told: dict[str, tuple[int, str, str]] = {}
    risen = 0

    for _ in range(30):
        await _something_happens(draw, client, settings, sessions, codes)
        for address in addresses:
            if (await client.get(address)).status_code == 404:
                continue
            for entry in await read(client, address):
                said = (int(entry["SEQUENCE"]), entry["STATUS"], entry["DTSTART"])
                before = told.get(entry["UID"], said)
                assert said == before or said[0] > before[0] or (said[1:] == before[1:] and said[0] >= before[0])
                risen += said[1:] != before[1:]
                told[entry["UID"]] = said

    assert risen > 3


async def _something_happens(
    draw: random.Random, client: Client, settings: Settings, sessions: list[Session], codes: list[str]
) -> None:
    code, session = draw.choice(codes), draw.choice(sessions)
    match draw.randrange(8):
        case 0 | 1 | 2:
            await move(client, code, session)
        case 3:
            await client.post("/place/stay", {"code": code})
        case 4:
            await client.open_place(code)
        case 5:
            client.clock.now += timedelta(hours=draw.choice([1, 5]))
            await sweep(settings, client.clock.now)
        case 6:
            starts_at = (await Session.get(id=session.id)).starts_at + timedelta(hours=1)
            moved = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "sequence": F("sequence") + 1}
            await Session.filter(id=session.id).update(**moved)
        case _:
            if draw.random() < 0.3:
                await client.cancel(code)
