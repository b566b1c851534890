"""What the edge owes every request, whatever it asks for."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio.to_thread
import asyncpg  # type: ignore[import-untyped]  # ships no types
import pytest

from tests.client import Client, inspect, open_client
from tests.make import NOW, make_session
from tests.staff.people import COORDINATOR, signed_in_token
from tests.web.nasty import NASTY
from workshops.app import TABLE
from workshops.database.config import database_file
from workshops.registration.models import Registration
from workshops.schedule.models import Session
from workshops.settings import Settings
from workshops.web.headers import FIXED
from workshops.web.table import Audience, Declared, Keeping

PUBLIC = [declared for declared in TABLE if not declared.audience.signed_in]


def address(declared: Declared, ident: str) -> str:
    """The route's path with every place in it filled in."""
    return re.sub(r"\{\w+(:id)?\}", lambda _: ident, declared.path)


def test_every_route_says_who_may_come_in_and_how_its_answer_is_kept() -> None:
    for declared in TABLE:
        assert (declared.handler is None) != (declared.kept_handler is None)
        kept = declared.keeping is not Keeping.NEVER
        assert not kept or declared.audience in {Audience.PUBLIC, Audience.FACILITATOR}
        assert declared.kept_handler is None or declared.audience is Audience.PUBLIC
        assert "GET" in declared.methods or declared.keeping is Keeping.NEVER


def test_no_two_routes_share_a_name() -> None:
    names = [declared.name for declared in TABLE]

    assert sorted(names) == sorted(set(names))


@pytest.mark.data
async def test_unknown_ids_and_nasty_words_in_addresses_are_answered_and_never_break_anything(
    client: Client, settings: Settings
) -> None:
    token = await signed_in_token(client.state["vault"], "robin", COORDINATOR, NOW)
    words = {word for declared in TABLE for word in declared.query} | {"seen", "form"}
    broken = []

    for declared in TABLE:
        path = address(declared, "0123456789ab")
        tries = [(path, {}), (address(declared, "%00"), {}), *((path, dict.fromkeys(words, nasty)) for nasty in NASTY)]
        for headers in ({}, {"cookie": f"workshops={token.value}", "sec-fetch-site": "same-origin"}):
            for each, params in tries:
                answer = await client.http.request(declared.methods[0], each, params=params, headers=headers)
                broken += [(declared.name, each, params)] if answer.status_code >= 500 else []

    assert broken == []


async def test_a_method_that_an_address_does_not_take_is_a_405(client: Client) -> None:
    answers = {each.path: await client.http.request("PUT", address(each, "0123456789ab")) for each in TABLE}

    assert [path for path, answer in answers.items() if answer.status_code != 405] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/nowhere", 404), ("/desk", 303), ("/leave", 303), ("/static/x/y.css", 404), ("/place", 200)],
)
async def test_every_answer_carries_the_headers_whatever_its_status(client: Client, path: str, status: int) -> None:
    response = await client.http.get(path)

    assert response.status_code == status
    for name, value in FIXED.items():
        assert response.headers[name] == value
    assert response.headers["x-robots-tag"].startswith("noindex")
    assert "server" not in response.headers


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "127.0.0.1@evil.example", "\u0661"])
async def test_a_host_that_is_not_ours_is_refused_with_the_headers_on(client: Client, host: str) -> None:
    response = await client.http.get("/", headers={b"host": host.encode()})

    assert response.status_code == 400
    assert "content-security-policy" in response.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
async def test_a_post_of_another_site_is_refused(client: Client, headers: dict[str, str]) -> None:
    posts = [address(each, "0123456789ab") for each in TABLE if each.methods == ("POST",)]

    answers = {path: await client.post(path, {"code": "1"}, headers=headers) for path in posts}

    assert [path for path, answer in answers.items() if answer.status_code != 403] == []


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "same-origin"}, {"origin": "http://127.0.0.1:8000"}])
async def test_a_visitors_browser_may_say_nothing_of_where_a_form_came_from(
    client: Client, headers: dict[str, str]
) -> None:
    response = await client.post("/place", {"code": "1"}, headers=headers)

    assert response.status_code == 200


MEGABYTE = b"code=" + b"x" * 1_000_000
FORM = {"content-type": "application/x-www-form-urlencoded"}
PART = b'--x\r\nContent-Disposition: form-data; name="code"%s\r\n\r\n%s\r\n--x--\r\n'
PARTS = {"content-type": "multipart/form-data; boundary=x"}


