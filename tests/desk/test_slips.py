"""Coordinators print slips, withdraw them, and take places for people who call."""

import re
from typing import Any

import pytest

from tests.client import Client
from tests.desk.browser import FormReader, StaffBrowser
from tests.make import NOW, make_session
from workshops.registration.models import Place, Registration, Slip, SlipBatch
from workshops.schedule.models import Session
from workshops.staff.models import StaffAction

pytestmark = pytest.mark.data


def codes_in(html: str) -> list[str]:
    """The numbers on a sheet or on cards, in their order."""
    printed = re.findall(r'<p class="code".*?</p>', html, re.DOTALL)
    return ["".join(re.findall(r"<span>(\d{4})</span>", each)) for each in printed]


async def counters(session: Session) -> tuple[int, int, int]:
    row = await Session.get(id=session.id)
    return row.slip_taken, row.taken, row.waiting


async def test_a_sheet_shows_every_slip_once_and_a_reload_says_that_it_is_gone(
    client: Client, coordinator: StaffBrowser
) -> None:
    fields = {**await coordinator.form("/desk/slips"), "count": "7"}

    sheet = await coordinator.post("/desk/slips", fields)
    reload = await coordinator.post("/desk/slips", fields)

    codes = codes_in(sheet.text)
    assert (sheet.status_code, len(set(codes))) == (200, 7)
    assert sheet.headers["cache-control"] == "no-store"
    assert reload.status_code == 409
    assert "shown once and is gone" in reload.text
    assert codes_in(reload.text) == []
    assert await Slip.all().count() == 7
    rows = [str(row) for model in (Slip, SlipBatch, StaffAction) for row in await model.all().values()]
    assert not any(code in row for code in codes for row in rows)
    assert 'action="/slip/take"' in (await _open(client, codes[0])).text


async def test_a_sheet_comes_in_pieces_and_never_lies_as_a_whole(coordinator: StaffBrowser) -> None:
    session = await make_session()

    sheet = await coordinator.send("/desk/slips", reach=session.id, count="40")

    assert len(codes_in(sheet.text)) == 40
    assert "content-length" not in sheet.headers


async def test_a_slip_names_its_evening_by_the_neutral_title_without_topic_and_area(
    client: Client, coordinator: StaffBrowser
) -> None:
    session = await make_session(letter="C", slip_share=2)
    await session.fetch_related("venue__area")

    sheet = await coordinator.send("/desk/slips", reach=session.id, count="2")

    strips = sheet.text[sheet.text.index('<section class="card strip"') :]
    assert "Information evening" in strips
    assert not re.search(r"\b(rights|sex|law|police)\b", strips, re.IGNORECASE)
    assert session.venue.area.label not in strips
    assert session.venue.name not in strips


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"count": "0"}, "count"),
        ({"count": "201"}, "count"),
        ({"count": "many"}, "count"),
        ({"kind": "hearsay"}, "kind"),
        ({"reach": "nowhere"}, "reach"),
        ({"form": "place"}, "reach"),
        ({"until": "2026-10-22"}, "until"),
        ({"until": "2028-10-22"}, "until"),
        ({"until": "9999-12-31"}, "until"),
        ({"until": ""}, "until"),
        ({"at": "25:00"}, "at"),
    ],
)
async def test_a_batch_that_does_not_read_is_shown_again_and_nothing_is_printed(
    coordinator: StaffBrowser, changes: dict[str, Any], field: str
) -> None:
    answer = await coordinator.send("/desk/slips", **changes)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert await SlipBatch.all().count() == 0


async def test_a_batch_ends_at_a_full_hour_of_its_venues_clock_or_the_sites(coordinator: StaffBrowser) -> None:
    session = await make_session()
    await coordinator.send("/desk/slips", until="2026-10-30", at="21:10", kind="door")
    await coordinator.send("/desk/slips", until="2026-10-30", at="21:10", reach=session.id)

    ends = {batch.kind: str(batch.expires_at) for batch in await SlipBatch.all()}
    assert ends == {"door": "2026-10-30 22:00:00+00:00", "outreach": "2026-10-30 21:00:00+00:00"}


