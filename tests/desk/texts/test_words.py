"""Whoever translates fills in plain fields: titles, summaries, aims, notes and materials, and never a field's name."""

import pytest

from tests.desk.browser import FormReader, StaffBrowser
from tests.desk.texts.small import HERE, TEXT, newest, saved
from workshops.curricula.paths import text_id

pytestmark = pytest.mark.data

WORDS = f"{HERE}/words"


async def test_a_text_leads_to_its_words(coordinator: StaffBrowser) -> None:
    assert f'href="{WORDS}"' in (await coordinator.get(HERE)).text


async def test_saved_words_change_their_lines_and_nothing_else(coordinator: StaffBrowser) -> None:
    told = {"title": 'Rest: "now"', "objectives-0-text": "choose one thing", "words": "shorter"}

    answer = await coordinator.send(WORDS, **told)
    again = await coordinator.send(WORDS)

    text = TEXT.replace("version: 0.1.0", "version: 0.1.1").replace(
        'title: "Rest and routine"', 'title: "Rest: \\"now\\""'
    )
    objective = 'objectives:\n  - {id: o1, verb: choose, text: "choose one thing", unit: m1}'
    text = text.replace('objectives: [{id: o1, verb: choose, text: "choose one habit", unit: m1}]', objective)
    assert (answer.status_code, again.status_code) == (303, 303)
    assert await newest() == text
    assert await saved() == [(1, "robin", "Wording: shorter")]


async def test_a_translator_sees_the_original_beside_every_field(coordinator: StaffBrowser) -> None:
    new = {"kind": "translation", "curriculum": "rest-and-routine", "area": "", "language": "es"}
    await coordinator.post("/desk/texts/new", new)
    here = f"/desk/texts/{text_id('rest-and-routine/es.md')}/words"

    before = (await coordinator.get(here)).text
    await coordinator.send(here, title="Descanso y rutina")
    after = (await coordinator.get(here)).text

    for page in (before, after):
        assert page.count('<div class="beside">') == 8
        assert '<div lang="en" dir="ltr">Rest and routine</div>' in page
    assert 'title: "Descanso y rutina"' in await newest()


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("title", "", "This field is needed."),
        ("summary", "x" * 601, "This is too long"),
        ("materials", "pens\n" + "x" * 121, "This is too long"),
    ],
)
async def test_what_does_not_read_is_said_at_its_field_and_nothing_is_lost(
    coordinator: StaffBrowser, name: str, typed: str, said: str
) -> None:
    answer = await coordinator.send(WORDS, **{name: typed, "neutral_title": "Another"})

    form = FormReader(answer.text).forms[WORDS]
    assert answer.status_code == 422
    assert said in answer.text
    assert f'href="#{name}"' in answer.text
    assert (form[name], form["neutral_title"]) == ([typed], ["Another"])
    assert await saved() == []


async def test_what_the_reader_says_of_a_title_for_strangers_stands_at_it(coordinator: StaffBrowser) -> None:
    answer = await coordinator.send(WORDS, neutral_title="Sex work evening", look="yes")

    assert answer.status_code == 200
    assert 'href="#neutral_title"' in answer.text
    assert await saved() == []


async def test_words_that_somebody_else_changed_meanwhile_are_shown_beside_ones_own(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    mine, theirs = await coordinator.form(WORDS), await other.form(WORDS)
    await coordinator.post(WORDS, {**mine, "summary": ["Theirs."]})

    told = await other.post(WORDS, {**theirs, "summary": ["Mine."]})
    form = FormReader(told.text).forms[WORDS]
    again = await other.post(WORDS, form)

    assert told.status_code == 409
    assert "Theirs." in told.text
    assert form["summary"] == ["Mine."]
    assert again.status_code == 303
    assert 'summary: "Mine."' in await newest()


async def test_a_part_that_was_changed_meanwhile_is_no_clash(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    theirs = await other.form(WORDS)
    await coordinator.send(f"{HERE}/file", text=TEXT.replace("Offer water.", "Offer tea."))

    answer = await other.post(WORDS, {**theirs, "title": ["Rest"]})

    assert answer.status_code == 303
    assert "Offer tea." in await newest()
    assert 'title: "Rest"' in await newest()


async def test_words_that_no_form_can_show_are_edited_as_a_whole(coordinator: StaffBrowser) -> None:
    await coordinator.send(f"{HERE}/file", text=TEXT.replace('"Rest and routine"', "&a Rest"))

    answer = await coordinator.get(WORDS)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{HERE}/file")
    assert (await coordinator.get(f"/desk/texts/{text_id('sources.yaml')}/words")).status_code == 404
