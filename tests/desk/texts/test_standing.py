"""What a translation can be relied on for is said on its page and on the guide for a phone."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.client import Client
from tests.curricula.sheets import overlay_of
from tests.curricula.written import OBJECTIVES, curriculum_text
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import PATH, TOPIC
from workshops.settings import Settings

pytestmark = pytest.mark.data

SHEET = "rest-and-routine/overlays/north.en.md"
BEHIND, ORPHANED = "This translation is behind", "The original of this translation is gone"
MACHINE = "A machine translated this text"
CARD = "Information, not advice"
MADE: Mapping[str, tuple[str, str]] = {
    "up to date": ("0.1.0", ""),
    "behind": ("0.0.0", ""),
    "orphaned": ("0.1.0", ""),
    "by a machine": ("0.1.0", ", machine_made: true"),
}


@pytest.fixture(params=sorted(MADE))
def case(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(folder: Path, case: str) -> Path:
    """A translation into English, with a law sheet."""
    version, machine = MADE[case]
    (folder / PATH).write_text(curriculum_text(translation=f"{{of: es, source_version: {version}{machine}}}"))
    original = curriculum_text(language="es", objectives=OBJECTIVES["es"])
    (folder / "rest-and-routine/es.md").write_text("broken" if case == "orphaned" else original)
    (folder / SHEET).parent.mkdir()
    (folder / SHEET).write_text(overlay_of(law_last_reviewed="2026-10-16", expires_on="2026-12-30"))
    return folder


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"area": "north"})


async def test_pages_and_guides_say_it_and_law_cards_stand_only_where_all_is_in_order(
    client: Client, facilitator: StaffBrowser, case: str
) -> None:
    pages = [(await client.get(TOPIC)).text, (await facilitator.get(f"{TOPIC}/guide")).text]

    said = {"behind": [BEHIND], "orphaned": [ORPHANED], "by a machine": [MACHINE], "up to date": []}[case]
    for page in pages:
        assert [each for each in (BEHIND, ORPHANED, MACHINE) if each in page] == said
        assert (CARD in page) == (case in {"up to date", "by a machine"})
