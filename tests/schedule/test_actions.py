import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.curricula.written import curriculum_text
from tests.make import NOW, make_venue
from tests.schedule.planning import WAY, at, keep, kept, later, make_plan, publish, tell_way
from tests.staff.people import make_account
from workshops.curricula.actions import Saving, keep_edition, publish_revision, save_revision
from workshops.curricula.models import Edition
from workshops.curricula.rules import Form
from workshops.curricula.state import Library
from workshops.curricula.texts import digest_of_text
from workshops.database.connection import Database, transaction
from workshops.database.fields import random_id
from workshops.errors import Absent
from workshops.schedule.acting import Acting
from workshops.schedule.actions import (
    add_session,
    cancel_session,
    change_session,
    locked_session,
    move_text_on,
    publish_session,
)
from workshops.schedule.directions import session_directions
from workshops.schedule.models import Series, Session, Venue
from workshops.schedule.plan_rows import plan_of
from workshops.schedule.plans import Answers, Plan, Shares, Teaching, Way
from workshops.schedule.publishing import (
    ChangedMeanwhile,
    EveningOver,
    Missing,
    NotReady,
    PlacesGiven,
    StaysCancelled,
)
from workshops.schedule.queries import Wanted, coming_sessions
from workshops.schedule.revision import current_revision, forget_texts, lock_schedule, taught_editions
from workshops.schedule.rules import DirectionsMode, SessionState
from workshops.staff.models import StaffAction

pytestmark = pytest.mark.data


@pytest.fixture
async def venue(database: Database, acting: Acting) -> Venue:
    """A venue with directions."""
    venue = await make_venue()
    await tell_way(venue, acting)
    return venue


async def change(session: Session, plan: Plan, acting: Acting, *, seen: str | None = None) -> Session:
    """Save another plan, having seen the one that is kept."""
    async with transaction():
        await change_session(await locked_session(session.id), plan, seen or plan_of(session).mark, acting)
    return await kept(session.id)


async def test_a_draft_keeps_all_that_was_planned_and_is_on_no_public_page(venue: Venue, acting: Acting) -> None:
    await make_account("robin")
    await make_account("sam")
    plan = make_plan(venue, facilitators=("robin", "sam"), series="spring", shares=Shares(12, 3))
    before = await current_revision()

    session = await keep(plan, acting)

    assert plan_of(session) == plan
    assert (session.state, session.registrable, session.queue_limit, session.letter) == ("draft", 9, 12, "A")
    assert session.modified_at == NOW.replace(minute=0)
    assert await coming_sessions(Wanted(), NOW) == []
    assert await current_revision() == before


async def test_a_form_sent_twice_adds_one_session(venue: Venue, acting: Acting) -> None:
    session_id, plan = random_id(), make_plan(venue)

    await asyncio.gather(*(add_session(session_id, plan, acting) for _ in range(3)))

    assert await Session.all().count() == 1
    assert await StaffAction.filter(verb="added session").count() == 1


async def test_two_coordinators_at_once_never_give_one_letter_twice(venue: Venue, acting: Acting) -> None:
    await asyncio.gather(*(add_session(random_id(), make_plan(venue), acting) for _ in range(6)))

    letters = await Session.all().values_list("letter", flat=True)
    assert sorted(map(str, letters)) == ["A", "B", "C", "D", "E", "F"]


async def test_letters_begin_anew_with_each_night_and_the_small_hours_belong_to_it(
    venue: Venue, acting: Acting
) -> None:
    sessions = [await keep(make_plan(venue, span=at(hours)), acting) for hours in (2, 6, 26)]

    assert [session.letter for session in sessions] == ["A", "B", "A"]


