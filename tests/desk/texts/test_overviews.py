"""Pages over all texts: how translations stand, and what somebody has to look after."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.client import Client
from tests.curricula.sheets import facts_of, overlay_of
from tests.curricula.written import BODY, OBJECTIVES, curriculum_text
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import HERE, PATH
from workshops.curricula.paths import fact_word, text_id, unit_word
from workshops.curricula.rules import short_id
from workshops.curricula.state import Library
from workshops.schedule.models import Area
from workshops.settings import Settings

pytestmark = pytest.mark.data

ES, AR = "rest-and-routine/es.md", "rest-and-routine/ar.md"
SHEET, FACTS = "rest-and-routine/overlays/north.en.md", "local/north.en.yaml"
ORIGINAL = curriculum_text(version="1.3.0", review="{peer: 2026-01-02, content: null, next_due: 2026-10-01}")
MATRIX, REPORT = "/desk/texts/translations", "/desk/texts/report"


def translated(language: str, source_version: str, machine: str = "", body: str = BODY) -> str:
    made = f"{{of: en, source_version: {source_version}{machine}}}"
    return curriculum_text(language=language, translation=made, objectives=OBJECTIVES[language], body=body)


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / PATH).write_text(ORIGINAL)
    without_end = BODY.replace("{id=end", "{id=finish").replace("{id=m1", "{id=m1 source-version=1.3.0")
    (folder / ES).write_text(translated("es", "1.2.0", body=without_end))
    (folder / AR).write_text(translated("ar", "1.3.0", ", machine_made: true"))
    (folder / "local").mkdir()
    (folder / SHEET).parent.mkdir()
    (folder / SHEET).write_text(overlay_of(law_last_reviewed="2026-10-16", expires_on="2026-10-30"))
    days = {"checked_on": "2026-01-01", "expires_on": "2026-07-01"}
    (folder / FACTS).write_text(facts_of({}, {"id": "bell", "name": '"The bell"', **days}))
    return folder


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"languages": ("en", "fr")})


async def test_every_topic_stands_in_every_language_with_a_sign_and_a_word(coordinator: StaffBrowser) -> None:
    page = (await coordinator.get(MATRIX)).text

    row = page.split("<tbody")[1]
    for word in ("Original", "Up to date", "Behind", "By a machine", "Not there"):
        assert f"</svg> {word}</" in row
    assert [page.count(f'lang="{code}"') > 0 for code in ("ar", "en", "es", "fr")] == [True] * 4


async def test_what_is_behind_leads_to_the_parts_to_translate_anew(coordinator: StaffBrowser) -> None:
    page = (await coordinator.get(MATRIX)).text

    assert f'href="/desk/texts/{text_id(ES)}/units/{unit_word("start")}"' in page
    assert f"units/{unit_word('m1')}" not in page
    assert f'href="/desk/texts/{text_id(ES)}/file"><bdi>Close</bdi>: missing' in page


async def test_a_part_that_was_saved_waits_to_be_published(coordinator: StaffBrowser) -> None:
    here = f"/desk/texts/{text_id(ES)}"
    counts = []

    for change in ("Hola.", None, "Buenas."):
        if change:
            await coordinator.send(f"{here}/units/{unit_word('start')}", t0=change)
        else:
            await coordinator.send(here, f"{here}/publish")
        counts.append((await coordinator.get(MATRIX)).text.count("Saved, not published"))

    assert counts == [1, 0, 1]


async def test_what_is_not_there_leads_to_a_form_that_is_filled_in(coordinator: StaffBrowser) -> None:
    page = (await coordinator.get(MATRIX)).text
    link = f"/desk/texts/new?kind=translation&amp;topic={short_id('rest-and-routine')}&amp;language=fr"

    form = await coordinator.form(link.replace("&amp;", "&"), "/desk/texts/new")

    assert f'<a href="{link}">' in page
    assert (form["curriculum"], form["language"]) == (["rest-and-routine"], ["fr"])


async def test_a_translation_that_was_begun_and_never_published_leads_to_its_page(coordinator: StaffBrowser) -> None:
    new = {"kind": "translation", "curriculum": "rest-and-routine", "language": "fr"}
    await coordinator.post("/desk/texts/new", new)

    page = (await coordinator.get(MATRIX)).text

    assert f'<a href="/desk/texts/{text_id("rest-and-routine/fr.md")}">' in page
    assert "Saved, not published" in page


async def test_the_report_begins_with_what_is_due_and_folds_the_rest(coordinator: StaffBrowser) -> None:
    page = (await coordinator.get(REPORT)).text

    due, _, rest = page.partition("Everything by its days")
    assert f'href="{HERE}"' in due
    assert f'href="/desk/texts/{text_id(ES)}"' in due
    assert "Behind its original" in due
    assert "The bell" in due
    assert (f'href="/desk/texts/{text_id(AR)}"' in due, f'href="/desk/texts/{text_id(AR)}"' in rest) == (False, True)
    assert rest.count("<details>") >= 3
    assert "Nothing is due." not in page


async def test_the_report_says_that_nothing_is_due(coordinator: StaffBrowser, folder: Path, client: Client) -> None:
    library = client.state["library"]
    files = library.released.files
    kept = {PATH: replace(files[PATH], text=curriculum_text()), "sources.yaml": files["sources.yaml"]}
    library.texts = library.released = replace(library.released, files=kept)
    library._catalogue = None  # noqa: SLF001 (as if it had begun with these files)

    assert "Nothing is due." in (await coordinator.get(REPORT)).text


async def test_the_report_names_reviews_ages_ends_and_sources(coordinator: StaffBrowser) -> None:
    page = (await coordinator.get(REPORT)).text

    assert 'Review was due on <bdi dir="ltr">2026-10-01</bdi>' in page
    assert "Reading age" in page
    assert '<strong>ended on <bdi dir="ltr">2026-07-01</bdi></strong>' in page
    assert '<strong>ends on <bdi dir="ltr">2026-10-30</bdi>, within a week</strong>' in page
    assert f'href="/desk/sheets/{text_id(FACTS)}/contacts/{fact_word("bell")}"' in page
    assert "Read on" in page
    assert f'href="{HERE}"' in page


async def test_the_report_names_what_does_not_read_and_what_tells_strangers(
    client: Client, coordinator: StaffBrowser
) -> None:
    await Area.create(label="Brothel row")
    text = ORIGINAL.replace('"Evening class"', '"Sex work evening"')
    (client.state["settings"].curricula_dir / PATH).write_text(text)
    library = Library(client.state["settings"].model_copy(update={"data_dir": client.state["settings"].data_dir / "x"}))
    client.state["library"]._catalogue, client.state["library"].texts = library.catalogue, library.texts  # noqa: SLF001 (as a later start reads them)

    page = (await coordinator.get(REPORT)).text

    assert f'<a href="{HERE}#faults"><bdi dir="ltr">texts/{PATH}</bdi></a>' in page
    told = " ".join(page.split("Words that tell strangers")[1].split("</ul>")[0].split())
    assert f'Neutral title: <a href="{HERE}"><bdi>Sex work evening</bdi></a> (<bdi>sex work</bdi>)' in told
    assert "Area: <bdi>Brothel row</bdi> (<bdi>brothel</bdi>)" in told
    assert "Name of the site:" not in told


async def test_the_report_says_that_nothing_tells_and_how_law_sheets_read(coordinator: StaffBrowser) -> None:
    page = (await coordinator.get(REPORT)).text

    assert "hold no word that tells strangers" in page
    assert "An act, part 2" in page


async def test_the_list_of_texts_leads_to_both(coordinator: StaffBrowser) -> None:
    page = (await coordinator.get("/desk/texts")).text

    assert f'href="{MATRIX}"' in page
    assert f'href="{REPORT}"' in page


async def test_only_coordinators_see_them(client: Client, facilitator: StaffBrowser) -> None:
    for path in (MATRIX, REPORT):
        assert (await facilitator.get(path)).status_code == 404
        assert (await client.get(path)).status_code == 303
