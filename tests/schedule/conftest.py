"""What the tests of the schedule share."""

import pytest

from tests.make import NOW
from tests.shipped import library
from workshops.schedule.acting import Acting
from workshops.settings import Settings
from workshops.vault import make_vault


@pytest.fixture
def acting(settings: Settings) -> Acting:
    """A coordinator called robin, now."""
    return Acting("robin", NOW, settings, make_vault(settings.key_dir), library())
