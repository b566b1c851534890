"""The addresses of calendars, asked as programs ask: again and again, with what they hold already."""

import gzip
from datetime import timedelta

import pytest

from tests.client import Client, open_client
from tests.make import NOW, make_session
from workshops.settings import Settings

pytestmark = pytest.mark.data

PLAIN = {"accept-encoding": "identity"}


async def test_calendars_are_served_under_neutral_names(client: Client) -> None:
    session = await make_session(letter="C")

    answers = [await client.get(path) for path in ("/calendar.ics", f"/sessions/{session.id}.ics")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert {answer.headers["content-type"] for answer in answers} == {"text/calendar; charset=utf-8"}
    assert [answer.headers["content-disposition"] for answer in answers] == [
        'inline; filename="evenings.ics"',
        'inline; filename="evening-c.ics"',
    ]
    assert all(f"UID:{session.id}@evenings\r\n" in answer.text for answer in answers)
    assert not any("127.0.0.1" in answer.text or "know" in answer.text for answer in answers)


async def test_who_holds_the_bytes_is_told_so_and_no_more(client: Client) -> None:
    await make_session()
    first = await client.get("/calendar.ics", headers=PLAIN)

    again = await client.get("/calendar.ics", headers=PLAIN | {"if-none-match": f'"other", {first.headers["etag"]}'})
    other = await client.get("/calendar.ics", headers=PLAIN | {"if-none-match": '"other"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert (other.status_code, other.content) == (200, first.content)


async def test_each_encoding_has_an_etag_of_its_own(client: Client) -> None:
    await make_session()

    plain = await client.get("/calendar.ics", headers=PLAIN)
    packed = await client.get("/calendar.ics", headers={"accept-encoding": "gzip"})
    crossed = await client.get(
        "/calendar.ics", headers={"accept-encoding": "gzip", "if-none-match": plain.headers["etag"]}
    )

    assert (plain.headers.get("content-encoding"), packed.headers["content-encoding"]) == (None, "gzip")
    assert packed.content == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    assert crossed.status_code == 200
    assert {each.headers["vary"] for each in (plain, packed, crossed)} == {"Accept-Encoding"}
    assert not any(each.headers["etag"].startswith("W/") for each in (plain, packed))


@pytest.mark.parametrize("path", ["/calendar.ics", "/sessions/{id}.ics"])
async def test_head_answers_like_get(client: Client, path: str) -> None:
    address = path.format(id=(await make_session()).id)

    got = await client.http.get(address, headers=PLAIN)
    head = await client.http.head(address, headers=PLAIN)

    assert head.status_code == 200
    assert dict(head.headers) == dict(got.headers)


async def test_the_bytes_outlive_a_restart_and_every_place_that_is_taken(settings: Settings) -> None:
    async with open_client(settings, NOW) as client:
        session = await make_session(capacity=1)
        paths = ("/calendar.ics", f"/sessions/{session.id}.ics")
        before = [(await client.get(path)).headers["etag"] for path in paths]
        assert (await client.take(session)).placed
        assert (await client.take(session)).waiting

    async with open_client(settings, NOW + timedelta(minutes=16)) as client:
        answers = [
            await client.get(path, headers={"if-none-match": etag}) for path, etag in zip(paths, before, strict=True)
        ]

    assert [answer.status_code for answer in answers] == [304, 304]


async def test_the_memory_lets_go_of_an_evening_when_it_leaves(client: Client) -> None:
    session = await make_session()
    addresses = ("/calendar.ics", f"/sessions/{session.id}.ics")
    before = [(await client.get(address)).text.count("BEGIN:VEVENT") for address in addresses]

    client.clock.now = session.ends_at + timedelta(days=1)

    calendar, file = [await client.get(address) for address in addresses]
    assert before == [1, 1]
    assert (calendar.status_code, calendar.text.count("BEGIN:VEVENT")) == (200, 0)
    assert file.status_code == 404


async def test_a_language_before_the_address_changes_nothing(settings: Settings) -> None:
    async with open_client(settings.model_copy(update={"languages": ("en", "es")}), NOW) as client:
        session = await make_session()

        for path in ("/calendar.ics", f"/sessions/{session.id}.ics"):
            bare, prefixed = await client.get(path), await client.get(f"/es{path}")
            assert (prefixed.status_code, prefixed.content) == (200, bare.content)


async def test_words_that_the_calendar_does_not_know_are_ignored(client: Client) -> None:
    await make_session()
    bare = await client.get("/calendar.ics")

    odd = await client.get("/calendar.ics?page=7&when=0&token=x&topic=%00&area=%E2%80%AE&lang=" + "x" * 9000)

    assert (odd.status_code, odd.content) == (200, bare.content)


@pytest.mark.parametrize(
    "path",
    [
        "/sessions/000000000000.ics",
        "/sessions/short.ics",
        "/sessions/ABCDEFGH2345.ics",
        "/sessions/%00%0a.ics",
        "/sessions/abcdefgh2345.ics/",
        "/sessions/abcdefgh2345.ics.ics",
        "/sessions/abcdefgh2345xics",
        "/calendar.ics/",
    ],
)
async def test_an_address_of_nothing_is_absent(client: Client, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_a_calendar_takes_no_post(client: Client) -> None:
    assert (await client.post("/calendar.ics", {})).status_code == 405


async def test_packed_bytes_unpack_to_the_plain_ones(client: Client) -> None:
    await make_session()

    async with client.http.stream("GET", "/calendar.ics", headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])

    assert gzip.decompress(raw) == (await client.get("/calendar.ics", headers=PLAIN)).content