async def _in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 10_000):
        yield body[start : start + 10_000]


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        pytest.param(413, MEGABYTE, FORM, id="a megabyte, as it says itself"),
        pytest.param(413, _in_pieces, FORM, id="a megabyte in pieces"),
        pytest.param(413, PART % (b"", b"x" * 1_000_000), PARTS, id="a megabyte in parts"),
        pytest.param(413, b"f=x&" * 10_000, FORM, id="ten thousand fields"),
        pytest.param(415, PART % (b'; filename="a.txt"', b"1"), PARTS, id="a file"),
        pytest.param(415, b"{}", {"content-type": "application/json"}, id="JSON"),
        pytest.param(415, b"code=1", {}, id="no kind at all"),
        pytest.param(400, b"--x", {"content-type": "multipart/form-data"}, id="parts without an end"),
    ],
)
async def test_what_is_too_much_or_no_form_gets_a_page_of_ours_in_its_language(
    settings: Settings, status: int, body: Any, headers: dict[str, str]
) -> None:
    said = {413: "Vuelve atrás y envía menos", 415: "ningún archivo", 400: "no se entiende"}
    async with open_client(settings.model_copy(update={"languages": ("en", "es")}), NOW) as client:
        content = _in_pieces(MEGABYTE) if body is _in_pieces else body

        response = await client.http.post("/es/place", content=content, headers=headers)

    assert response.status_code == status
    assert "content-security-policy" in response.headers
    assert inspect(response.text).headings == ["No disponible"]
    assert said[status] in response.text
    assert 'href="/es/leave"' in response.text


async def test_a_body_that_nobody_reads_is_answered_like_any_other(client: Client) -> None:
    response = await client.http.post("/nowhere", content=MEGABYTE, headers=FORM)

    assert response.status_code == 404
    assert inspect(response.text).headings == ["Not available"]


async def test_a_bug_is_answered_plainly_and_logged_without_what_was_asked(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    session = await make_session()
    client.clock.now = "no moment"  # type: ignore[assignment]  # breaks whatever compares it

    response = await client.http.get(f"/sessions/{session.id}/take?secret=canary")

    assert response.status_code == 500
    assert "content-security-policy" in response.headers
    assert "A bug" in caplog.text
    assert "canary" not in caplog.text
    assert session.id not in caplog.text


@asynccontextmanager
async def _held_by_another(settings: Settings) -> AsyncIterator[None]:
    """Another program holds for itself what a place is written to."""
    if settings.database_url is not None:
        other = await asyncpg.connect(settings.database_url.get_secret_value())
        await other.execute("BEGIN; LOCK TABLE session, registration IN ACCESS EXCLUSIVE MODE")
        yield
        await other.close()
        return
    file = sqlite3.connect(database_file(settings), isolation_level=None, check_same_thread=False)
    await anyio.to_thread.run_sync(file.execute, "BEGIN IMMEDIATE")  # the sweep may be at it, and needs this loop
    yield
    file.close()


@pytest.mark.data
async def test_while_the_database_is_away_the_same_form_comes_back_and_works_again(
    client: Client, settings: Settings
) -> None:
    session = await make_session()
    form = await client.place_form(session)
    async with _held_by_another(settings):
        away = await client.post_form(form, need=["QUIET_SEAT"])

    again = await client.post(form.action, form.fields)

    assert away.response.status_code == 503
    assert form.fields["nonce"][0] in away.response.text
    assert "QUIET_SEAT" in away.response.text
    assert again.status_code == 200
    assert await Registration.all().count() == 1
    assert (await Session.get(id=session.id)).taken == 1


async def test_unknown_words_in_a_query_change_nothing(client: Client) -> None:
    plain = await client.get("/")

    assert (await client.get("/?utm=1&q=canary&topic=%00&page=")).content == plain.content


async def test_pages_are_kept_by_no_browser(client: Client) -> None:
    for path in ("/", "/place", "/safety", "/topics"):
        assert (await client.get(path)).headers["cache-control"] == "no-store"


async def test_visitors_are_given_no_cookie(client: Client) -> None:
    for declared in PUBLIC:
        response: Any = await client.http.request(declared.methods[0], address(declared, "0123456789ab"))
        assert "set-cookie" not in response.headers
