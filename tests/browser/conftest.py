"""One server with sample evenings and one Chromium for each module; a fresh visitor for each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.outside import outside
from tests.browser.visiting import PHONE, Site, Visitor, chromium_options
from tests.serving import run_command, serving
from workshops.settings import Settings

Visit = Callable[..., Visitor]
handles = (f"robin{number}" for number in count())


@pytest.fixture(scope="module")
def session_budget() -> int:
    """How many places of one evening cost nothing: plenty, where a module says no less."""
    return 1000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, session_budget: int) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    budgets = {"session_budget": session_budget, "site_budget": 1000}
    settings = Settings(data_dir=folder / "data", key_dir=folder / "keys").model_copy(update=budgets)
    with outside(folder) as origin:
        more = {"ZONE": _where_it_is_afternoon(), "LANGUAGES": "en ar", "LEAVE_TO": f"{origin}/"}
        variables = {f"WORKSHOPS_{name}": value for name, value in more.items()}
        with serving(settings, ("workshops", "serve"), **variables) as served:
            site = Site(settings, served.address, origin)
            site.make_room()
            yield site


@pytest.fixture(scope="module")
def chromium(site: Site) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options())
        yield browser
        browser.close()


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Visit]:
    """Visitors with a small phone, or what a test says; at the end none may have seen a fault."""
    visitors: list[Visitor] = []

    def come(**options: Any) -> Visitor:
        context = chromium.new_context(**{**PHONE, "ignore_https_errors": True, **options})
        stack.callback(context.close)
        visitors.append(Visitor(site, context))
        return visitors[-1]

    with ExitStack() as stack:
        yield come
    assert [fault for visitor in visitors for fault in visitor.faults] == []


@pytest.fixture
def coordinate(site: Site, visit: Visit) -> Any:
    """Coordinators, each signed in with a browser of their own."""

    def come(**options: Any) -> Visitor:
        run_command(site.settings, "staff", "invite", "coordinator")
        visitor = visit(**options)
        visitor.open("/staff/invitation")
        visitor.page.get_by_label("Code of the invitation").fill(
            (site.settings.data_dir / "invitation.txt").read_text().strip()
        )
        visitor.page.get_by_label("Handle").fill(next(handles))
        visitor.page.get_by_label("Password").fill("lamp otter seven bridge")
        visitor.page.get_by_role("button", name="Make my account").click()
        visitor.page.get_by_role("heading", level=1, name="Desk").wait_for()
        return visitor

    return come


def _where_it_is_afternoon() -> str:
    """A zone in which it is about four now: tonight's sample evening stays open for as long as tests run."""
    offset = (16 - datetime.now(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-offset:+d}"
