"""Coordinators edit teaching texts in the browser: nothing typed is lost, nothing is public before it is published."""

import re
from collections.abc import Mapping

import pytest

from tests.client import Client
from tests.curricula.sheets import facts_of, overlay_of
from tests.curricula.test_sources import ENTRY
from tests.desk.browser import FormReader, StaffBrowser
from tests.desk.conftest import QueryCounter
from tests.desk.texts.small import (
    HERE,
    MIDDLE,
    SAY,
    START,
    TEXT,
    TOPIC,
    WHOLE,
    as_kept,
    newest,
    publish,
    publish_unoffered,
    release,
    saved,
)
from tests.make import NOW
from workshops.curricula.models import Revision
from workshops.curricula.paths import text_id
from workshops.staff.models import StaffAction

pytestmark = pytest.mark.data


async def test_the_list_says_how_every_text_stands(coordinator: StaffBrowser) -> None:
    page = (await coordinator.get("/desk/texts")).text

    assert "Rest and routine" in page
    assert "Original" in page
    assert "Review was due on" in page
    assert "Sources" in page


async def test_the_list_has_a_part_for_each_topic_with_its_original_first(coordinator: StaffBrowser) -> None:
    for kind, language in (("translation", "ar"), ("translation", "de"), ("overlay", "en")):
        new = {"kind": kind, "curriculum": "rest-and-routine", "area": "north", "language": language}
        await coordinator.post("/desk/texts/new", new)
    sheet = text_id("rest-and-routine/overlays/north.en.md")
    await coordinator.send(f"/desk/texts/{sheet}/file", text=overlay_of())

    page = (await coordinator.get("/desk/texts")).text

    _, topic, sources, _ = page.split('<h2 class="text-group">')[0:1] + page.split("<h2")[1:4]
    paths = ("en.md", "de.md", "ar.md", "overlays/north.en.md")
    links = [text_id(f"rest-and-routine/{path}") for path in paths]
    assert re.findall(r'class="row-main" href="/desk/texts/(\w+)"', topic) == links
    assert "Local law sheet: <bdi>North</bdi>" in topic
    assert "Sources" in sources


async def test_the_list_costs_the_same_number_of_queries_however_long(
    client: Client, coordinator: StaffBrowser, queries: QueryCounter
) -> None:
    await coordinator.send(START, t0="One.")
    few = await queries.of(coordinator.get("/desk/texts"))
    for area in ("town", "port", "hills"):
        new = {"kind": "facts", "curriculum": "", "area": area, "language": "en"}
        await coordinator.post("/desk/texts/new", new)

    many = await queries.of(coordinator.get("/desk/texts"))

    assert many == few


async def test_the_desk_leads_to_the_texts(coordinator: StaffBrowser) -> None:
    assert 'href="/desk/texts"' in (await coordinator.get("/desk")).text


async def test_a_saved_unit_is_a_revision_with_who_when_and_why(coordinator: StaffBrowser) -> None:
    answer = await coordinator.send(START, t0="Come in.", note="Wording", words="shorter")

    (revision,) = await Revision.all()
    assert answer.status_code == 303
    assert (revision.number, revision.handle, revision.day) == (1, "robin", NOW.date())
    assert (revision.note, revision.published) == ("Wording: shorter", False)
    assert await newest() == as_kept(TEXT.replace(SAY, "Come in."))
    assert "Wording: shorter" in (await coordinator.get(HERE)).text
    assert [each.verb for each in await StaffAction.all()] == ["saved text"]


async def test_a_saved_text_is_public_only_after_it_was_published(client: Client, coordinator: StaffBrowser) -> None:
    await client.get(TOPIC)
    await coordinator.send(WHOLE, text=TEXT.replace('"Rest and routine"', '"Long nights"'))
    before = (await client.get(TOPIC)).text

    status = await publish(coordinator)

    after = (await client.get(TOPIC)).text
    assert status == 303
    assert ("Long nights" in before, "Long nights" in after) == (False, True)
    assert "(on the pages)" in (await coordinator.get("/desk/texts")).text


