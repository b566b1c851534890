"""The list of coming nights and the page of an evening, as visitors see them."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.client import Client
from tests.make import NOW, make_area, make_session, make_venue
from tests.staff.people import make_account
from workshops.curricula.rules import Area, short_id
from workshops.schedule.choices import theme_id
from workshops.schedule.models import Session, SessionFacilitator
from workshops.schedule.rules import DirectionsMode
from workshops.settings import Settings
from workshops.upkeep import sweep
from workshops.vault import Sealed

pytestmark = pytest.mark.data
BERLIN = ZoneInfo("Europe/Berlin")


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=BERLIN)


async def utc(day: int, hour: int, minute: int = 0, **changes: object) -> Session:
    """A session that starts at this wall time in Berlin."""
    return await make_session(starts_at=berlin(day, hour, minute).astimezone(NOW.tzinfo), **changes)


async def listed(client: Client, query: str = "") -> list[str]:
    """The ids of the sessions a page lists, in their order."""
    page = await client.get(f"/{query}")
    assert page.status_code == 200
    return re.findall(r'class="row-main" href="/sessions/([0-9a-z]{12})"', page.text)


async def test_coming_sessions_are_listed_by_night_and_start(client: Client) -> None:
    later, sooner = await utc(25, 20), await utc(24, 21)
    small_hours = await utc(25, 1, 30)

    page = await client.get("/")

    assert await listed(client) == [sooner.id, small_hours.id, later.id]
    assert re.findall(r'class="night">\s*([^<]+?)\s*<', page.text) == [
        "Saturday night, 24 October",
        "Sunday night, 25 October",
    ]


async def test_drafts_frozen_hidden_and_past_sessions_are_not_listed(client: Client) -> None:
    shown = await utc(24, 20)
    await utc(24, 20, state="draft")
    await utc(24, 20, frozen=True)
    await utc(24, 20, visibility="slip")
    await utc(24, 20, visibility="unlisted")
    await utc(22, 20)

    assert await listed(client) == [shown.id]


async def test_what_begins_by_day_stands_under_the_day_and_not_under_its_night(client: Client) -> None:
    by_day, late = await utc(23, 16, 45), await utc(23, 22)
    after_midnight = await utc(24, 1, 30)
    client.clock.now = berlin(23, 9).astimezone(NOW.tzinfo)

    page = (await client.get("/")).text
    headings = re.findall(r'class="night">\s*([^<]+?)\s*<span class="tonight">(\w+)<', page)

    assert headings == [("Friday, 23 October", "Today"), ("Friday night, 23 October", "Tonight")]
    assert [page.index(heading) for heading, _ in headings] == sorted(page.index(heading) for heading, _ in headings)
    assert page.index(by_day.id) < page.index("Friday night, 23 October") < page.index(late.id)
    assert page.index(late.id) < page.index(after_midnight.id)


async def test_a_cancelled_evening_promises_no_way_and_no_places(client: Client) -> None:
    session = await make_session(state="cancelled", cancelled_on=NOW.date(), walk_in_share=2)

    page = (await client.get(f"/sessions/{session.id}")).text

    assert "This evening is cancelled." in page
    assert "You are told" not in page
    assert "Some places are always kept" not in page


async def test_tonight_holds_the_small_hours_after_midnight_and_rolls_over_when_they_end(client: Client) -> None:
    tonight, after_midnight, tomorrow = await utc(23, 22), await utc(24, 1, 30), await utc(24, 20)

    assert await listed(client, "?when=0") == [tonight.id, after_midnight.id]
    client.clock.now = berlin(24, 0, 30).astimezone(NOW.tzinfo)
    assert await listed(client, "?when=0") == [after_midnight.id]
    client.clock.now = berlin(24, 6).astimezone(NOW.tzinfo)
    assert await listed(client, "?when=0") == [tomorrow.id]


async def test_the_list_is_narrowed_by_band_area_language_topic_and_theme(client: Client) -> None:
    area = await make_area()
    day, late = await utc(24, 14, venue=await make_venue(area=area)), await utc(24, 21)
    spanish = await utc(24, 22, language="es", curriculum="de-escalation")

    assert await listed(client, "?band=a") == [day.id]
    assert await listed(client, f"?area={area.id}") == [day.id]
    assert await listed(client, "?lang=es") == [spanish.id]
    assert await listed(client, f"?topic={short_id('de-escalation')}") == [spanish.id]
    assert await listed(client, f"?topic={short_id('know-your-rights')}&band=c") == [late.id]
    assert set(await listed(client, f"?topic={theme_id(Area.LAW_AND_ADVOCACY)}")) == {day.id, late.id}
    assert await listed(client, "?topic=00000000") == []


@pytest.mark.parametrize("word", ["topic", "band", "lang", "area", "when"])
async def test_a_value_that_names_nothing_finds_nothing_and_leads_back_to_everything(client: Client, word: str) -> None:
    await utc(24, 14)

    page = await client.get(f"/?{word}=zz9")

    assert page.status_code == 200
    assert "Nothing on these nights." in page.text
    assert "Show all evenings" in page.text


@pytest.mark.parametrize("page", ["0", "2", "99", "abc"])
async def test_a_page_that_is_not_there_is_absent(client: Client, page: str) -> None:
    await utc(24, 14)

    assert (await client.get(f"/?page={page}")).status_code == 404


async def test_made_up_values_and_targets_are_answered_from_what_is_kept(client: Client) -> None:
    await utc(24, 14)
    words, fragment = ("topic", "band", "lang", "area", "when"), {"hx-request": "true", "hx-target": "section#nights"}
    for address in ("/", "/calendar.ics", *(f"{path}?{word}=x" for path in ("/", "/calendar.ics") for word in words)):
        await client.get(address)
    whole, block = await client.get("/"), await client.get("/", headers=fragment)
    size = client.state["memory"].size

    asked = [
        await client.get(f"{path}?{word}=x{number}")
        for number in range(3)
        for path in ("/", "/calendar.ics")
        for word in words
    ]
    made_up = [await client.get("/", headers={**fragment, "hx-target": name}) for name in ("x#title", "x#y1", "y2")]

    assert client.state["memory"].size == size
    assert {each.status_code for each in asked} == {200}
    assert [each.content for each in made_up] == [whole.content] * 3
    assert block.text.strip().startswith('<section id="nights"')


async def test_fifty_sessions_make_a_page_and_keep_the_filters(client: Client) -> None:
    venue = await make_venue()
    for number in range(53):
        await utc(24, 14, number % 60, venue=venue)

    first, second = await listed(client, "?band=a"), await listed(client, "?band=a&page=2")

    assert (len(first), len(second)) == (50, 3)
    assert not set(first) & set(second)
    assert 'href="/?band=a&amp;page=2"' in (await client.get("/?band=a")).text
    assert (await client.get("/?band=a&page=3")).status_code == 404


async def test_one_and_three_sessions_cost_the_same_number_of_queries(client: Client) -> None:
    await utc(24, 20)
    one = await _queries(client)

    await utc(24, 21)
    await utc(24, 22)
    await client.schedule_changed()

    assert await _queries(client) == one


async def test_htmx_is_given_the_list_alone_and_a_restored_page_the_whole(client: Client) -> None:
    await utc(24, 20)
    htmx = {"hx-request": "true", "hx-target": "section#nights"}

    block = (await client.http.get("/", headers=htmx)).text
    restored = (await client.http.get("/", headers={**htmx, "hx-history-restore-request": "true"})).text

    assert block.strip().startswith('<section id="nights"')
    assert block.strip().endswith("</section>")
    assert "<html" in restored


async def test_a_page_is_made_anew_when_the_schedule_changes_and_not_for_a_place(client: Client) -> None:
    session = await utc(24, 20)
    before = await client.get(f"/sessions/{session.id}")

    await client.take(session)
    taken = await client.get(f"/sessions/{session.id}")
    await Session.filter(id=session.id).update(cost="Two (sample)")
    await client.schedule_changed()
    changed = await client.get(f"/sessions/{session.id}")

    assert taken.content == before.content
    assert "Two (sample)" not in before.text
    assert "Two (sample)" in changed.text


async def test_pages_say_how_full_an_evening_is_only_from_one_tick_to_the_next(
    client: Client, settings: Settings
) -> None:
    session = await utc(24, 20, capacity=1)
    await client.take(session)
    await client.schedule_changed()

    before = await client.get("/")
    await sweep(settings, client.clock.now)
    await client.schedule_changed()
    after = await client.get("/")

    assert "Places free" in before.text
    assert "Waiting list" in after.text


async def test_an_evenings_page_answers_what_people_ask_first(client: Client) -> None:
    venue = await make_venue(step_free=True, last_transport="Night bus until 04:30")
    session = await utc(24, 22, venue=venue, food=True, concerns="Robin listens.", walk_in_share=2)

    text = (await client.get(f"/sessions/{session.id}")).text

    for said in ("Cost", "Free", "Travel money", "Food", "Child care", "Last transport", "Night bus", "Who it is for"):
        assert said in text
    for said in ("Language", "English", "Step-free", "Who runs it", "Where", "Robin listens.", "Adults only"):
        assert said in text
    assert "starts" in text


def fact(page: str, question: str) -> str:
    """What the page of an evening answers to one question."""
    found = re.search(rf"<dt>{question}</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)
    assert found, question
    return re.sub(r"<[^>]+>", "", found[1]).strip()


@pytest.mark.parametrize(
    ("question", "column", "said"),
    [
        ("Food", "food", ("Yes", "No")),
        ("Child care", "child_care", ("Yes", "No")),
        ("Travel money", "travel_money", ("Yes, the same for everyone, without signing", "No")),
    ],
)
async def test_an_evenings_page_says_yes_and_no_as_it_is(
    client: Client, question: str, column: str, said: tuple[str, str]
) -> None:
    yes, no = await utc(24, 22, **{column: True}), await utc(24, 23, **{column: False})

    pages = [(await client.get(f"/sessions/{each.id}")).text for each in (yes, no)]

    assert tuple(fact(page, question) for page in pages) == said


async def test_an_evenings_page_says_where_there_are_no_steps_and_who_runs_it(client: Client) -> None:
    flat = await utc(24, 22, venue=await make_venue(step_free=True))
    steep = await utc(24, 23, venue=await make_venue(step_free=False))
    for handle in ("sam", "robin"):
        await SessionFacilitator.create(session=flat, account=await make_account(handle))

    pages = [(await client.get(f"/sessions/{each.id}")).text for each in (flat, steep)]

    assert [fact(page, "Step-free") for page in pages] == ["Yes", "No"]
    assert [fact(page, "Who runs it") for page in pages] == ["robin, sam", "Named at the door"]


async def test_a_cancelled_evening_says_so_and_takes_nobody(client: Client) -> None:
    session = await utc(24, 22, state="cancelled", cancelled_on=NOW.date())

    page = await client.get(f"/sessions/{session.id}")

    assert "This evening is cancelled" in page.text
    assert f"/sessions/{session.id}/take" not in page.text
    assert (await client.get(f"/sessions/{session.id}/take")).status_code == 409


async def test_directions_are_on_a_public_page_only_where_they_are_public(client: Client) -> None:
    way, vault = "Through the green door", client.state["vault"]
    pages = {}
    for mode in DirectionsMode:
        session = await utc(24, 22, directions_mode=mode, directions_from=7 * 24 * 60)
        session.directions = vault.seal(way, Sealed("session", "directions", session.id))
        await session.save()
        pages[mode] = (await client.get(f"/sessions/{session.id}")).text

    assert {mode for mode, page in pages.items() if way in page} == {DirectionsMode.PUBLIC}
    assert fact(pages[DirectionsMode.PUBLIC], "Where") == way
    assert "You are told the way with your number" in pages[DirectionsMode.PLACED]
    assert "with a paper slip" in pages[DirectionsMode.SLIPS]
    assert "where somebody meets you" in pages[DirectionsMode.MEETING]


async def test_a_draft_and_an_old_evening_have_no_page(client: Client) -> None:
    draft, old = await utc(24, 22, state="draft"), await utc(20, 20)

    assert (await client.get(f"/sessions/{draft.id}")).status_code == 404
    assert (await client.get(f"/sessions/{old.id}")).status_code == 404


async def _queries(client: Client) -> int:
    """How many statements the front page costs when nothing of it is kept."""
    import logging  # noqa: PLC0415 (only this count needs it)

    counted: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: counted.append(record.getMessage())  # type: ignore[method-assign]  # a handler of one line
    log = logging.getLogger("tortoise.db_client")
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        await client.get(f"/?lang=en&page=1&x={len(counted)}")
    finally:
        log.removeHandler(handler)
        log.setLevel(logging.WARNING)
    return sum("SELECT" in line and 'FROM "schedule"' not in line for line in counted)


async def test_what_a_coordinator_typed_keeps_its_own_direction_on_any_page(client: Client) -> None:
    venue = await make_venue(area=await make_area(label="Old harbour (north)."), last_transport="Bus at 04:30 (N7).")
    session = await make_session(venue=venue, cost="5 (or nothing).", concerns="Robin, in the café.")

    page, front = (await client.get(f"/sessions/{session.id}")).text, (await client.get("/")).text

    for typed in ("Bus at 04:30 (N7).", "5 (or nothing).", "Robin, in the café.", "Old harbour (north)."):
        assert f"<bdi>{typed}</bdi>" in page
    assert "<bdi>Old harbour (north).</bdi>" in front


async def test_a_way_that_is_public_is_told_inside_its_window_only_and_not_once_the_evening_is_cancelled(
    client: Client,
) -> None:
    session = await make_session(directions_mode="public", directions_from=120, directions_until=30)
    sealed = client.state["vault"].seal("The green door.", Sealed("session", "directions", session.id))
    await Session.filter(id=session.id).update(directions=sealed)
    await client.schedule_changed()
    minutes = (-121, -120, 119, 120)  # of the start; it lasts for 90
    told = []

    for each in minutes:
        client.clock.now = session.starts_at + timedelta(minutes=each)
        told.append("The green door." in (await client.get(f"/sessions/{session.id}")).text)
    client.clock.now = session.starts_at
    await Session.filter(id=session.id).update(state="cancelled", cancelled_on=session.starts_at.date())
    await client.schedule_changed()

    assert told == [False, True, True, False]
    assert "The green door." not in (await client.get(f"/sessions/{session.id}")).text
