from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.make import NOW, ZONE, make_area, make_venue
from tests.schedule.planning import WAY, at, keep, kept, later, make_plan, publish
from workshops.database.connection import Database
from workshops.database.fields import random_id
from workshops.errors import Absent, Refusal
from workshops.schedule.acting import Acting
from workshops.schedule.actions import cancel_session
from workshops.schedule.directions import session_directions
from workshops.schedule.models import Area, Venue
from workshops.schedule.plans import Way
from workshops.schedule.revision import current_revision
from workshops.schedule.rules import DirectionsMode, VenueKind
from workshops.schedule.venue_actions import add_area, add_venue, change_venue, facts_of
from workshops.schedule.venue_forms import DIRECTIONS_MOST, NO_ZONE, read_area, read_venue, texts_of_venue
from workshops.schedule.venue_rules import AreaExists, DirectionsInUse, VenueFacts, VenueInUse, ZoneInUse
from workshops.staff.models import StaffAction
from workshops.web.forms import NOT_PLAIN, TOO_LONG, Rejected

AREA = "0123456789ab"


def facts(**changes: Any) -> VenueFacts:
    return replace(VenueFacts("Back room", VenueKind.ROOM, AREA, ZONE, directions=WAY), **changes)


@pytest.fixture
async def venue(database: Database, acting: Acting) -> Venue:
    """A venue as `facts` describe it, in an area of its own."""
    venue_id = random_id()
    await add_venue(venue_id, facts(area_id=(await make_area()).id), acting)
    return await Venue.get(id=venue_id)


async def described(venue: Venue, acting: Acting, **changes: Any) -> Venue:
    """The venue after somebody changed how it is described."""
    await change_venue(venue.id, replace(facts_of(await Venue.get(id=venue.id), acting), **changes), acting)
    return await Venue.get(id=venue.id)


@pytest.mark.data
async def test_an_area_is_named_once_and_public_at_once(database: Database, acting: Acting) -> None:
    before = await current_revision()

    await add_area("Old harbour", acting)
    with pytest.raises(AreaExists):
        await add_area("Old harbour", acting)

    assert await Area.all().count() == 1
    assert await current_revision() == before + 1


@pytest.mark.data
async def test_a_venue_keeps_its_directions_sealed(venue: Venue, acting: Acting) -> None:
    assert facts_of(venue, acting) == facts(area_id=venue.area_id)
    assert venue.directions is not None
    assert WAY.encode() not in venue.directions


@pytest.mark.data
async def test_a_venue_form_sent_twice_adds_one_venue(database: Database, acting: Acting) -> None:
    area, venue_id = await make_area(), random_id()

    for _ in range(2):
        await add_venue(venue_id, facts(area_id=area.id), acting)

    assert await Venue.all().count() == 1
    assert await StaffAction.filter(verb="added venue").count() == 1


@pytest.mark.data
async def test_a_public_session_tells_the_new_way_at_once(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)

    await described(venue, acting, directions="The blue door.")

    session = await kept(session.id)
    assert session_directions(session, acting.vault) == "The blue door."
    assert (session.sequence, session.epoch) == (0, 0)


@pytest.mark.data
async def test_public_facts_of_a_venue_are_news_for_calendars(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)
    before = await current_revision()

    await described(venue, later(acting, NOW + timedelta(hours=2)), step_free=True)

    session = await kept(session.id)
    assert (session.sequence, session.modified_at) == (1, NOW + timedelta(hours=2))
    assert await current_revision() == before + 1


@pytest.mark.data
async def test_drafts_and_cancelled_sessions_are_told_nothing(venue: Venue, acting: Acting) -> None:
    draft = await keep(make_plan(venue), acting)
    cancelled = await publish(make_plan(venue), acting)
    await cancel_session(cancelled.id, acting)

    await described(venue, acting, directions="The blue door.", step_free=True)

    assert (await kept(draft.id)).directions is None
    assert session_directions(await kept(cancelled.id), acting.vault) == WAY
    assert (await kept(cancelled.id)).sequence == 1


@pytest.mark.data
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"zone": "Asia/Tokyo"}, ZoneInUse), ({"retired": True}, VenueInUse), ({"directions": ""}, DirectionsInUse)],
)
async def test_a_venue_with_coming_sessions_keeps_what_they_depend_on(
    venue: Venue, acting: Acting, changes: dict[str, Any], refusal: type[Refusal]
) -> None:
    await publish(make_plan(venue), acting)
    before = facts_of(venue, acting)

    with pytest.raises(refusal):
        await described(venue, acting, **changes)

    assert facts_of(await Venue.get(id=venue.id), acting) == before


@pytest.mark.data
async def test_a_venue_whose_way_is_on_slips_may_forget_its_directions(venue: Venue, acting: Acting) -> None:
    await publish(make_plan(venue, way=Way(DirectionsMode.SLIPS)), acting)

    assert (await described(venue, acting, directions="")).directions is None


@pytest.mark.data
async def test_a_retired_venue_forgets_its_directions(venue: Venue, acting: Acting) -> None:
    await publish(make_plan(venue, span=at(2)), acting)

    retired = await described(venue, later(acting, at(2).ends_at), retired=True)

    assert (retired.retired, retired.directions) == (True, None)
    assert await StaffAction.filter(verb="retired venue").count() == 1


@pytest.mark.data
async def test_an_unknown_venue_is_absent(database: Database, acting: Acting) -> None:
    with pytest.raises(Absent):
        await change_venue(random_id(), facts(area_id=(await make_venue()).area_id), acting)


@pytest.mark.parametrize(
    ("changes", "name", "message"),
    [
        ({"name": "Back\0room"}, "name", NOT_PLAIN),
        ({"name": "r" * 61}, "name", TOO_LONG),
        ({"kind": "castle"}, "kind", "This is not among the choices any more. Choose again."),
        ({"area": "zzzzzzzzzzzz"}, "area", "This is not among the choices any more. Choose again."),
        ({"zone": "Berlin"}, "zone", NO_ZONE),
        ({"zone": "../../etc/passwd"}, "zone", NO_ZONE),
        ({"last_transport": "\u202e"}, "last_transport", NOT_PLAIN),
        ({"directions": "door\0"}, "directions", NOT_PLAIN),
        ({"directions": "d" * (DIRECTIONS_MOST + 1)}, "directions", TOO_LONG),
    ],
)
def test_what_does_not_read_of_a_venue_is_a_fault_of_its_field(
    changes: dict[str, str], name: str, message: str
) -> None:
    texts = {**texts_of_venue(facts()), **changes}

    rejected = read_venue({field: [text] for field, text in texts.items()}, [AREA])

    assert isinstance(rejected, Rejected)
    assert {field: fault.message for field, fault in rejected.faults.items()} == {name: message}
    assert rejected.values == texts


def test_a_venue_form_that_nobody_touched_reads_back_as_the_same_venue() -> None:
    described = facts(directions="The green door.\nSecond bell.", step_free=True, keep_directions=True)
    texts = texts_of_venue(described)

    assert read_venue({name: [text] for name, text in texts.items()}, [AREA]) == described


@pytest.mark.parametrize("label", ["", " ", "a\0", "\u2066old", "o" * 61, "old\nharbour"])
def test_an_area_needs_a_plain_name(label: str) -> None:
    assert isinstance(read_area({"label": [label]}), Rejected)
