"""Every field of every form takes every nasty value, by itself, beside fields that read: none breaks anything."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from tests.client import Client, open_client
from tests.curricula.sheets import FACT, facts_of, overlay_of
from tests.curricula.test_sources import ENTRY
from tests.desk.browser import Fields, FormReader
from tests.desk.texts.small import HERE, PATH, SAY, TEXT, WHOLE
from tests.make import NOW, make_session
from tests.staff.people import COORDINATOR, cheap_porter, signed_in_token
from tests.web.nasty import NASTY
from workshops.app import TABLE
from workshops.database.fields import random_id
from workshops.registration.slip_actions import make_batch
from workshops.registration.slip_rules import BatchPlan, Reach, SlipKind
from workshops.schedule.acting import Acting
from workshops.settings import Settings
from workshops.vault import open_vault

FORM = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
STARTS = ("/", "/place", "/slip", "/staff", "/staff/invitation", "/desk")
NEVER_FOLLOWED = re.compile(r"/(static|leave|es)\b|\.(pdf|ics)$|/archive$")
# What these do cannot be undone, or ends what the others need; they come last, in this order.
LAST = ("cancel_place", "cancel_session", "withdraw_slips", "sign_out", "freeze", "delete_soon")
MOST_OF_A_KIND = 4  # pages of one route that are looked at


async def _matched_only(_: Request) -> Response:
    """What routes here are made with: they tell which route an address belongs to, and answer nothing."""
    raise AssertionError("a route that only tells addresses apart was asked")


def _routes() -> list[Route]:
    return [Route(each.path, _matched_only, methods=list(each.methods), name=each.name) for each in TABLE]


class EveryField(FormReader):
    """The forms of a page, with a field of every name in them, ticked or not."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        values = dict(attrs)
        if tag == "input" and values.get("name") and self._action:
            self.forms[self._action].setdefault(str(values["name"]), [])


@dataclass
class Tour:
    """A walk through all pages and forms, as a coordinator who also holds a place."""

    client: Client
    headers: Mapping[str, str]
    forms: dict[str, dict[str, Fields]] = field(default_factory=dict)  # by route and address
    seen: dict[str, list[str]] = field(default_factory=dict)
    routes: Sequence[Route] = field(default_factory=_routes)

    def route(self, address: str, method: str) -> str:
        scope = {"type": "http", "method": method, "path": address.partition("?")[0]}
        return next((each.name for each in self.routes if each.matches(scope)[0] is Match.FULL), "")

    async def walk(self, starts: Sequence[str]) -> None:
        waiting = list(starts)
        self.seen.clear()
        while waiting:
            address = waiting.pop()
            pages = self.seen.setdefault(self.route(address, "GET"), [])
            if address in pages or len(pages) >= MOST_OF_A_KIND or NEVER_FOLLOWED.search(address.partition("?")[0]):
                continue
            pages.append(address)
            answer = await self.client.http.get(address, headers=self.headers)
            assert answer.status_code in {200, 303}, address
            waiting += self.read(answer.text)

    def read(self, html: str) -> list[str]:
        """Remember the forms of a page; its links."""
        for action, fields in EveryField(html).forms.items():
            self.forms.setdefault(self.route(action, "POST") or "GET", {})[action] = fields
        return [each.replace("&amp;", "&") for each in re.findall(r'href="(/[^"]*)"', html)]

    def guess(self, ids: Mapping[str, str], code: str) -> None:
        """The forms that no page showed on this tour, with the fields of others like them."""
        for each in TABLE:
            if each.methods == ("POST",) and each.name not in self.forms:
                address = re.sub(r"\{(\w+):id\}", lambda place: ids[place[1]], each.path)
                self.forms[each.name] = {address: {"code": [code], "number": ["1"], "seen": ["0" * 32]}}

    async def post(self, address: str, fields: Mapping[str, object]) -> int:
        return (await self._answer(address, fields)).status_code

    async def send(self, address: str, **changed: str) -> None:
        """Send a form that was seen, and look at the answer."""
        known = self.forms.get(self.route(address, "POST"), {}).get(address, {})
        answer = await self._answer(address, {**known, **changed})
        assert answer.status_code in {200, 303}, address
        self.read(answer.text)

    async def _answer(self, address: str, fields: Mapping[str, object]) -> httpx2.Response:
        content = urlencode(fields, doseq=True)
        return await self.client.http.post(address, content=content, headers={**self.headers, **FORM})

    def tries(self) -> Iterator[tuple[str, dict[str, object], str, str]]:
        """Each form with each of its fields made nasty in each way."""
        order = sorted(self.forms, key=lambda name: LAST.index(name) if name in LAST else -1)
        for name in order:
            for address, fields in list(self.forms[name].items())[:1]:
                for changed in fields:
                    for nasty in NASTY:
                        yield address, {**fields, changed: nasty}, changed, nasty


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """An installation with one short evening, its local sheet and its local contacts."""
    folder = tmp_path / "texts"
    overlays = folder / "rest-and-routine" / "overlays"
    overlays.mkdir(parents=True)
    (folder / "local").mkdir()
    (folder / PATH).write_text(TEXT)
    (folder / "sources.yaml").write_text(ENTRY)
    (overlays / "north.en.md").write_text(overlay_of())
    (folder / "local" / "north.en.yaml").write_text(facts_of(FACT))
    return settings.model_copy(update={"curricula_dir": folder})


async def _tour(client: Client, settings: Settings) -> Tour:
    """A tour of everything: a coordinator's pages, and those that a number or a slip opens."""
    vault = open_vault(settings.key_dir)
    assert vault is not None
    token = await signed_in_token(vault, "robin", COORDINATOR, NOW)
    tour = Tour(client, {"cookie": f"workshops={token.value}"})
    session, other = [await make_session(curriculum="rest-and-routine", slip_share=2) for _ in range(2)]
    await make_session(curriculum="rest-and-routine", state="draft")
    batch = BatchPlan(SlipKind.OUTREACH, placed=False, reach=Reach(session.id), count=2, expires_at=session.ends_at)
    slips = await make_batch(random_id(), batch, Acting("robin", NOW, settings, vault, client.state["library"]))
    receipt = await client.take(session)
    assert slips is not None
    tour.read(receipt.response.text)
    tour.read((await client.get("/staff")).text)
    await tour.send("/place", code=receipt.code)
    await tour.send("/place/calendar", code=receipt.code)
    await tour.send("/place/calendar/make")
    await tour.send("/slip", slip=slips[0].digits)
    await tour.walk([*STARTS, f"/sessions/{other.id}/take", f"/desk/sessions/{session.id}"])
    for greeting in ("Good evening.", "Good night."):
        await tour.walk([HERE, WHOLE])
        await tour.send(WHOLE, text=TEXT.replace(SAY, greeting))
    await tour.walk([HERE])
    await tour.send(f"{HERE}/publish")
    await tour.walk([HERE, f"/desk/sessions/{session.id}"])
    tour.guess({"text": HERE.rpartition("/")[2], "session_id": str(session.id)}, receipt.code)
    return tour


@pytest.mark.data
async def test_no_nasty_value_in_any_field_of_any_form_breaks_anything(settings: Settings) -> None:
    async with open_client(settings, NOW) as client:
        client.state["porter"] = cheap_porter()  # type: ignore[index]  # a mapping for all others
        tour = await _tour(client, settings)

        broken = [
            (address, changed, nasty[:20])
            for address, fields, changed, nasty in tour.tries()
            if await tour.post(address, fields) >= 500
        ]

    assert broken == []
    assert {each.name for each in TABLE if each.methods == ("POST",)} <= tour.forms.keys()
