"""Hiding everything, deleting everything, and a clock that jumped, as coordinators meet them."""

from datetime import timedelta

import pytest

from tests.client import Client, Receipt
from tests.desk.browser import StaffBrowser
from tests.make import NOW, make_session, make_venue
from tests.schedule.planning import WAY, make_plan, publish, tell_way
from tests.staff.people import COORDINATOR, signed_in_token
from workshops.app import TABLE
from workshops.registration.codes import check_digit
from workshops.registration.deletion import delete_everything
from workshops.registration.models import Place, Registration, UsedNonce
from workshops.schedule.acting import Acting
from workshops.schedule.models import Schedule, Session, SessionSum, Venue
from workshops.schedule.plans import Way
from workshops.settings import Settings
from workshops.staff.models import StaffAction
from workshops.upkeep import sweep
from workshops.web.table import Audience, Declared

pytestmark = pytest.mark.data
BEARING_A_CODE = [each for each in TABLE if each.audience is Audience.CODE]
UNKNOWN = "123456789012345" + str(check_digit("123456789012345"))
HIDDEN = "not available at present"


async def evening(acting: Acting) -> Session:
    """A published session whose way there is told now, run by sam."""
    venue = await make_venue(name="Back room", keep_directions=True)
    await tell_way(venue, acting)
    plan = make_plan(venue, facilitators=("sam",), way=Way(word="lantern", opens_before=30 * 24 * 60))
    return await publish(plan, acting)


async def taken(client: Client, session: Session) -> Receipt:
    receipt = await client.take(session)
    assert receipt.placed
    return receipt


async def public_texts(client: Client, session: Session) -> list[str]:
    paths = ("/", f"/sessions/{session.id}", "/calendar.ics", f"/sessions/{session.id}.ics")
    return [(await client.get(path)).text for path in paths]


async def test_hiding_takes_everything_off_pages_and_feeds_at_once_and_can_be_undone(
    client: Client, coordinator: StaffBrowser, acting: Acting
) -> None:
    session = await evening(acting)
    before = await public_texts(client, session)

    await coordinator.post("/desk/freeze", {})
    hidden = await public_texts(client, session)
    await coordinator.post("/desk/thaw", {})

    assert all(session.id in text or "BEGIN:VEVENT" in text for text in before)
    assert not any(session.id in text or "BEGIN:VEVENT" in text for text in hidden)
    assert await public_texts(client, session) == before


async def test_while_hidden_every_code_gets_the_same_answer_and_nothing_changes(
    client: Client, coordinator: StaffBrowser, acting: Acting
) -> None:
    session = await evening(acting)
    code = (await taken(client, session)).code
    form = await client.place_form(session)
    await coordinator.post("/desk/freeze", {})

    opened = [await client.open_place(each) for each in (code, UNKNOWN, "1")]
    cancelled = [await client.cancel(each) for each in (code, UNKNOWN)]
    tried = await client.post(form.action, form.fields)

    assert {answer.status_code for answer in (*opened, *cancelled, tried)} == {409}
    assert len({answer.content for answer in (*opened, *cancelled)}) == 2  # the page names its own address
    assert all(HIDDEN in answer.text for answer in (*opened, tried))
    assert await Place.all().count() == 1
    await coordinator.post("/desk/thaw", {})
    assert WAY in (await client.open_place(code)).text
    assert Receipt(await client.post(form.action, form.fields)).placed


@pytest.mark.parametrize("declared", BEARING_A_CODE, ids=lambda declared: declared.name)
async def test_while_hidden_every_press_that_bears_a_code_gets_one_answer_whatever_it_bears_and_changes_nothing(
    client: Client, coordinator: StaffBrowser, acting: Acting, declared: Declared
) -> None:
    session = await evening(acting)
    code, form = (await taken(client, session)).code, await client.place_form(session)
    path = declared.path.replace("{session_id:id}", session.id)
    before = await Place.all().values()
    await coordinator.post("/desk/freeze", {})
    more = {"nonce": form.fields["nonce"], "session": session.id, "last": code[-4:], "title": "meeting"}

    answers = [await client.post(path, {**more, "code": each, "slip": each}) for each in (code, UNKNOWN, "1")]
    answers.append(await client.post(path, {"nonce": "x"}))

    assert {answer.status_code for answer in answers} == {409}
    assert len({answer.content for answer in answers}) == 1
    assert HIDDEN in answers[0].text
    assert await Place.all().values() == before