async def test_more_place_slips_than_places_for_them_are_refused_with_the_number_that_is_free(
    coordinator: StaffBrowser,
) -> None:
    session = await make_session(slip_share=3)

    answer = await coordinator.send("/desk/slips", reach=session.id, form="place", count="4")

    assert answer.status_code == 409
    assert "3 are free" in answer.text
    assert await counters(session) == (0, 0, 0)


async def test_withdrawing_a_batch_of_place_slips_frees_what_nobody_opened(
    client: Client, coordinator: StaffBrowser
) -> None:
    session = await make_session(slip_share=3)
    sheet = await coordinator.send("/desk/slips", reach=session.id, form="place", count="3")
    codes = codes_in(sheet.text)
    await client.open_place(codes[0])
    batch = await SlipBatch.get()

    answer = await coordinator.send("/desk/slips", f"/desk/slips/{batch.id}/withdraw")

    assert answer.status_code == 303
    assert await counters(session) == (1, 0, 0)
    assert "Your place is confirmed" in (await client.open_place(codes[0])).text
    assert "There is no place" in (await client.open_place(codes[1])).text


async def test_the_list_of_batches_never_says_how_many_slips_were_used(
    client: Client, coordinator: StaffBrowser
) -> None:
    session = await make_session(slip_share=3)
    [code, *_] = codes_in((await coordinator.send("/desk/slips", count="3")).text)
    before = await coordinator.get("/desk/slips")
    form = FormReader((await _open(client, code)).text).forms["/slip/take"]
    await client.post("/slip/take", form)

    after = await coordinator.get("/desk/slips")

    assert await counters(session) == (1, 0, 0)
    assert _without_ids(after.text) == _without_ids(before.text)


async def test_a_group_gets_a_card_each_and_their_needs_are_kept_apart(
    client: Client, coordinator: StaffBrowser
) -> None:
    session = await make_session(capacity=3)
    path = f"/desk/sessions/{session.id}/places"
    fields = {**await coordinator.form(path), "person": ["1", "2", "3", "4"]}

    cards = await coordinator.post(path, {**fields, "need-1": "STEP_FREE", "need-4": ["QUIET_SEAT", "LARGE_PRINT"]})

    codes = codes_in(cards.text)
    assert len(set(codes)) == 4
    assert cards.text.count("On the waiting list.") == 1
    assert await counters(session) == (0, 3, 1)
    assert sorted(place.needs for place in await Place.all()) == [0, 0, 1, 8 | 32]
    assert "Your place is confirmed" in (await client.open_place(codes[0])).text


async def test_pressing_again_for_callers_shows_the_same_numbers_until_they_are_used(
    client: Client, coordinator: StaffBrowser
) -> None:
    session = await make_session()
    path = f"/desk/sessions/{session.id}/places"
    fields = {**await coordinator.form(path), "person": ["1", "2"]}

    first = codes_in((await coordinator.post(path, fields)).text)
    again = codes_in((await coordinator.post(path, fields)).text)
    await client.open_place(first[0])
    later = await coordinator.post(path, fields)

    assert again == first
    assert codes_in(later.text) == first[1:]
    assert "not shown any more" in later.text
    assert await counters(session) == (0, 2, 0)


async def test_a_group_that_does_not_fit_is_served_as_far_as_there_is_room(coordinator: StaffBrowser) -> None:
    session = await make_session(capacity=2, queue_limit=1)

    cards = await coordinator.send(f"/desk/sessions/{session.id}/places", person=["1", "2", "3", "4"])
    refused = await coordinator.send(f"/desk/sessions/{session.id}/places", person=["1"])

    assert len(codes_in(cards.text)) == 3
    assert 'full: <bdi dir="ltr">1</bdi>' in cards.text
    assert refused.status_code == 409
    assert await counters(session) == (0, 2, 1)


