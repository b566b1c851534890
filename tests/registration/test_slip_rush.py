"""Slips, strangers, cancellations and a withdrawal at once: no seat is given twice, and the counters agree."""

from contextlib import suppress
from functools import partial

import anyio
import pytest

from tests.client import Client
from tests.desk.browser import FormReader
from tests.make import NOW, make_session
from workshops.database.fields import random_id
from workshops.registration.models import Place, Registration, Slip
from workshops.registration.rules import PlaceState
from workshops.registration.slip_actions import make_batch, withdraw_batch
from workshops.registration.slip_rules import BatchPlan, Reach, ShareTooSmall, SlipKind
from workshops.schedule.acting import Acting
from workshops.schedule.models import Session
from workshops.settings import Settings
from workshops.vault import open_vault

pytestmark = pytest.mark.data


async def test_slips_strangers_and_withdrawals_at_once_leave_seats_and_counters_right(
    client: Client, settings: Settings
) -> None:
    vault = open_vault(settings.key_dir)
    assert vault is not None
    acting = Acting("robin", NOW, settings, vault, client.state["library"])
    session = await make_session(capacity=14, slip_share=8, queue_limit=30)

    async def printed(batch: str, count: int, *, placed: bool) -> list[str]:
        plan = BatchPlan(SlipKind.DOOR, placed, Reach(session.id), count, NOW.replace(day=30, minute=0))
        codes = await make_batch(batch, plan, acting)
        assert codes is not None
        return [code.digits for code in codes]

    invitations = await printed(random_id(), 8, placed=False)
    places = await printed("places", 4, placed=True)
    forms = [
        FormReader((await client.post("/slip", {"slip": slip, "session": session.id})).text).forms["/slip/take"]
        for slip in (*invitations, *invitations[:3])
    ]
    strangers = [await client.place_form(session) for _ in range(8)]

    async def print_more() -> None:
        with suppress(ShareTooSmall):
            await printed(random_id(), 3, placed=True)

    async with anyio.create_task_group() as group:
        for fields in forms:
            group.start_soon(client.post, "/slip/take", fields)
        for form in strangers:
            group.start_soon(client.post_form, form)
        for code in places[:2]:
            group.start_soon(client.open_place, code)
        group.start_soon(client.cancel, places[1])
        group.start_soon(partial(withdraw_batch, "places", acting))
        group.start_soon(print_more)

    row = await Session.get(id=session.id)
    seated = Place.filter(session_id=session.id, state__not=PlaceState.WAITING)
    assert row.slip_taken == await seated.filter(slip_seat=True).count() <= row.slip_share
    assert row.taken == await seated.filter(slip_seat=False).count() <= row.registrable
    assert row.waiting == await Place.filter(session_id=session.id, state=PlaceState.WAITING).count()
    assert await Slip.all().count() == 0
    assert await Registration.all().count() == await Place.all().count()
    assert await Place.filter(vouched=False).count() == len(strangers)