async def test_while_hidden_who_runs_an_evening_and_who_coordinates_are_told_no_way_either(
    coordinator: StaffBrowser, facilitator: StaffBrowser, acting: Acting
) -> None:
    session = await evening(acting)
    assert WAY in (await facilitator.get("/desk")).text
    await coordinator.post("/desk/freeze", {})

    page = (await facilitator.get("/desk")).text
    venue = await coordinator.get(f"/desk/venues/{session.venue_id}")

    assert WAY not in page
    assert "lantern" not in page
    assert (venue.status_code, WAY in venue.text) == (409, False)


async def test_while_hidden_the_form_for_a_place_is_refused_like_everything_else_whether_there_is_one_or_not(
    client: Client, coordinator: StaffBrowser, acting: Acting
) -> None:
    session = await evening(acting)
    await coordinator.post("/desk/freeze", {})

    known, unknown = [await client.get(f"/sessions/{each}/take") for each in (session.id, "zzzzzzzzzz")]
    await coordinator.post("/desk/thaw", {})

    assert [known.status_code, unknown.status_code] == [409, 409]
    assert HIDDEN in known.text
    assert known.text.replace(session.id, "zzzzzzzzzz") == unknown.text
    assert (await client.get("/sessions/zzzzzzzzzz/take")).status_code == 404
    assert (await client.get(f"/sessions/{session.id}/take")).status_code == 200


async def test_while_hidden_staff_give_no_places_by_call_or_by_slip(
    client: Client, coordinator: StaffBrowser, acting: Acting
) -> None:
    session = await make_session(slip_share=3)
    path = f"/desk/sessions/{session.id}/places"
    call, slips = await coordinator.form(path), await coordinator.form("/desk/slips")
    await coordinator.post("/desk/freeze", {})

    asked = await coordinator.get(path)
    called = await coordinator.post(path, call)
    printed = await coordinator.post("/desk/slips", {**slips, "reach": session.id, "form": "place", "count": "2"})

    assert [answer.status_code for answer in (asked, called, printed)] == [409, 409, 409]
    assert await Place.all().count() == 0
    await coordinator.post("/desk/thaw", {})
    assert (await coordinator.post(path, call)).status_code == 200
    assert await Place.all().count() == 1


async def test_only_coordinators_hide_delete_and_confirm(client: Client, facilitator: StaffBrowser) -> None:
    paths = ("freeze", "thaw", "clock", "delete", "delete/stop")

    answers = [await facilitator.post(f"/desk/{path}", {}) for path in paths]

    assert {answer.status_code for answer in answers} == {404}
    assert await Schedule.filter(frozen=False, deletion_due=None).count() == 1


async def test_what_was_asked_to_be_deleted_is_hidden_at_once_and_gone_a_quarter_of_an_hour_later(
    client: Client, settings: Settings, coordinator: StaffBrowser, acting: Acting
) -> None:
    session = await evening(acting)
    code = (await taken(client, session)).code
    form = await client.place_form(session)
    page = await coordinator.get("/desk/delete")

    await coordinator.post("/desk/delete", {})
    early = await sweep(settings, NOW + timedelta(minutes=14))
    still = await Place.all().count()
    late = await sweep(settings, NOW + timedelta(minutes=15))

    assert "legal demand" in page.text
    assert HIDDEN in (await client.open_place(code)).text
    assert (early.emptied, late.emptied, still) == (False, True, 1)
    assert [await model.all().count() for model in (Place, Registration, UsedNonce)] == [0, 0, 0]
    assert await Session.filter(directions=None, taken=0, waiting=0, evening_word="").count() == 1
    assert await Venue.filter(directions__not_isnull=True).count() == 0
    assert (await Schedule.get()).frozen
    await coordinator.post("/desk/thaw", {})
    assert "no place for this number" in (await client.open_place(code)).text
    assert (await client.post(form.action, form.fields)).status_code == 409


async def test_any_coordinator_can_stop_a_deletion_and_showing_again_takes_that_first(
    client: Client, settings: Settings, coordinator: StaffBrowser, acting: Acting
) -> None:
    code = (await taken(client, await evening(acting))).code
    await coordinator.post("/desk/delete", {})

    refused = await coordinator.post("/desk/thaw", {})
    await coordinator.post("/desk/delete/stop", {})
    swept = await sweep(settings, NOW + timedelta(minutes=30))
    await coordinator.post("/desk/thaw", {})

    assert refused.status_code == 409
    assert not swept.emptied
    assert WAY in (await client.open_place(code)).text
    verbs = await StaffAction.filter(handle="robin").values_list("verb", flat=True)
    assert sorted(str(verb) for verb in verbs)[-4:] == [
        "published session",
        "showed everything",
        "started deletion",
        "stopped deletion",
    ]


