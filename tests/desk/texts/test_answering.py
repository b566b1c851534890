"""A machine's translation is marked for everybody, until coordinators have read it and answer for it."""

from pathlib import Path

import pytest

from tests.client import Client
from tests.curricula.written import OBJECTIVES, curriculum_text
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import HERE, TOPIC, newest, saved
from tests.make import NOW
from workshops.curricula.models import Revision
from workshops.curricula.paths import text_id
from workshops.curricula.texts import digest_of_text
from workshops.settings import Settings
from workshops.staff.models import StaffAction

pytestmark = pytest.mark.data

PATH = "rest-and-routine/es.md"
SPANISH = f"/desk/texts/{text_id(PATH)}"
ANSWER = f"{SPANISH}/answer"
MADE = "{of: en, source_version: 0.1.0, machine_made: true, reviewed_on: null}"
TEXT = curriculum_text(language="es", translation=MADE, title='"Descanso"', objectives=OBJECTIVES["es"])
MARK = "A machine translated this text"


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / PATH).write_text(TEXT)
    return folder


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"languages": ("en", "es")})


def spoken(page: str) -> bool:
    """Whether a page in Spanish says that a machine wrote its text."""
    return "Una máquina tradujo este texto" in page or MARK in page


async def test_who_answers_for_a_translation_takes_its_mark_away(client: Client, coordinator: StaffBrowser) -> None:
    before, asked = (await client.get(f"/es{TOPIC}")).text, (await coordinator.get(SPANISH)).text

    answer = await coordinator.send(SPANISH, ANSWER)

    after, (revision,) = (await client.get(f"/es{TOPIC}")).text, await Revision.all()
    assert "We have read it and answer for it" in asked
    assert answer.status_code == 303
    assert (spoken(before), spoken(after)) == (True, False)
    assert NOW.date().isoformat() in after
    assert (revision.number, revision.handle, revision.published) == (1, "robin", True)
    assert "Read by people who answer for it" in (await coordinator.get(SPANISH)).text
    assert "We have read it and answer for it" not in (await coordinator.get(SPANISH)).text
    assert "answered for text" in [each.verb for each in await StaffAction.all()]


async def test_answering_twice_is_the_same_as_once(coordinator: StaffBrowser) -> None:
    form = await coordinator.form(SPANISH, ANSWER)

    answers = [await coordinator.post(ANSWER, form) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert len(await saved()) == 1


async def test_nobody_answers_for_what_they_have_not_seen(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    form = await coordinator.form(SPANISH, ANSWER)
    await other.send(f"{SPANISH}/file", text=TEXT.replace("Descanso", "Noches"))

    told = await coordinator.post(ANSWER, form)

    assert told.status_code == 409
    assert "Somebody changed this text since you opened the page." in told.text
    assert await Revision.filter(published=True).count() == 0


async def test_a_text_with_faults_is_answered_for_by_nobody(coordinator: StaffBrowser) -> None:
    await coordinator.send(f"{SPANISH}/file", text=TEXT.replace("kind=close", "kind=work"))

    offered = f'action="{ANSWER}"' in (await coordinator.get(SPANISH)).text
    told = await coordinator.post(ANSWER, {"seen": digest_of_text(await newest())})

    assert not offered
    assert told.status_code == 409
    assert "still has faults" in told.text
    assert await Revision.filter(published=True).count() == 0


async def test_a_text_that_people_wrote_asks_for_no_answer(coordinator: StaffBrowser) -> None:
    page, sent = (await coordinator.get(HERE)).text, await coordinator.post(f"{HERE}/answer", {"seen": ""})

    assert "We have read it and answer for it" not in page
    assert sent.status_code == 303
    assert await saved() == []


async def test_only_coordinators_answer_for_texts(facilitator: StaffBrowser) -> None:
    answer = await facilitator.post(ANSWER, {"seen": ""})

    assert answer.status_code == 404
    assert await saved() == []
