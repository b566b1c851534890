import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.client import Client, open_client
from tests.desk.browser import StaffBrowser
from tests.desk.conftest import QueryCounter
from tests.make import NOW, make_session, make_venue
from tests.schedule.planning import WAY, make_plan, publish, tell_way
from tests.staff.people import COORDINATOR, signed_in_token
from workshops.curricula.rules import short_id
from workshops.schedule.acting import Acting
from workshops.schedule.models import Session, SessionFacilitator, Venue
from workshops.schedule.plans import Way
from workshops.settings import Settings
from workshops.staff.models import Account, Invitation, StaffAction
from workshops.staff.queries import find_invitation
from workshops.staff.rules import Role
from workshops.staff.tokens import read_invitation_token
from workshops.vault import open_vault

COORDINATORS_ONLY = [
    "/desk/sessions/new",
    "/desk/venues",
    "/desk/venues/new",
    "/desk/invitations",
]


@pytest.fixture
async def venue(acting: Acting) -> Venue:
    return await told(acting)


async def told(acting: Acting) -> Venue:
    """A venue with directions."""
    venue = await make_venue(name="Back room")
    await tell_way(venue, acting)
    return venue


async def run_by(handle: str, venue: Venue, acting: Acting) -> Session:
    """A published session that somebody runs."""
    return await publish(make_plan(venue, facilitators=(handle,), way=Way(word="lantern")), acting)