async def test_a_published_session_stands_on_the_public_pages_with_a_copy_of_the_way(
    venue: Venue, acting: Acting
) -> None:
    draft = await keep(make_plan(venue), acting)
    before = await current_revision()

    await publish_session(draft.id, acting)
    await publish_session(draft.id, acting)

    session = await kept(draft.id)
    assert [each.id for each in await coming_sessions(Wanted(), NOW)] == [session.id]
    assert session_directions(session, acting.vault) == WAY
    assert session.directions != venue.directions
    assert session.revision == acting.catalogue.curricula["know-your-rights"]["en"].digest
    assert (session.sequence, session.epoch) == (0, 0)
    assert await current_revision() == before + 1
    assert await StaffAction.all().order_by("verb").values_list("handle", "verb", "day") == [
        ("robin", "added session", date(2026, 10, 23)),
        ("robin", "published session", date(2026, 10, 23)),
    ]


async def test_few_seats_are_few_from_the_first_moment(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue, shares=Shares(2)), acting)

    assert session.availability == "few"


async def test_what_is_not_ready_stays_a_draft(database: Database, acting: Acting) -> None:
    draft = await keep(make_plan(await make_venue(), answers=Answers()), acting)
    before = await current_revision()

    with pytest.raises(NotReady) as refusal:
        await publish_session(draft.id, acting)

    assert refusal.value.missing == [Missing.DIRECTIONS, Missing.CONCERNS]
    assert (await kept(draft.id)).state == "draft"
    assert await current_revision() == before


async def test_unknown_sessions_are_absent(database: Database, acting: Acting) -> None:
    with pytest.raises(Absent):
        await publish_session("0123456789ab", acting)


async def test_another_time_reaches_calendars_and_voids_open_forms(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)
    before = await current_revision()
    afterwards = later(acting, NOW + timedelta(hours=3, minutes=20))

    changed = await change(session, make_plan(venue, span=at(50)), afterwards)

    assert (changed.sequence, changed.epoch, changed.span) == (1, 1, at(50))
    assert changed.modified_at == NOW + timedelta(hours=3)
    assert await current_revision() == before + 1


async def test_another_word_of_the_evening_is_no_news_for_calendars(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)

    changed = await change(session, make_plan(venue, way=Way(word="lantern")), later(acting, NOW + timedelta(hours=3)))

    assert (changed.evening_word, changed.sequence, changed.epoch) == ("lantern", 0, 0)
    assert changed.modified_at == session.modified_at


async def test_saving_the_same_plan_again_changes_nothing(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)
    before = await current_revision()

    again = await change(session, make_plan(venue), acting, seen="whatever was seen")

    assert (again.sequence, again.epoch, await current_revision()) == (0, 0, before)
    assert not await StaffAction.filter(verb="changed session").exists()


async def test_a_draft_changes_without_a_word_to_anybody(venue: Venue, acting: Acting) -> None:
    draft = await keep(make_plan(venue), acting)
    before = await current_revision()

    changed = await change(draft, make_plan(venue, span=at(50), answers=Answers()), acting)

    assert (changed.sequence, changed.epoch, await current_revision()) == (0, 0, before)
    assert changed.concerns == ""


async def test_the_second_of_two_coordinators_does_not_undo_what_the_first_saved(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)
    await change(session, make_plan(venue, span=at(50)), acting)

    with pytest.raises(ChangedMeanwhile):
        await change(session, make_plan(venue, shares=Shares(20)), acting, seen=plan_of(session).mark)

    assert (await kept(session.id)).span == at(50)


async def test_a_change_must_not_take_away_what_public_pages_need(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)
    nowhere = await make_venue()

    with pytest.raises(NotReady) as refusal:
        await change(session, make_plan(nowhere, answers=Answers()), acting)

    assert refusal.value.missing == [Missing.DIRECTIONS, Missing.CONCERNS]
    assert plan_of(await kept(session.id)) == make_plan(venue)


async def test_an_evening_that_has_begun_may_still_be_changed(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)

    changed = await change(session, make_plan(venue, way=Way(word="lantern")), later(acting, at(49).starts_at))

    assert changed.evening_word == "lantern"


