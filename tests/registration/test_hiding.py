"""What cannot be learnt by asking often: which codes there are, and when somebody took a place."""

import random
from collections.abc import Mapping
from datetime import timedelta
from itertools import combinations
from time import perf_counter

import anyio
import httpx2
import pytest

from tests.client import Client
from tests.feeds.private import make_feed
from tests.make import NOW, make_session
from workshops.registration.codes import check_digit
from workshops.registration.models import Registration
from workshops.settings import Settings
from workshops.upkeep import sweep

TRIES = 1000
WRONG_CODES = 200_000
BOOKINGS = 200
AT_ONCE = 8


def unknown_code() -> str:
    digits = f"{random.randrange(10**15):015d}"
    return digits + str(check_digit(digits))


@pytest.mark.data
async def test_watching_the_pages_tells_no_place_that_is_taken_between_two_ticks(client: Client) -> None:
    session, sibling = await make_session(capacity=150), await make_session(capacity=150)
    evenings = [f"/sessions/{each.id}{ending}" for each in (session, sibling) for ending in ("", ".ics")]
    paths = ("/", "/?when=1", "/topics", "/calendar.ics", *evenings)
    before = [_all_that_is_told(await client.get(path)) for path in paths]

    for _ in range(BOOKINGS):
        await client.take(session)
        client.clock.now += timedelta(seconds=1)  # who watches asks each second
        assert [_all_that_is_told(await client.get(path)) for path in paths] == before


@pytest.mark.long
@pytest.mark.data
async def test_unknown_cancelled_and_deleted_codes_cannot_be_told_apart_by_status_bytes_or_time(
    client: Client, settings: Settings
) -> None:
    codes = {"cancelled": await _cancelled(client), "deleted": await _deleted(client, settings)}
    codes["unknown"] = [unknown_code() for _ in range(TRIES)]
    tries = [(kind, code) for kind, each in codes.items() for code in each]
    random.shuffle(tries)
    times: dict[str, list[float]] = {kind: [] for kind in codes}
    answers = set()

    for kind, code in tries:
        began = perf_counter()
        answer = await client.http.post("/place", data={"code": code})
        times[kind].append(perf_counter() - began)
        answers.add((answer.status_code, answer.content, tuple(sorted(answer.headers.items()))))

    assert [len(each) for each in times.values()] == [TRIES] * 3
    assert len(answers) == 1
    found = {pair: _auc(times[pair[0]], times[pair[1]]) for pair in combinations(times, 2)}
    print(found)  # noqa: T201 (figures for docs/measurements.md, shown with -s)
    assert all(0.45 <= each <= 0.55 for each in found.values()), found


async def _cancelled(client: Client) -> list[str]:
    session = await make_session(capacity=TRIES, queue_limit=TRIES)
    codes = [(await client.take(session)).code for _ in range(TRIES)]
    for code in codes:
        await client.cancel(code)
    return codes


async def _deleted(client: Client, settings: Settings) -> list[str]:
    """Codes of an evening that was forgotten a day after its end."""
    session = await make_session(capacity=TRIES, queue_limit=TRIES, starts_at=NOW + timedelta(hours=1))
    codes = [(await client.take(session)).code for _ in range(TRIES)]
    client.clock.now = session.ends_at + timedelta(hours=24)
    swept = await sweep(settings, client.clock.now)
    assert swept.forgotten == 1
    assert await Registration.all().count() == 0
    return codes


@pytest.mark.long
@pytest.mark.data
async def test_unknown_revoked_and_deleted_calendars_cannot_be_told_apart_by_time(client: Client) -> None:
    session = await make_session(capacity=TRIES, queue_limit=TRIES)
    gone: dict[str, list[str]] = {"revoked": [], "deleted": []}
    for ends, path in (("revoked", "/place/calendar/revoke"), ("deleted", "/place/cancel")):
        for _ in range(TRIES // 20):
            code = (await client.take(session)).code
            gone[ends].append(await make_feed(client, code))
            await client.post(path, {"code": code})
    kinds = ["unknown", "revoked", "deleted"] * TRIES
    random.shuffle(kinds)
    times: dict[str, list[float]] = {kind: [] for kind in kinds}

    for kind in kinds:
        address = random.choice(gone[kind]) if kind in gone else f"/calendars/{_unknown_token()}.ics"
        began = perf_counter()
        answer = await client.http.get(address)
        times[kind].append(perf_counter() - began)
        assert answer.status_code == 404

    assert 0.45 <= _auc(times["revoked"], times["unknown"]) <= 0.55
    assert 0.45 <= _auc(times["deleted"], times["unknown"]) <= 0.55


@pytest.mark.long
@pytest.mark.data
async def test_two_hundred_thousand_wrong_codes_find_nothing(client: Client) -> None:
    session = await make_session(capacity=50, queue_limit=50)
    for _ in range(50):
        await client.take(session)
    found: list[str] = []

    async def guess(tries: int) -> None:
        for _ in range(tries):
            response = await client.http.post("/place", data={"code": unknown_code()})
            found.extend(["one"] if "confirmed" in response.text or response.status_code != 200 else [])

    async with anyio.create_task_group() as group:
        for _ in range(AT_ONCE):
            group.start_soon(guess, WRONG_CODES // AT_ONCE)

    assert found == []


def _all_that_is_told(response: httpx2.Response) -> tuple[int, Mapping[str, str], bytes]:
    return response.status_code, dict(response.headers), response.content


def _unknown_token() -> str:
    return "".join(random.choices("abcdefghijklmnopqrstuvwxyz234567", k=32))


def _auc(one: list[float], other: list[float]) -> float:
    """How often a time out of `one` is longer than one out of `other`; a half when nothing can be told."""
    ranks = sorted([(time, True) for time in one] + [(time, False) for time in other])
    total = sum(rank for rank, (_, mine) in enumerate(ranks, 1) if mine)
    return (total - len(one) * (len(one) + 1) / 2) / (len(one) * len(other))
