"""What the tests of texts share."""

from pathlib import Path

import pytest

from tests.client import Client
from tests.curricula.test_sources import ENTRY
from tests.desk.browser import StaffBrowser
from tests.desk.texts.small import PATH, TEXT
from tests.make import NOW
from tests.staff.people import COORDINATOR, signed_in_token
from workshops.schedule.acting import Acting
from workshops.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Released files: one curriculum and the sources."""
    folder = tmp_path / "texts"
    (folder / "rest-and-routine").mkdir(parents=True)
    (folder / PATH).write_bytes(TEXT.encode())
    (folder / "sources.yaml").write_text(ENTRY)
    return folder


@pytest.fixture
def settings(settings: Settings, folder: Path) -> Settings:
    return settings.model_copy(update={"curricula_dir": folder})


@pytest.fixture
async def other(client: Client, acting: Acting) -> StaffBrowser:
    """A second coordinator."""
    return StaffBrowser(client, await signed_in_token(acting.vault, "alex", COORDINATOR, NOW))