async def test_a_deletion_that_was_stopped_at_the_last_moment_deletes_nothing(client: Client) -> None:
    await client.take(await make_session())

    deleted = await delete_everything(NOW)

    assert deleted is None
    assert await Place.all().count() == 1


async def test_asking_twice_does_not_put_the_deletion_off(client: Client, coordinator: StaffBrowser) -> None:
    await coordinator.post("/desk/delete", {})
    client.clock.now = NOW + timedelta(minutes=10)

    await coordinator.post("/desk/delete", {})

    assert (await Schedule.get()).deletion_due == NOW + timedelta(minutes=15)


async def test_deleting_writes_the_sums_of_evenings_that_are_over_and_leaves_the_others_to_be_taken_again(
    client: Client, settings: Settings, coordinator: StaffBrowser
) -> None:
    over, coming = await make_session(starts_at=NOW + timedelta(hours=1)), await make_session(capacity=1)
    await client.take(over)
    await client.take(coming)
    client.clock.now = NOW + timedelta(hours=5)
    await coordinator.post("/desk/delete", {})

    await sweep(settings, NOW + timedelta(hours=6))
    client.clock.now = NOW + timedelta(hours=6)
    await coordinator.post("/desk/thaw", {})

    assert await SessionSum.all().values_list("session_id", "confirmed") == [(over.id, 1)]
    assert (await client.take(coming)).placed


async def test_after_a_jump_of_the_clock_nothing_is_deleted_or_told_until_somebody_confirms_it(
    client: Client, settings: Settings, acting: Acting
) -> None:
    session, jump = await evening(acting), timedelta(days=7)
    await Session.filter(id=session.id).update(starts_at=NOW + jump, ends_at=NOW + jump + timedelta(hours=1))
    code = (await taken(client, session)).code
    await sweep(settings, NOW)
    client.clock.now = NOW + jump - timedelta(minutes=30)
    coordinator = StaffBrowser(client, await signed_in_token(acting.vault, "kim", COORDINATOR, client.clock.now))

    swept = await sweep(settings, client.clock.now)
    desk, page = await coordinator.get("/desk"), await client.open_place(code)
    deletion = await coordinator.post("/desk/delete", {})
    marks = await UsedNonce.all().count()
    await coordinator.post("/desk/clock", {})
    believed = await sweep(settings, client.clock.now)

    assert (swept.doubted, believed.doubted, marks) == (True, False, 1)
    assert "The clock has jumped" in desk.text
    assert WAY not in page.text
    assert deletion.status_code == 409
    assert await UsedNonce.all().count() == 0
    assert "The clock has jumped" not in (await coordinator.get("/desk")).text
    assert WAY in (await client.open_place(code)).text


async def test_a_clock_that_went_back_is_doubted_too(
    client: Client, settings: Settings, coordinator: StaffBrowser
) -> None:
    await sweep(settings, NOW)
    client.clock.now = NOW - timedelta(hours=49)

    swept = await sweep(settings, client.clock.now)

    assert swept.doubted
    await coordinator.post("/desk/clock", {})
    assert not (await sweep(settings, client.clock.now)).doubted


async def test_a_hold_does_not_lapse_by_a_clock_that_jumped(client: Client, settings: Settings) -> None:
    session = await make_session(capacity=1, starts_at=NOW + timedelta(days=6))
    seated = (await client.take(session)).code
    head = (await client.take(session)).code
    await client.cancel(seated)
    await sweep(settings, NOW)
    client.clock.now = NOW + timedelta(days=3)

    page = await client.open_place(head)

    assert "place for this number" not in page.text
    assert await Place.filter(state="confirmed").count() == 1


async def test_a_day_and_a_half_of_downtime_is_caught_up_with_at_the_first_sweep(
    client: Client, settings: Settings
) -> None:
    session = await make_session(starts_at=NOW + timedelta(hours=1))
    await client.take(session)
    await sweep(settings, NOW)

    swept = await sweep(settings, NOW + timedelta(hours=47))

    assert (swept.doubted, swept.forgotten) == (False, 1)
    assert await Registration.all().count() == 0
