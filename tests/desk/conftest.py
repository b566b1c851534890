"""What the tests of the desk share."""

import logging
from collections.abc import Awaitable, Iterator

import pytest

from tests.client import Client
from tests.desk.browser import StaffBrowser
from tests.make import NOW
from tests.shipped import library
from tests.staff.people import COORDINATOR, FACILITATOR, signed_in_token
from workshops.schedule.acting import Acting
from workshops.settings import Settings
from workshops.vault import open_vault


@pytest.fixture
def acting(client: Client, settings: Settings) -> Acting:
    """A coordinator called robin, now, with the keys of the running application."""
    vault = open_vault(settings.key_dir)
    assert vault is not None
    return Acting("robin", NOW, settings, vault, library())


@pytest.fixture
async def coordinator(client: Client, acting: Acting) -> StaffBrowser:
    return StaffBrowser(client, await signed_in_token(acting.vault, "robin", COORDINATOR, NOW))


@pytest.fixture
async def facilitator(client: Client, acting: Acting) -> StaffBrowser:
    return StaffBrowser(client, await signed_in_token(acting.vault, "sam", FACILITATOR, NOW))


class QueryCounter(logging.Handler):
    """Counts the queries that an answer costs."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 (the library's signature)
        self.count += 1

    async def of(self, answer: Awaitable[object]) -> int:
        self.count = 0
        await answer
        return self.count


@pytest.fixture
def queries(client: Client) -> Iterator[QueryCounter]:
    log, counter = logging.getLogger("tortoise.db_client"), QueryCounter()
    level, propagate = log.level, log.propagate
    log.setLevel(logging.DEBUG)
    log.propagate = False
    log.addHandler(counter)
    yield counter
    log.removeHandler(counter)
    log.setLevel(level)
    log.propagate = propagate
