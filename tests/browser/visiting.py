"""A visitor with a real Chromium: every page it opens is watched for what no page of ours may do."""

import re
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request

from tests.browser.outside import HOST
from workshops.settings import Settings

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
# What Chromium says about answers that are as they should be.
EXPECTED = re.compile(r"Failed to load resource: |Error with Permissions-Policy header: ")
PHONE: Mapping[str, Any] = {"viewport": {"width": 360, "height": 640}}


def chromium_options() -> dict[str, Any]:
    return {"executable_path": shutil.which("chromium"), "args": list(FLAGS)}


@dataclass(frozen=True)
class Site:
    """A running installation with sample evenings, one of them tonight."""

    settings: Settings
    address: str
    outside: str  # origin that "Leave now" leads to

    def places(self) -> int:
        """How many places the database holds."""
        with closing(self._database()) as connection:
            return int(connection.execute("SELECT count(*) FROM place").fetchone()[0])

    def make_room(self) -> None:
        """Let every evening that is not full take as many as the tests of a module ask for."""
        with closing(self._database()) as connection, connection:
            connection.execute("UPDATE session SET capacity = 203, registrable = 200 WHERE taken < registrable")

    def _database(self) -> sqlite3.Connection:
        return sqlite3.connect(self.settings.data_dir / "workshops.sqlite3", timeout=20)


@dataclass
class Visitor:
    """One browser context: its first page, and what went wrong on any of its pages."""

    site: Site
    context: BrowserContext
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(10_000)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        self.context.on("request", self._see)
        self.page: Page = self.context.new_page()

    def open(self, path: str, page: Page | None = None) -> None:
        (page or self.page).goto(self.site.address + path)

    def find_tonights_rights_session(self, *, scripted: bool = False) -> None:
        """By the filters of the front page, up to its own page."""
        self.open("/")
        self.page.get_by_label("Tonight").check()
        self.page.get_by_label("About").select_option(label="Know your rights")
        if not scripted:
            self.page.get_by_role("button", name="Show").click()
        self.page.get_by_role("status").get_by_text("1 evening", exact=True).wait_for()
        self.page.locator(".row-main").click()
        self.page.get_by_role("heading", level=1, name="Know your rights").wait_for()

    def open_take_form(self) -> Locator:
        """The form for a place tonight; returns its button."""
        self.find_tonights_rights_session()
        self.page.get_by_role("link", name="Take a place").click()
        return self.page.get_by_role("button", name="Take a place")

    def take(self) -> str:
        self.open_take_form().click()
        return code_on(self.page)

    def open_place(self, code: str) -> None:
        self.open("/place")
        self.page.get_by_label("Your number").fill(code)
        self.page.get_by_role("button", name="Open").click()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not EXPECTED.match(message.text):
            self.faults.append(f"console: {message.text}")

    def _see(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in {"127.0.0.1", HOST}:
            self.faults.append(f"asked elsewhere: {request.url}")


def code_on(page: Page) -> str:
    """The code of the receipt that a page shows."""
    page.get_by_role("heading", name="You have a place").wait_for()
    return "".join(page.locator(".code span").all_inner_texts())
