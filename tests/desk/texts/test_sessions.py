"""An evening keeps the text that it was published with, until a coordinator moves it on."""

from dataclasses import replace

import pytest

from tests.client import Client
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import TEXT, TOPIC, WHOLE, publish
from tests.make import make_venue
from tests.schedule.planning import kept, make_plan, tell_way
from tests.schedule.planning import publish as publish_session
from workshops.curricula.rules import Form
from workshops.schedule.acting import Acting
from workshops.schedule.models import Session, SessionFacilitator
from workshops.schedule.plans import Teaching
from workshops.schedule.revision import show_newest
from workshops.staff.models import Account

pytestmark = pytest.mark.data


@pytest.fixture
async def session(client: Client, acting: Acting) -> Session:
    """A coming evening that teaches the released text."""
    venue = await make_venue()
    await tell_way(venue, acting)
    teaching = Teaching("rest-and-routine", Form.STANDARD, "en")
    session = await publish_session(
        make_plan(venue, teaching=teaching), replace(acting, library=client.state["library"])
    )
    await show_newest(client.state["library"], client.state["memory"])
    return session


async def renamed(coordinator: StaffBrowser, **changes: str) -> None:
    """Publish the text under another title."""
    await coordinator.send(WHOLE, text=TEXT.replace('"Rest and routine"', '"Long nights"'), **changes)
    assert await publish(coordinator) == 303


async def test_an_evening_keeps_its_text_until_it_is_moved_on(
    client: Client, coordinator: StaffBrowser, session: Session
) -> None:
    page = f"/desk/sessions/{session.id}"
    before = (await coordinator.get(page)).text
    await renamed(coordinator)

    told, public = (await coordinator.get(page)).text, (await client.get(f"/sessions/{session.id}")).text
    answers = [await coordinator.send(page, f"{page}/text"), await coordinator.post(f"{page}/text", {})]
    after, moved = (await coordinator.get(page)).text, (await client.get(f"/sessions/{session.id}")).text

    changed = "The text was changed since"
    assert (changed in before, changed in told, changed in after) == (False, True, False)
    assert ("Long nights" in public, "Long nights" in moved) == (False, True)
    assert [each.status_code for each in answers] == [303, 303]


async def test_an_evening_whose_form_is_gone_says_why_it_cannot_move_on(
    coordinator: StaffBrowser, session: Session
) -> None:
    only_short = TEXT.replace("{short: 25, standard: 40}", "{short: 25}").replace(" standard=5", "")
    only_short = only_short.replace(" standard=25", "").replace(" standard=10", "")
    await coordinator.send(WHOLE, text=only_short)
    assert await publish(coordinator) == 303
    page = f"/desk/sessions/{session.id}"

    answer = await coordinator.send(page, f"{page}/text")

    assert answer.status_code == 409


async def test_the_guide_of_an_evening_is_the_one_it_was_published_with(
    client: Client, coordinator: StaffBrowser, facilitator: StaffBrowser, session: Session
) -> None:
    await SessionFacilitator.create(session=session, account=await Account.get(handle="sam"))
    await renamed(coordinator)
    run = (await facilitator.get(f"/desk/runs/{session.id}")).text
    edition = session.revision[:12]

    guide = await facilitator.get(f"{TOPIC}/guide?form=standard&edition={edition}")
    current = await facilitator.get(f"{TOPIC}/guide?form=standard")

    assert f"/guide?form=standard&amp;edition={edition}" in run
    assert f"/handout.pdf?form=standard&amp;edition={edition}" in run
    assert ("Long nights" in guide.text, "Long nights" in current.text) == (False, True)
    assert f"/guide.pdf?form=standard&amp;edition={edition}" in guide.text
    assert (await facilitator.get(f"{TOPIC}/guide?edition=000000000000")).status_code == 404


async def test_a_text_that_no_evening_teaches_any_more_is_asked_for_in_vain(
    facilitator: StaffBrowser, coordinator: StaffBrowser, session: Session
) -> None:
    await renamed(coordinator)
    page = f"/desk/sessions/{session.id}"
    await coordinator.send(page, f"{page}/text")
    now = (await kept(session.id)).revision[:12]

    old = await facilitator.get(f"{TOPIC}/guide?edition={session.revision[:12]}")
    new = await facilitator.get(f"{TOPIC}/guide?edition={now}")

    assert (old.status_code, new.status_code) == (404, 200)
