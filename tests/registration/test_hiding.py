"""What cannot be learnt by asking often: which codes there are, and when somebody took a place."""

import random
from time import perf_counter

import pytest

from tests.client import Client
from tests.feeds.private import make_feed
from tests.make import make_session
from workshops.registration.codes import check_digit

TRIES = 1000
WRONG_CODES = 200_000


def unknown_code() -> str:
    digits = f"{random.randrange(10**15):015d}"
    return digits + str(check_digit(digits))


@pytest.mark.data
async def test_watching_the_pages_tells_no_place_that_is_taken_between_two_ticks(client: Client) -> None:
    session = await make_session(capacity=20)
    paths = ("/", f"/sessions/{session.id}", "/calendar.ics", f"/sessions/{session.id}.ics")
    before = [(await client.get(path)).content for path in paths]

    for _ in range(25):
        await client.take(session)
        assert [(await client.get(path)).content for path in paths] == before


@pytest.mark.long
@pytest.mark.data
async def test_unknown_and_cancelled_codes_cannot_be_told_apart_by_time(client: Client) -> None:
    session = await make_session(capacity=TRIES + 1, queue_limit=TRIES)
    cancelled = []
    for _ in range(TRIES // 10):
        code = (await client.take(session)).code
        await client.cancel(code)
        cancelled.append(code)
    kinds = [True, False] * TRIES
    random.shuffle(kinds)
    times: dict[bool, list[float]] = {True: [], False: []}

    for known in kinds:
        code = random.choice(cancelled) if known else unknown_code()
        began = perf_counter()
        await client.http.post("/place", data={"code": code})
        times[known].append(perf_counter() - began)

    assert 0.45 <= _auc(times[True], times[False]) <= 0.55


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
@pytest.mark.data(only="sqlite")
async def test_two_hundred_thousand_wrong_codes_find_nothing(client: Client) -> None:
    session = await make_session(capacity=50, queue_limit=50)
    for _ in range(50):
        await client.take(session)

    found = 0
    for _ in range(WRONG_CODES):
        response = await client.http.post("/place", data={"code": unknown_code()})
        found += "confirmed" in response.text

    assert found == 0


def _unknown_token() -> str:
    return "".join(random.choices("abcdefghijklmnopqrstuvwxyz234567", k=32))


def _auc(one: list[float], other: list[float]) -> float:
    """How often a time out of `one` is longer than one out of `other`; a half when nothing can be told."""
    ranks = sorted([(time, True) for time in one] + [(time, False) for time in other])
    total = sum(rank for rank, (_, mine) in enumerate(ranks, 1) if mine)
    return (total - len(one) * (len(one) + 1) / 2) / (len(one) * len(other))
