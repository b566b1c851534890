"""What a browser's folder holds after a visit: the address of the site, and nothing of what it was for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from tests.browser.visiting import PHONE, Site, Visitor, chromium_options, code_on

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

MARKER = "a-title-that-is-kept"


@pytest.fixture(scope="module")
def playwright(site: Site) -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


def test_the_folder_of_a_browser_tells_no_number_no_topic_and_no_directions(
    playwright: Playwright, site: Site, tmp_path: Path
) -> None:
    secrets = _visit(playwright, site, tmp_path)

    found = {name for name, secret in secrets.items() if _holds(tmp_path, secret)}

    assert found == set()


def test_the_same_search_finds_the_title_of_a_page_that_does_tell(playwright: Playwright, tmp_path: Path) -> None:
    with _telling_page() as address, _browser(playwright, tmp_path) as context:
        context.pages[0].goto(address)

    assert _holds(tmp_path, MARKER)


def _visit(playwright: Playwright, site: Site, folder: Path) -> dict[str, str]:
    """The whole journey of a participant; returns what no file may hold."""
    with _browser(playwright, folder) as context:
        visitor = Visitor(site, context)
        button = visitor.open_take_form()
        nonce = visitor.page.locator("[name=nonce]").input_value()
        visitor.page.get_by_label("A quiet seat near the door").check()
        button.click()
        code = code_on(visitor.page)
        visitor.open_place(code)
        visitor.page.get_by_text("the green door").wait_for()
        visitor.page.get_by_role("button", name="Show it in my calendar").click()
        visitor.page.get_by_role("button", name="Make an address").click()
        address = visitor.page.locator(".address").inner_text()
        visitor.page.wait_for_timeout(3000)  # Chromium writes down its windows a moment late
    return {
        "code": code,
        "code in groups": " ".join(code[start : start + 4] for start in range(0, 16, 4)),
        "nonce": nonce,
        "token": address.rpartition("/")[2].removesuffix(".ics"),
        "topic": "Know your rights",
        "directions": "the green door",
        "word": "lantern",
        "need": "QUIET_SEAT",
    }


@contextmanager
def _browser(playwright: Playwright, folder: Path) -> Iterator[BrowserContext]:
    context = playwright.chromium.launch_persistent_context(folder, **chromium_options(), **PHONE)
    yield context
    context.close()


def _holds(folder: Path, secret: str) -> bool:
    needles = (secret.encode(), secret.encode("utf-16-le"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 50
    return any(needle in file.read_bytes() for file in files for needle in needles)


@contextmanager
def _telling_page() -> Iterator[str]:
    class Telling(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>{MARKER}</title>".encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Telling) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