async def test_a_teaching_file_that_broke_does_not_stop_other_changes(
    venue: Venue, acting: Acting, tmp_path: Path
) -> None:
    session = await publish(make_plan(venue), acting)
    nothing = acting.settings.model_copy(update={"curricula_dir": tmp_path})
    broken = replace(acting, library=Library(nothing))

    changed = await change(session, make_plan(venue, span=at(50)), broken)

    assert changed.span == at(50)


async def test_another_venue_brings_its_own_directions(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)
    other = await make_venue()
    await tell_way(other, acting, "Up the stairs.")

    changed = await change(session, make_plan(other), acting)

    assert session_directions(changed, acting.vault) == "Up the stairs."
    assert (changed.sequence, changed.epoch) == (1, 1)


async def test_another_topic_is_published_with_its_own_revision(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)

    changed = await change(session, make_plan(venue, teaching=Teaching("de-escalation", Form.SHORT, "en")), acting)

    assert changed.revision == acting.catalogue.curricula["de-escalation"]["en"].digest


async def test_a_session_that_moves_to_a_night_where_its_letter_is_taken_gets_another(
    venue: Venue, acting: Acting
) -> None:
    await publish(make_plan(venue, span=at(48)), acting)
    session = await publish(make_plan(venue, span=at(24)), acting)

    changed = await change(session, make_plan(venue, span=at(49)), acting)

    assert (session.letter, changed.letter) == ("A", "B")


async def test_fewer_places_than_are_given_are_refused_with_their_number(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)
    await Session.filter(id=session.id).update(taken=7)

    with pytest.raises(PlacesGiven) as refusal:
        await change(session, make_plan(venue, shares=Shares(9, 3)), acting)
    changed = await change(session, make_plan(venue, shares=Shares(9, 2)), acting)

    assert refusal.value.places == {"taken": 7}
    assert (changed.registrable, changed.taken) == (7, 7)


async def test_facilitators_come_and_go(venue: Venue, acting: Acting) -> None:
    for handle in ("kim", "robin", "sam"):
        await make_account(handle)
    session = await keep(make_plan(venue, facilitators=("kim", "robin")), acting)

    changed = await change(session, make_plan(venue, facilitators=("kim", "sam")), acting)

    assert plan_of(changed).facilitators == ("kim", "sam")


async def test_sessions_of_one_series_share_its_row(venue: Venue, acting: Acting) -> None:
    for hours in (24, 48):
        await keep(make_plan(venue, span=at(hours), series="spring"), acting)

    assert await Series.all().count() == 1


async def test_a_cancelled_session_stays_visible_with_the_places_it_had(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)
    await Session.filter(id=session.id).update(taken=3)
    before = await current_revision()

    await cancel_session(session.id, later(acting, NOW + timedelta(hours=5, minutes=7)))
    await cancel_session(session.id, acting)

    cancelled = await kept(session.id)
    assert (cancelled.state, cancelled.cancelled_on, cancelled.taken) == ("cancelled", date(2026, 10, 23), 3)
    assert (cancelled.sequence, cancelled.epoch) == (1, 1)
    assert cancelled.modified_at == NOW + timedelta(hours=5)
    assert [each.id for each in await coming_sessions(Wanted(), NOW)] == [session.id]
    assert await current_revision() == before + 1


async def test_a_cancelled_session_stays_cancelled(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)
    await cancel_session(session.id, acting)

    with pytest.raises(StaysCancelled):
        await publish_session(session.id, acting)
    with pytest.raises(StaysCancelled):
        await change(session, make_plan(venue, span=at(50)), acting)


async def test_a_cancelled_draft_is_deleted_and_was_never_public(venue: Venue, acting: Acting) -> None:
    draft = await keep(make_plan(venue), acting)

    await cancel_session(draft.id, acting)
    await cancel_session(draft.id, acting)

    assert not await Session.filter(id=draft.id).exists()
    assert await StaffAction.filter(verb="deleted draft").count() == 1


