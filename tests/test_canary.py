"""Markers planted wherever a participant leaves something, and looked for wherever it must not be."""

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from tortoise.connection import get_connection

from tests.desk.browser import FormReader
from tests.make import make_session
from tests.serving import serving
from tests.shipped import library
from tests.staff.people import COORDINATOR, signed_in_token
from workshops.clock import utc_now
from workshops.database.connection import open_database
from workshops.database.fields import random_id
from workshops.database.keys import fitting_vault
from workshops.handouts.rendering import pdf
from workshops.registration.slip_actions import make_batch
from workshops.registration.slip_rules import BatchPlan, Reach, SlipKind
from workshops.schedule.acting import Acting
from workshops.settings import Settings
from workshops.vault import Sealed

HEADER = "canary-in-a-header-7f3a"
DIRECTIONS = "canary-in-the-directions-91cc"
SPEAKING = ("user-agent", "referer", "cookie", "x-forwarded-for", "forwarded", "via", "accept-language", "x-canary")
SERVED = ("workshops", "serve", "--empty")
PRINTS = 2  # a handout and a guide
NONCE = r'name="nonce" value="([^"]+)"'
TALKATIVE = ("tests.talkative",)


@dataclass(frozen=True)
class Left:
    """What participants left behind in one visit."""

    markers: Sequence[str]
    told: Sequence[bytes]  # answers and prints that say nothing of any participant


@pytest.mark.data
@pytest.mark.needs("poppler", "prints")
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
    assert [marker for marker in left.markers for answer in left.told if marker.encode() in answer] == []
    assert sum(answer.startswith(b"%PDF") for answer in left.told) == PRINTS


@pytest.mark.needs("poppler", "prints")
async def test_the_same_search_finds_every_marker_where_requests_are_logged(settings: Settings, tmp_path: Path) -> None:
    said, left = await _use_everything(settings, TALKATIVE, tmp_path / "temporary")

    places = list(_places(settings, tmp_path, said))

    assert [marker for marker in left.markers if not any(marker.encode() in place for place in places)] == []


@pytest.mark.needs("poppler", "prints")
def test_the_same_search_finds_a_marker_in_a_print(settings: Settings, tmp_path: Path) -> None:
    page = f"<html lang=en><title>x</title><p>{DIRECTIONS}</p></html>"
    (tmp_path / "print.pdf").write_bytes(pdf(page, most_pages=1))

    assert DIRECTIONS.encode() not in (tmp_path / "print.pdf").read_bytes()
    assert any(DIRECTIONS.encode() in place for place in _places(settings, tmp_path, ""))


async def _use_everything(settings: Settings, module: Sequence[str], temporary: Path) -> tuple[str, Left]:
    temporary.mkdir()
    planted = await _plant(settings)
    with serving(settings, module, TMPDIR=str(temporary)) as served:
        async with httpx2.AsyncClient(
            base_url=served.address, timeout=60, headers=dict.fromkeys(SPEAKING, HEADER)
        ) as http:
            left = await _visit(http, planted)
    return "".join(served.said), left


@dataclass(frozen=True)
class Planted:
    """What there is before anybody comes."""

    session: str  # with its directions
    other: str  # of the same topic at the same venue
    slip: str
    token: str  # of a coordinator who is signed in


async def _plant(settings: Settings) -> Planted:
    async with open_database(settings):
        vault = await fitting_vault(settings.key_dir)
        session = await make_session(starts_at=utc_now() + timedelta(hours=10), slip_share=1)
        other = await make_session(starts_at=utc_now() + timedelta(hours=30), venue=session.venue)
        session.directions = vault.seal(DIRECTIONS, Sealed("session", "directions", session.id))
        await session.save()
        batch = BatchPlan(SlipKind.OUTREACH, placed=False, reach=Reach(session.id), count=1, expires_at=session.ends_at)
        codes = await make_batch(random_id(), batch, Acting("robin", utc_now(), settings, vault, library()))
        token = await signed_in_token(vault, "robin", COORDINATOR, utc_now())
    assert codes is not None
    return Planted(str(session.id), str(other.id), codes[0].digits, token.value)