async def test_the_released_text_can_stand_again(client: Client, coordinator: StaffBrowser) -> None:
    await coordinator.send(WHOLE, text=TEXT.replace('"Rest and routine"', '"Long nights"'))
    await publish(coordinator)

    answer = await coordinator.send(HERE, f"{HERE}/released")

    assert answer.status_code == 303
    assert "Long nights" not in (await client.get(TOPIC)).text
    assert [number for number, *_ in await saved()] == [1]


async def test_faults_do_not_stop_saving_but_publishing(coordinator: StaffBrowser) -> None:
    saving = await coordinator.send(MIDDLE, standard="30")

    page = await publish_unoffered(coordinator, HERE)

    assert saving.status_code == 303
    assert page.status_code == 409
    assert "still has faults" in page.text
    assert "minutes, not 40" in page.text
    assert "1</bdi> fault" in (await coordinator.get("/desk/texts")).text
    assert not await Revision.filter(published=True).exists()


async def test_looking_first_saves_nothing_and_shows_faults_and_the_text(coordinator: StaffBrowser) -> None:
    answer = await coordinator.send(START, t0="Come **in**.\n\n<script>alert(1)</script>", look="yes")

    assert answer.status_code == 200
    assert "Come <strong>in</strong>." in answer.text
    assert "HTML has no place" in answer.text
    assert "<script>alert" not in answer.text
    assert 'href="#t0"' in answer.text
    assert await Revision.all().count() == 0


async def test_while_typing_only_the_look_is_sent(client: Client, coordinator: StaffBrowser) -> None:
    fields = {**await coordinator.form(START), "t0": ["Come **in**."], "look": ["yes"]}
    coordinator._headers |= {"hx-request": "true", "hx-target": "section#look"}  # noqa: SLF001 (as htmx sends them)

    answer = await coordinator.post(START, fields)

    assert answer.text.strip().startswith('<section id="look"')
    assert "Come <strong>in</strong>." in answer.text


async def test_while_typing_faults_of_fields_are_said_in_the_look_and_counted_at_the_button(
    coordinator: StaffBrowser,
) -> None:
    fields = {**await coordinator.form(START), "standard": ["ten"], "look": ["yes"]}
    coordinator._headers |= {"hx-request": "true", "hx-target": "section#look"}  # noqa: SLF001 (as htmx sends them)

    answer = (await coordinator.post(START, fields)).text

    assert '<a href="#standard">Standard</a>: Write whole minutes' in answer
    assert 'class="look look-now"' in answer
    assert 'hx-swap-oob="innerHTML:#found"><a href="#look"><span><bdi dir="ltr">' in answer


@pytest.mark.parametrize("field", ["title", "standard", "words"])
async def test_a_form_that_does_not_read_comes_back_as_it_was_typed(coordinator: StaffBrowser, field: str) -> None:
    wrong = {"title": "", "standard": "ten", "words": "a\x00b"}[field]

    answer = await coordinator.send(START, **{field: wrong, "t0": "Come in."})

    assert answer.status_code == 422
    assert FormReader(answer.text).forms[START]["t0"] == ["Come in."]
    assert await Revision.all().count() == 0


@pytest.mark.parametrize("typed", ["One.\n:::\nTwo.", "::: say", "One.\n  ::: unit {id=x}"])
async def test_three_colons_in_a_field_tear_no_part_apart(coordinator: StaffBrowser, typed: str) -> None:
    answer = await coordinator.send(START, t0=typed, title="Come in")
    looked = await coordinator.send(START, t0=typed, look="yes")

    for page in (answer, looked):
        assert FormReader(page.text).forms[START]["t0"] == [typed]
        assert page.text.count("no line may begin with three colons".capitalize()) == 2
        assert "a line begins with three colons" in page.text
        assert "is not closed" not in page.text
    assert answer.status_code == 422
    assert FormReader(answer.text).forms[START]["title"] == ["Come in"]
    assert await saved() == []