async def test_an_evening_that_is_over_is_left_alone(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue), acting)
    afterwards = later(acting, at(48).ends_at)

    with pytest.raises(EveningOver):
        await cancel_session(session.id, afterwards)
    with pytest.raises(EveningOver):
        await change(session, make_plan(venue, way=Way(word="lantern")), afterwards)

    assert (await kept(session.id)).state == SessionState.PUBLISHED


async def test_public_directions_may_be_told_of_a_room(venue: Venue, acting: Acting) -> None:
    session = await publish(make_plan(venue, way=Way(DirectionsMode.PUBLIC)), acting)

    assert session.directions_mode == "public"


async def test_an_evening_keeps_the_text_it_was_published_with_until_it_is_moved_on(
    venue: Venue, acting: Acting, tmp_path: Path
) -> None:
    session = await publish(make_plan(venue), acting)
    changed = await with_text(acting, renamed(acting), tmp_path)

    before = changed.catalogue.taught(await kept(session.id), "en")
    await move_text_on(session.id, changed)
    await changed.library.turn_to_newest(await taught_editions())
    after = changed.catalogue.taught(await kept(session.id), "en")

    assert (before and before.title, after and after.title) == ("Know your rights", "Know what holds")
    assert changed.catalogue.editions == {}


async def test_a_text_that_an_evening_begins_to_teach_is_not_swept_away(venue: Venue, acting: Acting) -> None:
    draft = random_id()
    await add_session(draft, make_plan(venue), acting)
    digest = await keep_edition("a text that nothing needs yet")
    locked = asyncio.Event()

    async def sweep_meanwhile() -> None:
        await locked.wait()
        await forget_texts()

    sweep = asyncio.create_task(sweep_meanwhile())
    async with transaction():
        await lock_schedule()
        locked.set()
        await asyncio.sleep(0.2)
        await Session.filter(id=draft).update(state=SessionState.PUBLISHED, revision=digest)
    await sweep

    assert await Edition.filter(digest=digest).exists()


async def test_an_evening_that_is_moved_on_twice_changes_once(venue: Venue, acting: Acting, tmp_path: Path) -> None:
    session = await publish(make_plan(venue), acting)
    changed = await with_text(acting, renamed(acting), tmp_path)
    await move_text_on(session.id, changed)
    revision = await current_revision()

    await move_text_on(session.id, changed)

    assert await current_revision() == revision


async def test_an_evening_cannot_move_on_to_a_text_without_its_form(
    venue: Venue, acting: Acting, tmp_path: Path
) -> None:
    session = await publish(make_plan(venue, teaching=Teaching("know-your-rights", Form.LONG, "en")), acting)
    shorter = curriculum_text(id="know-your-rights", sources="[swit-2013]").replace("{id=guide}", "{id=swit-2013}")
    changed = await with_text(acting, shorter, tmp_path)

    with pytest.raises(NotReady):
        await move_text_on(session.id, changed)


async def test_a_draft_has_no_text_to_move_on_from(venue: Venue, acting: Acting) -> None:
    session_id = random_id()
    await add_session(session_id, make_plan(venue), acting)

    with pytest.raises(Absent):
        await move_text_on(session_id, acting)


def renamed(acting: Acting) -> str:
    return acting.library.released.files["know-your-rights/en.md"].text.replace("Know your rights", "Know what holds")


async def with_text(acting: Acting, changed: str, keep_in: Path) -> Acting:
    """The same coordinator once another text of the rights evening is published here."""
    text = acting.library.released.files["know-your-rights/en.md"].text
    async with transaction():
        revision = await save_revision(
            Saving("know-your-rights/en.md", changed, digest_of_text(text), "robin", date(2026, 10, 1), "Wording"), text
        )
        await publish_revision(revision.path, revision.number, "robin", date(2026, 10, 1))
    library = Library(acting.settings.model_copy(update={"data_dir": keep_in}))
    await library.turn_to_newest(await taught_editions())
    return replace(acting, library=library)