async def test_a_facilitator_sees_what_to_bring_and_where_to_go_for_their_own_evenings_only(
    client: Client, facilitator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    session = await run_by("sam", venue, acting)
    await make_session(venue=venue, evening_word="anvil")
    for need in ("CHILD_CARE", "CHILD_CARE", "LARGE_PRINT"):
        await client.take(session, need=need)

    page = (await facilitator.get("/desk")).text

    assert all(text in page for text in (WAY, "lantern", "Back room"))
    assert "<dd>Child care, Large print</dd>" in page
    assert f"/topics/{short_id('know-your-rights')}/guide?form=standard" in page
    assert "anvil" not in page
    assert "/desk/sessions/" not in page


async def test_the_links_of_a_run_lead_somewhere(facilitator: StaffBrowser, venue: Venue, acting: Acting) -> None:
    await run_by("sam", venue, acting)
    page = (await facilitator.get("/desk")).text
    guide = f"/topics/{short_id('know-your-rights')}/guide?form=standard"

    answer = await facilitator.get(guide)

    assert guide in page
    assert answer.status_code == 200


async def test_a_frozen_evening_tells_nobody_the_way(facilitator: StaffBrowser, venue: Venue, acting: Acting) -> None:
    await run_by("sam", venue, acting)
    await Session.all().update(frozen=True)

    page = (await facilitator.get("/desk")).text

    assert WAY not in page
    assert "lantern" not in page


async def test_a_coordinator_sees_drafts_and_how_full_evenings_are(
    client: Client, coordinator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    session = await run_by("sam", venue, acting)
    draft = await make_session(state="draft", capacity=7)
    await client.take(session)

    page = (await coordinator.get("/desk")).text

    assert '<bdi dir="ltr">1</bdi> of <bdi dir="ltr">10</bdi> places given' in page
    assert '<bdi dir="ltr">0</bdi> of <bdi dir="ltr">7</bdi> places given' in page
    assert all(f"/desk/sessions/{each.id}" in page for each in (session, draft))
    assert WAY not in page


async def test_who_runs_evenings_finds_every_guide_before_any_evening_is_theirs(
    client: Client, facilitator: StaffBrowser, acting: Acting
) -> None:
    reporter = StaffBrowser(client, await signed_in_token(acting.vault, "kim", {Role.REPORTER}, NOW))
    guide = f"/topics/{short_id('know-your-rights')}/guide"

    page = (await facilitator.get("/desk")).text

    assert f'href="{guide}"' in page
    assert f'href="{guide}.pdf"' in page
    assert (await facilitator.get(guide)).status_code == 200
    assert guide not in (await reporter.get("/desk")).text


async def test_an_evening_that_is_over_leaves_the_desk(client: Client, venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)
    client.clock.now = session.ends_at + timedelta(hours=7)
    both = {Role.COORDINATOR, Role.FACILITATOR}
    kim = StaffBrowser(client, await signed_in_token(acting.vault, "kim", both, client.clock.now))
    await SessionFacilitator.create(session=session, account=await Account.get(handle="kim"))

    page = (await kim.get("/desk")).text

    assert session.id not in page
    assert WAY not in page


@pytest.mark.parametrize("path", COORDINATORS_ONLY)
async def test_pages_for_coordinators_are_absent_for_facilitators(facilitator: StaffBrowser, path: str) -> None:
    assert (await facilitator.get(path)).status_code == 404


async def test_a_facilitator_cannot_change_publish_or_cancel(
    facilitator: StaffBrowser, venue: Venue, acting: Acting
) -> None:
    session = await run_by("sam", venue, acting)
    page = f"/desk/sessions/{session.id}"

    answers = [await facilitator.post(path, {"a": "b"}) for path in (page, f"{page}/publish", f"{page}/cancel")]

    assert {answer.status_code for answer in answers} == {404}
    assert (await Session.get()).state == "published"


async def test_strangers_are_sent_to_the_door_and_other_sites_are_refused(
    client: Client, coordinator: StaffBrowser
) -> None:
    session = await make_session()
    page = f"/desk/sessions/{session.id}"

    stranger = await client.get(page)
    cross_site = await client.post(f"{page}/cancel", {}, headers={"sec-fetch-site": "cross-site"})
    silent = await client.post(f"{page}/cancel", {})

    assert (stranger.status_code, stranger.headers["location"]) == (303, "/staff")
    assert (cross_site.status_code, silent.status_code) == (403, 403)
    assert (await Session.get()).state == "published"


async def test_pages_of_the_desk_are_kept_nowhere(coordinator: StaffBrowser, venue: Venue, acting: Acting) -> None:
    session = await run_by("robin", venue, acting)
    paths = ["/desk", f"/desk/sessions/{session.id}", f"/desk/sessions/{session.id}/cancel", f"/desk/venues/{venue.id}"]

    for path in (*paths, *COORDINATORS_ONLY):
        answer = await coordinator.get(path)
        assert (path, answer.status_code, answer.headers["cache-control"]) == (path, 200, "no-store")


async def test_teaching_files_that_do_not_read_are_listed_to_coordinators(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "curricula"
    (folder / "half-done").mkdir(parents=True)
    (folder / "half-done" / "en.md").write_text("---\nid: half-done\n---\n")
    async with open_client(settings.model_copy(update={"curricula_dir": folder}), NOW) as client:
        vault = open_vault(settings.key_dir)
        assert vault is not None
        coordinator = StaffBrowser(client, await signed_in_token(vault, "robin", COORDINATOR, NOW))

        page = await coordinator.get("/desk")

    assert page.status_code == 200
    assert "half-done/en.md:" in page.text


async def test_the_desk_costs_the_same_queries_for_one_evening_and_for_three(
    client: Client, coordinator: StaffBrowser, venue: Venue, acting: Acting, queries: QueryCounter
) -> None:
    await run_by("robin", venue, acting)
    one = await queries.of(coordinator.get("/desk"))
    for _ in range(2):
        await run_by("robin", await told(acting), acting)

    three = await queries.of(coordinator.get("/desk"))

    assert 0 < one == three


async def test_an_invitation_is_shown_once_and_makes_an_account_with_its_roles(
    client: Client, coordinator: StaffBrowser, acting: Acting
) -> None:
    answer = await coordinator.send("/desk/invitations", facilitator="yes")

    code = "".join(re.findall(r"<span>(\w{5})</span>", answer.text))
    token = read_invitation_token(code)
    assert token is not None
    invitation = await find_invitation(token, acting.vault, NOW)
    assert invitation is not None
    assert invitation.roles == {Role.FACILITATOR}
    assert await StaffAction.filter(handle="robin", verb="invited").count() == 1
    assert code not in (await coordinator.get("/desk/invitations")).text


@pytest.mark.parametrize("fields", [{"a": "b"}, {"owner": "yes"}, {"facilitator": ""}])
async def test_an_invitation_to_nothing_is_sent_back(coordinator: StaffBrowser, fields: dict[str, str]) -> None:
    answer = await coordinator.post("/desk/invitations", fields)

    assert answer.status_code == 422
    assert "Tick at least one" in answer.text
    assert not await Invitation.exists()