async def test_a_double_submit_is_one_revision(coordinator: StaffBrowser) -> None:
    unit = {**await coordinator.form(START), "t0": ["Come in."]}
    whole = {**await coordinator.form(WHOLE), "text": [TEXT.replace("Close", "The end")]}

    first, second = await coordinator.post(START, unit), await coordinator.post(START, unit)
    seen = (await coordinator.form(WHOLE))["seen"]
    third = await coordinator.post(WHOLE, {**whole, "seen": seen})
    fourth = await coordinator.post(WHOLE, {**whole, "seen": seen})

    assert [each.status_code for each in (first, second, third, fourth)] == [303] * 4
    assert [number for number, *_ in await saved()] == [1, 2]


async def test_a_form_sent_back_unchanged_makes_no_revision(coordinator: StaffBrowser) -> None:
    answers = [await coordinator.send(path) for path in (START, MIDDLE, WHOLE)]

    assert [each.status_code for each in answers] == [303] * 3
    assert await saved() == []


async def test_two_who_edit_different_units_both_get_through(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    mine, theirs = await coordinator.form(START), await other.form(MIDDLE)

    answers = [
        await coordinator.post(START, {**mine, "t0": ["Come in."]}),
        await other.post(MIDDLE, {**theirs, "t0": ["Put them out."]}),
    ]

    assert [each.status_code for each in answers] == [303, 303]
    both = TEXT.replace(SAY, "Come in.").replace("Put the cards on the table.", "Put them out.")
    assert await newest() == as_kept(both, "0.1.2")
    assert [handle for _, handle, _ in await saved()] == ["robin", "alex"]


async def test_the_second_at_one_unit_sees_the_difference_and_keeps_what_they_typed(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    mine, theirs = await coordinator.form(MIDDLE), await other.form(MIDDLE)
    await coordinator.post(MIDDLE, {**mine, "t0": ["Theirs."], "title": ["A habit"]})

    told = await other.post(MIDDLE, {**theirs, "t0": ["Mine."], "words": ["why"]})
    form = FormReader(told.text).forms[MIDDLE]
    again = await other.post(MIDDLE, form)

    assert told.status_code == 409
    assert "Somebody else saved this text meanwhile" in told.text
    assert "Theirs." in told.text
    assert (form["t0"], form["title"], form["words"]) == (["Mine."], ["A habit"], ["why"])
    assert again.status_code == 303
    assert "Mine." in await newest()
    assert 'title="A habit"' in await newest()


async def test_what_was_typed_for_a_part_that_is_gone_is_shown_again(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    theirs = await other.form(START)
    start, end = TEXT.index("::: unit {id=start"), TEXT.index("::: unit {id=m1")
    await coordinator.send(WHOLE, text=TEXT[:start] + TEXT[end:])

    told = await other.post(START, {**theirs, "t0": ["What I typed."]})

    assert told.status_code == 409
    assert "What I typed." in told.text
    assert "Its place is gone" in told.text


async def test_the_second_at_a_whole_text_sees_the_difference(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    mine, theirs = await coordinator.form(WHOLE), await other.form(WHOLE)
    await coordinator.post(WHOLE, {**mine, "text": [TEXT.replace(SAY, "Theirs.")]})

    told = await other.post(WHOLE, {**theirs, "text": [TEXT.replace(SAY, "Mine.")]})
    form = FormReader(told.text).forms[WHOLE]
    again = await other.post(WHOLE, form)

    assert told.status_code == 409
    assert "line-gone" in told.text
    assert "Mine." in form["text"][0]
    assert again.status_code == 303
    assert "Mine." in await newest()


async def test_an_older_revision_comes_back_as_the_newest(coordinator: StaffBrowser) -> None:
    await coordinator.send(START, t0="One.")
    await coordinator.send(START, t0="Two.")
    page = f"{HERE}/revisions/1"

    answer = await coordinator.send(page, f"{HERE}/restore")
    again = await coordinator.post(f"{HERE}/restore", {"number": "1"})

    assert (answer.status_code, again.status_code) == (303, 303)
    assert [note for *_, note in await saved()] == ["Wording", "Wording", "Restored from 1"]
    assert SAY not in await newest()
    assert "One." in await newest()


async def test_each_revision_shows_what_it_changed(coordinator: StaffBrowser) -> None:
    await coordinator.send(START, t0="One.")
    await coordinator.send(START, t0="Two.")

    first, second = [(await coordinator.get(f"{HERE}/revisions/{number}")).text for number in (1, 2)]

    assert (SAY in first, "One." in first) == (True, True)
    assert (SAY in second, "One." in second, "Two." in second) == (False, True, True)
    for nowhere in ("3", "0", "x", "9" * 400):
        assert (await coordinator.get(f"{HERE}/revisions/{nowhere}")).status_code == 404


async def test_a_text_about_law_needs_a_second_coordinator(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    new = {"kind": "facts", "curriculum": "", "area": "north", "language": "en"}
    begun = await coordinator.post("/desk/texts/new", new)
    here = f"/desk/texts/{text_id('local/north.en.yaml')}"
    await coordinator.send(f"{here}/file", text=facts_of())

    own = await publish_unoffered(coordinator, here)
    theirs = await other.send(here, f"{here}/publish")

    assert begun.status_code == 303
    assert own.status_code == 409
    assert "Another coordinator" in own.text
    assert theirs.status_code == 303


async def test_a_translation_begins_with_its_original(client: Client, coordinator: StaffBrowser) -> None:
    new = {"kind": "translation", "curriculum": "rest-and-routine", "area": "", "language": "es"}

    begun = [await coordinator.post("/desk/texts/new", new) for _ in range(2)]

    text = await newest()
    assert [each.status_code for each in begun] == [303, 303]
    assert await Revision.all().count() == 1
    assert "language: es\ntranslation: {of: en, source_version: 0.0.0" in text
    assert "next_due" not in text
    assert "Not on the pages" in (await coordinator.get(begun[0].headers["location"])).text


async def test_an_overlay_begins_with_its_slots(coordinator: StaffBrowser) -> None:
    new = {"kind": "overlay", "curriculum": "rest-and-routine", "area": "town", "language": "en"}

    await coordinator.post("/desk/texts/new", new)

    (revision,) = await Revision.all()
    assert revision.path == "rest-and-routine/overlays/town.en.md"
    assert "::: law-slot {id=local-help}" in await newest()


async def test_the_kind_of_a_text_is_chosen_first_and_only_its_fields_are_asked(coordinator: StaffBrowser) -> None:
    new = "/desk/texts/new"
    choice = (await coordinator.get(new)).text

    asked = {
        kind: set(await coordinator.form(f"{new}?kind={kind}", new))
        for kind in ("translation", "overlay", "facts", "topic")
    }

    assert all(f'href="{new}?kind={kind}"' in choice for kind in asked)
    assert asked == {
        "translation": {"kind", "curriculum", "language", "other"},
        "overlay": {"kind", "curriculum", "area", "language", "other"},
        "facts": {"kind", "area", "language", "other"},
        "topic": {"kind", "title", "neutral_title", "name", "language", "other"},
    }


async def test_languages_are_chosen_by_their_own_names_or_typed(coordinator: StaffBrowser) -> None:
    new = "/desk/texts/new"
    page = (await coordinator.get(f"{new}?kind=translation")).text

    wrong = await coordinator.send(f"{new}?kind=facts", new, area="town", other="klingon")
    begun = await coordinator.send(f"{new}?kind=facts", new, area="town", other="pt-BR")

    assert '<option value="ar">العربية</option>' in page
    assert (wrong.status_code, 'href="#other"' in wrong.text) == (422, True)
    assert begun.headers["location"] == f"/desk/sheets/{text_id('local/town.pt-BR.yaml')}"


@pytest.mark.parametrize("wrong", [{"kind": "x"}, {"curriculum": "nothing"}, {"area": "../x"}, {"language": "english"}])
async def test_a_new_text_has_a_place(coordinator: StaffBrowser, wrong: Mapping[str, str]) -> None:
    new = {"kind": "overlay", "curriculum": "rest-and-routine", "area": "town", "language": "en"}

    answer = await coordinator.post("/desk/texts/new", {**new, **wrong})

    assert answer.status_code == 422
    assert await Revision.all().count() == 0


async def test_a_file_that_a_release_changed_is_shown_until_somebody_has_looked(
    client: Client, coordinator: StaffBrowser
) -> None:
    await coordinator.send(START, t0="Ours.")
    await publish(coordinator)
    release(client, TEXT.replace("What could Robin try first?", "And now?"))

    listed, here = [(await coordinator.get(path)).text for path in ("/desk/texts", HERE)]
    shown = (await coordinator.get(f"{HERE}/release")).text
    await coordinator.send(START, t0="Ours again.")
    still = (await coordinator.get(HERE)).text
    await coordinator.send(f"{HERE}/release")
    looked = (await coordinator.get(HERE)).text

    assert "File changed since" in listed
    assert "The released file has changed" in here
    assert ("What could Robin try first?" in shown, "And now?" in shown) == (True, True)
    assert ("The released file has changed" in still, "The released file has changed" in looked) == (True, False)
    assert "Ours again." in await newest()


async def test_a_list_of_sources_that_a_text_needs_is_not_published(coordinator: StaffBrowser) -> None:
    here = f"/desk/texts/{text_id('sources.yaml')}"
    await coordinator.send(f"{here}/file", text=ENTRY.replace("guide", "another"))

    answer = await coordinator.send(here, f"{here}/publish")

    assert answer.status_code == 409


async def test_line_ends_and_the_mark_of_a_file_stay(client: Client, coordinator: StaffBrowser) -> None:
    windows = "\ufeff" + TEXT.replace("\n", "\r\n")
    release(client, windows)
    typed = (await coordinator.form(WHOLE))["text"][0]

    unchanged = await coordinator.send(WHOLE)
    none = await saved()
    await coordinator.send(WHOLE, text=typed.replace(SAY, "Come in.").replace("\n", "\r\n"))
    await coordinator.send(MIDDLE, t0="Two.\r\nThree.")

    assert (unchanged.status_code, none) == (303, [])
    changed = windows.replace(SAY, "Come in.").replace("Put the cards on the table.", "Two.\r\nThree.")
    assert await newest() == as_kept(changed, "0.1.2")


async def test_a_file_of_mixed_line_ends_sent_back_unchanged_stays(client: Client, coordinator: StaffBrowser) -> None:
    release(client, TEXT.replace("\n", "\r\n", 3))

    answer = await coordinator.send(WHOLE)

    assert answer.status_code == 303
    assert await saved() == []


async def test_only_coordinators_see_texts(client: Client, facilitator: StaffBrowser) -> None:
    for path in ("/desk/texts", HERE, START, WHOLE, "/desk/texts/new"):
        assert (await facilitator.get(path)).status_code == 404
        assert (await client.get(path)).status_code == 303


async def test_slots_and_sources_are_called_by_their_words_and_not_by_names_for_files(
    coordinator: StaffBrowser,
) -> None:
    page = (await coordinator.get(MIDDLE)).text

    assert "What rests on this source: <bdi>A guide</bdi>" in page
    assert "While there is no local law sheet: <bdi>For local rules, ask your local contact</bdi>" in page
    assert "<bdi>local-help</bdi>" not in page


async def test_a_note_is_shown_as_text(coordinator: StaffBrowser) -> None:
    await coordinator.send(START, t0="Come in.", note="", words="<b>100%</b> %(x)s")

    page = (await coordinator.get(HERE)).text

    assert "&lt;b&gt;100%&lt;/b&gt; %(x)s" in page


async def test_a_text_that_is_not_there_is_no_page(coordinator: StaffBrowser) -> None:
    for path in ("/desk/texts/00000000", f"{HERE}/units/00000000", f"/desk/texts/{text_id('../x')}"):
        assert (await coordinator.get(path)).status_code == 404
