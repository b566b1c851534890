"""Markers planted wherever a participant leaves something, and looked for wherever it must not be."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from tortoise.connection import get_connection

from tests.make import make_session
from tests.serving import serving
from tests.shipped import library
from workshops.clock import utc_now
from workshops.database.connection import open_database
from workshops.database.fields import random_id
from workshops.database.keys import fitting_vault
from workshops.registration.slip_actions import make_batch
from workshops.registration.slip_rules import BatchPlan, Reach, SlipKind
from workshops.schedule.acting import Acting
from workshops.settings import Settings
from workshops.vault import Sealed

HEADER = "canary-in-a-header-7f3a"
DIRECTIONS = "canary-in-the-directions-91cc"
SPEAKING = ("user-agent", "referer", "cookie", "x-forwarded-for", "forwarded", "via", "accept-language", "x-canary")
SERVED = ("workshops", "serve", "--empty")
NONCE = r'name="nonce" value="([^"]+)"'
TALKATIVE = ("tests.talkative",)


@dataclass(frozen=True)
class Left:
    """What participants left behind in one visit."""

    markers: Sequence[str]
    public: Sequence[bytes]  # answers that anyone can ask for


@pytest.mark.data
async def test_nothing_of_a_participant_is_found_in_files_tables_prints_feeds_or_output(
    settings: Settings, tmp_path: Path
) -> None:
    said, left = await _use_everything(settings, SERVED, tmp_path / "temporary")

    found = [
        marker for marker in left.markers for place in _places(settings, tmp_path, said) if marker.encode() in place
    ]
    rows = await _rows(settings)

    assert found == []
    assert [marker for marker in left.markers if marker in rows] == []
    assert [marker for marker in left.markers for answer in left.public if marker.encode() in answer] == []


async def test_the_same_search_finds_every_marker_where_requests_are_logged(settings: Settings, tmp_path: Path) -> None:
    said, left = await _use_everything(settings, TALKATIVE, tmp_path / "temporary")

    places = list(_places(settings, tmp_path, said))

    assert [marker for marker in left.markers if not any(marker.encode() in place for place in places)] == []


async def _use_everything(settings: Settings, module: Sequence[str], temporary: Path) -> tuple[str, Left]:
    temporary.mkdir()
    session_id, slip = await _session(settings)
    with serving(settings, module, TMPDIR=str(temporary)) as served:
        async with httpx2.AsyncClient(
            base_url=served.address, timeout=60, headers=dict.fromkeys(SPEAKING, HEADER)
        ) as http:
            left = await _visit(http, session_id, slip)
    return "".join(served.said), left


async def _session(settings: Settings) -> tuple[str, str]:
    """A session with its directions, and the number of a paper slip for it."""
    async with open_database(settings):
        vault = await fitting_vault(settings.key_dir)
        session = await make_session(starts_at=utc_now() + timedelta(hours=10), slip_share=1)
        session.directions = vault.seal(DIRECTIONS, Sealed("session", "directions", session.id))
        await session.save()
        batch = BatchPlan(SlipKind.OUTREACH, placed=False, reach=Reach(session.id), count=1, expires_at=session.ends_at)
        codes = await make_batch(random_id(), batch, Acting("robin", utc_now(), settings, vault, library()))
    assert codes is not None
    return str(session.id), codes[0].digits


async def _visit(http: httpx2.AsyncClient, session_id: str, slip: str) -> Left:
    form = await http.get(f"/sessions/{session_id}/take")
    nonce = _only(NONCE, form.text)
    receipt = await http.post(f"/sessions/{session_id}/take", data={"nonce": nonce, "need": ["QUIET_SEAT"]})
    code = _code(receipt)
    place = await http.post("/place", data={"code": code})
    assert DIRECTIONS in place.text
    await http.post("/place", data={"code": code[:-1]})
    revoked = await _calendar(http, code)
    await http.post("/place/calendar/revoke", data={"code": code})
    assert (await http.get(f"/calendars/{revoked[1]}.ics")).status_code == 404
    await http.post("/place/cancel", data={"code": code})
    await http.post(f"/sessions/{session_id}/take", data={"nonce": nonce})
    form = await http.post("/slip", data={"slip": slip})
    by_slip = {"slip": slip, "session": session_id, "nonce": _only(NONCE, form.text)}
    own = _code(await http.post("/slip/take", data=by_slip))
    await http.post("/place", data={"code": own})
    markers = [HEADER, DIRECTIONS, nonce, code, slip, by_slip["nonce"], own, *revoked, *await _calendar(http, own)]
    return Left(markers, [await _bytes(http, path) for path in await _public(http, session_id)])


async def _calendar(http: httpx2.AsyncClient, code: str) -> list[str]:
    """Make a private calendar and read it; its form's nonce and its token."""
    nonce = _only(NONCE, (await http.post("/place/calendar", data={"code": code})).text)
    made = await http.post("/place/calendar/make", data={"code": code, "nonce": nonce, "title": "course"})
    token = _only(r"/calendars/([a-z2-7]{32})\.ics", made.text)
    assert "SUMMARY:Course" in (await http.get(f"/calendars/{token}.ics")).text
    return [nonce, token]


async def _public(http: httpx2.AsyncClient, session_id: str) -> list[str]:
    topic = _only(r'href="(/topics/[0-9a-z]{8})"', (await http.get("/topics")).text)
    session = f"/sessions/{session_id}"
    return ["/", session, f"{session}.ics", "/calendar.ics", topic, f"{topic}/handout.pdf", "/what-we-hold", "/nowhere"]


async def _bytes(http: httpx2.AsyncClient, path: str) -> bytes:
    return (await http.get(path)).content


def _places(settings: Settings, folder: Path, said: str) -> Iterator[bytes]:
    """Everything the program may have written to: its folders, its temporary folder, its output."""
    yield said.encode()
    for root in {settings.data_dir, settings.key_dir, folder}:
        for path in root.rglob("*"):
            yield str(path).encode()
            if path.is_file():
                yield path.read_bytes()


async def _rows(settings: Settings) -> str:
    async with open_database(settings):
        connection = get_connection("default")
        postgres = "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
        names = postgres if settings.on_postgresql else "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = [row["name"] for row in await connection.execute_query_dict(names)]
        assert "registration" in tables
        return "\n".join([str(await connection.execute_query_dict(f'SELECT * FROM "{name}"')) for name in tables])


def _code(receipt: httpx2.Response) -> str:
    groups = re.findall(r"<span>(\d{4})</span>", receipt.text)
    assert groups
    return "".join(groups)


def _only(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found
    return found[1]