async def test_a_form_for_callers_from_before_a_change_takes_nothing_and_keeps_its_ticks(
    coordinator: StaffBrowser,
) -> None:
    session = await make_session()
    path = f"/desk/sessions/{session.id}/places"
    fields = {**await coordinator.form(path), "need-1": "QUIET_SEAT"}
    await Session.filter(id=session.id).update(epoch=1)

    stale = await coordinator.post(path, fields)

    assert stale.status_code == 409
    assert 'value="QUIET_SEAT" autocomplete="off" checked' in stale.text
    assert await Registration.all().count() == 0


async def test_nobody_ticked_takes_nothing(coordinator: StaffBrowser) -> None:
    session = await make_session()

    answer = await coordinator.send(f"/desk/sessions/{session.id}/places", person=None)

    assert codes_in(answer.text) == []
    assert await counters(session) == (0, 0, 0)


async def test_staff_take_places_in_an_evening_by_invitation_and_nothing_says_who(
    client: Client, coordinator: StaffBrowser
) -> None:
    session = await make_session(visibility="slip")

    cards = await coordinator.send(f"/desk/sessions/{session.id}/places")

    assert len(codes_in(cards.text)) == 1
    assert [place.vouched for place in await Place.all()] == [True]
    assert await StaffAction.all().count() == 0


async def test_people_who_call_are_offered_what_the_public_form_offers_each_for_themselves(
    client: Client, coordinator: StaffBrowser
) -> None:
    session = await make_session(interpreters="ar es", interpreters_until=NOW.date())
    path = f"/desk/sessions/{session.id}/places"
    public = (await client.get(f"/sessions/{session.id}/take")).text
    page = (await coordinator.get(path)).text
    ticks = {"person": ["1", "2"], "need-1": ["STEP_FREE"], "interpreter-2": ["es"], "interpreter-3": ["ar"]}

    await coordinator.post(path, {**await coordinator.form(path), **ticks})

    offered = sorted(re.findall(r'name="(?:need|interpreter)" value="(\w+)"', public))
    assert len(offered) == 7
    assert sorted(re.findall(r'name="(?:need|interpreter)-4" value="(\w+)"', page)) == offered
    kept = await Place.all().order_by("needs").values_list("needs", "interpreters")
    assert kept == [(1, ""), (2, "es")]


async def test_who_runs_evenings_neither_prints_slips_nor_takes_places(facilitator: StaffBrowser) -> None:
    session = await make_session()

    answers = [
        await facilitator.get("/desk/slips"),
        await facilitator.post("/desk/slips", {}),
        await facilitator.get(f"/desk/sessions/{session.id}/places"),
        await facilitator.post(f"/desk/sessions/{session.id}/places", {}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


async def test_fewer_places_for_slips_than_slips_have_taken_are_refused(coordinator: StaffBrowser) -> None:
    session = await make_session(slip_share=3, state="published", concerns="Robin, at the door.")
    await coordinator.send("/desk/slips", reach=session.id, form="place", count="3")

    answer = await coordinator.send(f"/desk/sessions/{session.id}", slips="2")

    assert answer.status_code == 409
    assert "3 places are given to slips" in answer.text


async def test_where_only_workers_come_the_way_is_told_to_slips_unless_a_coordinator_says_otherwise(
    coordinator: StaffBrowser,
) -> None:
    texts = await coordinator.form("/desk/sessions/new")

    assert texts["mode"] == ["usual"]


async def _open(client: Client, code: str) -> Any:
    """Use a slip at the one session there is, or at a new one."""
    session = await Session.first() or await make_session(starts_at=NOW.replace(day=26), slip_share=2)
    return await client.post("/slip", {"slip": code, "session": session.id})


def _without_ids(html: str) -> str:
    return re.sub(r'name="id" value="\w+"', "", html)