async def _visit(http: httpx2.AsyncClient, planted: Planted) -> Left:
    take = f"/sessions/{planted.session}/take"
    nonce, code = await _take(http, take)
    checked = await http.post(f"/sessions/{planted.session}/check", data={"nonce": nonce, "last": code[-4:]})
    assert code[-4:] in checked.text
    place = await http.post("/place", data={"code": code})
    assert DIRECTIONS in place.text
    await http.post("/place", data={"code": code[:-1]})
    revoked = await _calendar(http, code)
    await http.post("/place/calendar/revoke", data={"code": code})
    assert (await http.get(f"/calendars/{revoked[1]}.ics")).status_code == 404
    await http.post("/place/cancel", data={"code": code})
    await http.post(take, data={"nonce": nonce})
    form = await http.post("/slip", data={"slip": planted.slip})
    by_slip = {"slip": planted.slip, "session": planted.session, "nonce": _only(NONCE, form.text)}
    own = _code(await http.post("/slip/take", data=by_slip))
    await http.post("/place", data={"code": own})
    markers = [HEADER, DIRECTIONS, nonce, code, planted.slip, by_slip["nonce"], own, *revoked]
    markers += [*await _calendar(http, own), *await _move(http, take, planted.other), *await _staff(http, planted)]
    return Left(markers, await _told(http, planted))


async def _take(http: httpx2.AsyncClient, take: str) -> tuple[str, str]:
    nonce = _only(NONCE, (await http.get(take)).text)
    return nonce, _code(await http.post(take, data={"nonce": nonce, "need": ["QUIET_SEAT"]}))


async def _move(http: httpx2.AsyncClient, take: str, other: str) -> tuple[str, str]:
    """Take a place and move it to another evening; the form's nonce and the number."""
    nonce, code = await _take(http, take)
    moved = await http.post("/place/move", data={"code": code, "session": other})
    assert "Your place is confirmed" in moved.text
    assert DIRECTIONS not in moved.text
    return nonce, code


async def _staff(http: httpx2.AsyncClient, planted: Planted) -> list[str]:
    """Take a place for a caller and print slips; the nonces of both forms, the numbers, and what signs staff in."""
    staff = _signed_in(planted)
    places = f"/desk/sessions/{planted.other}/places"
    nonce = _only(NONCE, (await http.get(places, headers=staff)).text)
    caller = _code(await http.post(places, data={"nonce": nonce, "person": "1"}, headers=staff))
    fields = FormReader((await http.get("/desk/slips", headers=staff)).text).forms["/desk/slips"]
    fields |= {"count": ["2"]}
    sheet = await http.post("/desk/slips", data=fields, headers=staff)
    assert sheet.status_code == 200, sheet.text
    printed = [re.sub(r"\D", "", each) for each in re.findall(r"\d{4}(?:\D{1,40}\d{4}){3}", sheet.text)]
    assert len(printed) == 2
    await http.post("/place", data={"code": caller})
    for number in printed:
        await http.post("/slip", data={"slip": number})
    return [nonce, caller, *printed, planted.token]


def _signed_in(planted: Planted) -> dict[str, str]:
    return {"cookie": f"workshops={planted.token}", "sec-fetch-site": "same-origin"}


async def _calendar(http: httpx2.AsyncClient, code: str) -> list[str]:
    """Make a private calendar and read it; its form's nonce and its token."""
    nonce = _only(NONCE, (await http.post("/place/calendar", data={"code": code})).text)
    made = await http.post("/place/calendar/make", data={"code": code, "nonce": nonce, "title": "course"})
    token = _only(r"/calendars/([a-z2-7]{32})\.ics", made.text)
    assert "SUMMARY:Course" in (await http.get(f"/calendars/{token}.ics")).text
    return [nonce, token]


async def _told(http: httpx2.AsyncClient, planted: Planted) -> list[bytes]:
    """What anyone can ask for, and what staff print."""
    topic = _only(r'href="(/topics/[0-9a-z]{8})"', (await http.get("/topics")).text)
    session, desk = f"/sessions/{planted.session}", f"/desk/sessions/{planted.session}"
    public = [
        "/",
        session,
        f"{session}.ics",
        "/calendar.ics",
        topic,
        f"{topic}/handout.pdf",
        "/what-we-hold",
        "/nowhere",
    ]
    staff = [f"{topic}/guide", f"{topic}/guide.pdf", "/desk", f"/desk/sessions/{planted.other}", f"{desk}/places"]
    answers = [await http.get(path) for path in public]
    answers += [await http.get(path, headers=_signed_in(planted)) for path in staff]
    assert {answer.status_code for answer in answers} == {200, 404}
    return [_readable(answer.content) for answer in answers]


def _readable(body: bytes) -> bytes:
    """The bytes, and for a print, whose text is compressed, what a reader of it sees."""
    if not body.startswith(b"%PDF"):
        return body
    text = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=True)
    return body + text.stdout


def _places(settings: Settings, folder: Path, said: str) -> Iterator[bytes]:
    """Everything the program may have written to: its folders, its temporary folder, its output."""
    yield said.encode()
    for root in {settings.data_dir, settings.key_dir, folder}:
        for path in root.rglob("*"):
            yield str(path).encode()
            if path.is_file():
                yield _readable(path.read_bytes())


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
