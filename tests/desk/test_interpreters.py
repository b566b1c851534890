"""Interpreters: offered until a day, asked for by a tick, summed for coordinators, named for who runs the evening."""

from datetime import date, timedelta

import pytest

from tests.client import Client
from tests.desk.browser import StaffBrowser
from tests.make import make_session, make_venue
from tests.schedule.planning import at, make_plan, publish, tell_way
from workshops.registration.models import Place
from workshops.schedule.acting import Acting
from workshops.schedule.interpreting import Interpreting
from workshops.schedule.models import Session

pytestmark = pytest.mark.data

LAST_DAY = date(2026, 10, 24)  # the day after tests begin
INTERPRETING = Interpreting(("es", "ar"), LAST_DAY)


@pytest.fixture
async def session(acting: Acting) -> Session:
    """A session that is interpreted on request, and run by sam."""
    venue = await make_venue()
    await tell_way(venue, acting)
    return await publish(make_plan(venue, span=at(72), facilitators=("sam",), interpreting=INTERPRETING), acting)


async def kept() -> list[tuple[str, int]]:
    return [(place.interpreters, place.needs) for place in await Place.all().order_by("interpreters")]


async def test_the_form_offers_the_languages_by_their_own_names_and_keeps_what_is_ticked(
    client: Client, session: Session
) -> None:
    form = (await client.get(f"/sessions/{session.id}/take")).text

    await client.take(session, interpreter=["ar"], need=["STEP_FREE"])

    assert 'name="interpreter" value="es"' in form
    assert '<span lang="es">español</span>' in form
    assert await kept() == [("ar", 1 | 2)]


async def test_what_is_not_offered_is_not_kept(client: Client, session: Session) -> None:
    await client.take(session, interpreter=["fr", "es'", "", "\0", "es"], need=["INTERPRETER"])
    await client.take(await make_session(), interpreter=["es"])

    assert await kept() == [("", 0), ("es", 2)]


async def test_after_the_last_day_no_interpreter_is_offered_or_kept(client: Client, session: Session) -> None:
    client.clock.now += timedelta(hours=27, minutes=50)  # ten minutes to midnight of the last day in Berlin
    form = await client.place_form(session)
    in_time = await client.post_form(form, interpreter=["es"])
    client.clock.now += timedelta(minutes=11)

    page = (await client.get(f"/sessions/{session.id}/take")).text
    await client.take(session, interpreter=["es"])

    assert in_time.placed
    assert 'name="interpreter"' not in page
    assert await kept() == [("", 0), ("es", 2)]


async def test_a_stale_form_comes_back_with_the_language_ticked(client: Client, session: Session) -> None:
    form = await client.place_form(session)
    client.clock.now += timedelta(minutes=31)

    late = await client.post_form(form, interpreter=["es"])

    assert 'value="es" autocomplete="off" checked' in late.response.text
    assert 'value="ar" autocomplete="off" checked' not in late.response.text


async def test_the_public_page_says_what_can_be_booked_and_until_when(client: Client, session: Session) -> None:
    page = (await client.get(f"/sessions/{session.id}")).text

    assert '<span lang="es">español</span>, <span lang="ar">العربية</span>' in page
    assert "until Saturday 24 October" in page


async def test_coordinators_see_sums_and_facilitators_see_what_to_arrange_without_numbers(
    client: Client, coordinator: StaffBrowser, facilitator: StaffBrowser, session: Session
) -> None:
    for _ in range(3):
        await client.take(session, interpreter=["es"], need=["STEP_FREE"])

    sums = (await coordinator.get(f"/desk/sessions/{session.id}")).text
    runs = [(await facilitator.get(path)).text for path in ("/desk", f"/desk/runs/{session.id}")]

    three = '(<bdi dir="ltr">3</bdi>)'
    assert f'A way in without steps {three}, An interpreter: <span lang="es">español</span> {three}' in sums
    for page in runs:
        assert '<dd>A way in without steps, An interpreter: <span lang="es">español</span></dd>' in page
        assert three not in page


async def test_nobody_else_sees_what_is_ticked(
    client: Client, coordinator: StaffBrowser, facilitator: StaffBrowser, session: Session, acting: Acting
) -> None:
    venue = await make_venue()
    await tell_way(venue, acting)
    theirs = await publish(make_plan(venue), acting)
    await client.take(theirs, need=["HEARING_LOOP"])
    refused = await facilitator.get(f"/desk/sessions/{theirs.id}")
    pages = [await facilitator.get("/desk"), await client.get(f"/sessions/{theirs.id}"), await client.get("/")]

    assert refused.status_code == 404
    assert not any("hearing loop" in page.text.lower() for page in pages)


async def test_a_coordinator_types_languages_as_codes_and_the_last_day(
    client: Client, coordinator: StaffBrowser, session: Session
) -> None:
    page = f"/desk/sessions/{session.id}"

    saved = await coordinator.send(page, interpreters="th, uk", interpreters_until="2026-10-25")
    wrong = [
        await coordinator.send(page, interpreters="th xx", interpreters_until="2026-10-25"),
        await coordinator.send(page, interpreters="es ar th uk fr", interpreters_until="2026-10-25"),
        await coordinator.send(page, interpreters="th", interpreters_until=""),
        await coordinator.send(page, interpreters="th", interpreters_until="2026-11-25"),
    ]
    none = await coordinator.send(page, interpreters="", interpreters_until="2026-10-25")

    assert saved.status_code == none.status_code == 303
    assert [answer.status_code for answer in wrong] == [422] * 4
    assert "at most 4 languages" in wrong[0].text
    assert "lies after the evening" in wrong[3].text
    assert (await Session.get(id=session.id)).interpreters_until is None
