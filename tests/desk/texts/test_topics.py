"""A topic of a group's own: begun in the browser, edited, published, and taught by an evening."""

from datetime import date

import pytest

from tests.client import Client
from tests.desk.browser import FormReader, StaffBrowser
from tests.desk.test_journey import EVENING, add_venue
from tests.desk.texts.small import newest, saved
from workshops.curricula.beginning import Topic
from workshops.curricula.check import check_texts
from workshops.curricula.models import Revision
from workshops.curricula.paths import text_id, unit_word
from workshops.curricula.rules import short_id
from workshops.curricula.texts import TextFile, Texts
from workshops.desk.texts.starts import start_of_topic
from workshops.schedule.models import Session

NEW = {
    "kind": "topic",
    "curriculum": "",
    "area": "",
    "name": "late-shifts",
    "title": 'Late shifts: the "long" night \\ home',
    "neutral_title": "Evening class",
    "language": "en",
}
PAGE, HERE = "/desk/texts/new", f"/desk/texts/{text_id('late-shifts/en.md')}"


@pytest.mark.parametrize("language", ["en", "es", "ar", "de", "pt-BR"])
def test_a_topic_begins_without_faults_in_any_language(language: str) -> None:
    topic = Topic("late-shifts", NEW["title"], "Evening class", language)

    text = start_of_topic(topic)
    texts = Texts("curricula", {topic.path: TextFile(f"curricula/{topic.path}", text)})
    report = check_texts(texts, today=date(2026, 11, 20))

    assert report.faults == ()
    assert {note.seen for note in report.notes} <= {"there are no word lists for this language"}
    assert ("Write here" in text) == (language not in {"es", "ar"})


@pytest.mark.data
async def test_a_topic_is_begun_edited_published_and_taught(client: Client, coordinator: StaffBrowser) -> None:
    topic = f"/topics/{short_id('late-shifts')}"
    begun = await coordinator.send(f"{PAGE}?kind=topic", PAGE, **NEW)
    draft = (await coordinator.get(HERE)).text
    hidden = (await client.get("/topics")).text

    edited = await coordinator.send(f"{HERE}/units/{unit_word('situation')}", title="The way home", t1="Kim walks.")
    published = await coordinator.send(HERE, f"{HERE}/publish")

    assert (begun.status_code, begun.headers["location"]) == (303, HERE)
    assert 'id="faults"' not in draft
    assert "Late shifts" not in hidden
    assert [edited.status_code, published.status_code] == [303, 303]
    assert "Late shifts: the &#34;long&#34; night \\ home" in (await client.get("/topics")).text
    assert "The way home" in (await client.get(topic)).text
    venue = await add_venue(coordinator)
    added = await coordinator.send(
        "/desk/sessions/new", **{**EVENING, "venue": venue.id, "curriculum": "late-shifts", "form": "standard"}
    )
    session = await Session.get()
    page = f"/desk/sessions/{session.id}"
    shown = await coordinator.send(page, f"{page}/publish")
    assert (added.status_code, shown.status_code) == (303, 303)
    assert "Late shifts" in (await client.get(f"/sessions/{session.id}")).text
    assert (await client.get(f"{topic}/handout.pdf?form=standard")).content.startswith(b"%PDF")


@pytest.mark.data
@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "Late shifts", "small letters"),
        ("name", "../x", "small letters"),
        ("name", "", "small letters"),
        ("name", "local", "name is taken"),
        ("name", "rest-and-routine", "name is taken"),
        ("title", "", "needed"),
        ("title", "x" * 121, "too long"),
        ("title", "a\u202eb", "invisible"),
        ("neutral_title", "", "needed"),
        ("neutral_title", "Your RIGHTS at night", "without “rights”"),
        ("neutral_title", "Los derechos", "without “derechos”"),
        ("language", "english", "short name of a language"),
    ],
)
async def test_what_does_not_fit_is_said_at_its_field(
    coordinator: StaffBrowser, field: str, typed: str, words: str
) -> None:
    new = {**NEW, field: typed}

    answer = await coordinator.post(PAGE, new)

    form = FormReader(answer.text).forms[PAGE]
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert words in answer.text
    assert {name: form[name] for name in ("kind", "name", "title", "neutral_title")} == {
        name: [new[name]] for name in ("kind", "name", "title", "neutral_title")
    }
    assert await Revision.all().count() == 0


@pytest.mark.data
async def test_a_topic_begun_twice_is_one_and_never_another_persons(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    answers = [await coordinator.post(PAGE, NEW) for _ in range(2)]

    theirs = await other.post(PAGE, {**NEW, "title": "Something else"})
    in_spanish = await other.post(PAGE, {**NEW, "language": "es"})

    assert [each.status_code for each in (*answers, theirs, in_spanish)] == [303, 303, 422, 422]
    assert "This name is taken" in theirs.text
    assert await saved() == [(1, "robin", "Started")]
    assert "Something else" not in await newest()
