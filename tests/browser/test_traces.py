"""What a browser's folder holds after a visit: the address of the site, and nothing of what it was for."""

import json
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

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
    with _browser(playwright, tmp_path) as context:
        secrets = _visit(site, context)

    assert _found(tmp_path, secrets) == set()


def test_pages_that_refuse_and_going_back_leave_nothing_in_the_folder_either(
    playwright: Playwright, site: Site, tmp_path: Path
) -> None:
    with _browser(playwright, tmp_path) as context:
        secrets = _be_refused(site, context)

    assert _found(tmp_path, secrets) == set()


@pytest.mark.parametrize("refused", [False, True], ids=["on the page of a place", "on a page that refuses"])
def test_a_browser_that_is_killed_and_restored_shows_no_number_and_holds_none(
    playwright: Playwright, site: Site, tmp_path: Path, *, refused: bool
) -> None:
    with _browser(playwright, tmp_path) as context:
        secrets = (_be_refused if refused else _visit)(site, context)
        _kill(tmp_path)
    held = _found(tmp_path, secrets)

    _restore_tabs(tmp_path)
    with _browser(playwright, tmp_path) as context:
        shown = "".join(_restored(page) for page in context.pages)

    assert held == set()
    assert f"{site.address}/place" in shown  # the tab was restored, and asks for the number
    assert not [name for name, secret in secrets.items() if secret in shown]
    assert _found(tmp_path, secrets) == set()


def test_without_script_the_browser_keeps_what_was_sent_to_restore_its_tabs_and_nothing_else(
    playwright: Playwright, site: Site, tmp_path: Path
) -> None:
    """What the safety page and the threat model say of a browser without script."""
    with _browser(playwright, tmp_path, java_script_enabled=False) as context:
        secrets = _visit(site, context)

    found = _found(tmp_path, secrets)
    files = {path.relative_to(tmp_path).parts[:2] for path in _files(tmp_path) if _holds(path, secrets["code"])}

    assert found == {"code", "nonce", "need"}
    assert files == {("Default", "Sessions")}


def test_without_script_a_private_window_keeps_nothing(playwright: Playwright, site: Site, tmp_path: Path) -> None:
    options = chromium_options()
    options["args"] = [*options["args"], f"--found-by={tmp_path}"]
    browser = playwright.chromium.launch(**options)
    try:
        secrets = _visit(
            site, browser.new_context(java_script_enabled=False, **PHONE)
        )  # as private as a private window

        folder = next(Path(each.partition("=")[2]) for each in _command(tmp_path) if "user-data-dir=" in each)
        found = _found(folder, secrets)
    finally:
        browser.close()

    assert found == set()


def test_the_same_search_finds_the_title_of_a_page_that_does_tell(playwright: Playwright, tmp_path: Path) -> None:
    with _telling_page() as address, _browser(playwright, tmp_path) as context:
        context.pages[0].goto(address)

    assert _found(tmp_path, {"title": MARKER}) == {"title"}


def _visit(site: Site, context: BrowserContext) -> dict[str, str]:
    """The whole journey of a participant; returns what no file may hold."""
    visitor = Visitor(site, context)
    secrets = _take(visitor)
    visitor.open_place(secrets["code"])
    visitor.page.get_by_text("the green door").wait_for()
    visitor.page.get_by_role("button", name="Show it in my calendar").click()
    visitor.page.get_by_role("button", name="Make an address").click()
    address = visitor.page.locator(".address").inner_text()
    _let_it_be_written(visitor.page)
    return secrets | {"token": address.rpartition("/")[2].removesuffix(".ics")}


def _be_refused(site: Site, context: BrowserContext) -> dict[str, str]:
    """A place, then answers that refuse: a move to nowhere, a form of another evening, and the way back."""
    visitor = Visitor(site, context)
    page, secrets = visitor.page, _take(visitor)
    visitor.open_place(secrets["code"])
    _send(page, "/place/move", code=secrets["code"], session="0123456789ab")
    page.get_by_role("heading", name="Not available").wait_for()
    page.go_back()
    visitor.open_take_form()
    form, bad = page.url.removeprefix(site.address), secrets["nonce"][:-4]
    _send(page, form, nonce=bad, need="QUIET_SEAT")
    page.get_by_text("The form was too old").wait_for()
    page.go_back()
    page.go_forward()
    _send(page, "/place/move", code=secrets["code"], session="0123456789ab")
    page.get_by_role("heading", name="Not available").wait_for()
    _let_it_be_written(page)
    return secrets


def _take(visitor: Visitor) -> dict[str, str]:
    button = visitor.open_take_form()
    nonce = visitor.page.locator("[name=nonce]").input_value()
    visitor.page.get_by_label("A quiet seat near the door").check()
    button.click()
    code = code_on(visitor.page)
    return {
        "code": code,
        "code in groups": " ".join(code[start : start + 4] for start in range(0, 16, 4)),
        "nonce": nonce,
        "topic": "Know your rights",
        "directions": "the green door",
        "word": "lantern",
        "need": "QUIET_SEAT",
    }


def _send(page: Page, path: str, **fields: str) -> None:
    """Send a form of ours with other values, as a page that has been open for long does."""
    page.evaluate(
        """([path, fields]) => {
          const form = document.body.appendChild(document.createElement("form"));
          Object.assign(form, {method: "post", action: path});
          for (const [name, value] of Object.entries(fields))
            form.appendChild(Object.assign(document.createElement("input"), {type: "hidden", name, value}));
          form.submit();
        }""",
        [path, fields],
    )


def _let_it_be_written(page: Page) -> None:
    page.wait_for_timeout(3000)  # Chromium writes down its windows a moment late


def _kill(folder: Path) -> None:
    """End the browser of this folder as a crash does."""
    for number, command in _commands():
        if f"--user-data-dir={folder}" in command:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)


def _command(folder: Path) -> list[str]:
    return next(command for _, command in _commands() if f"--found-by={folder}" in command)


def _commands() -> Iterator[tuple[int, list[str]]]:
    """The processes of this machine, each with its words."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            yield int(entry.name), (entry / "cmdline").read_text(errors="replace").split("\0")


def _restore_tabs(folder: Path) -> None:
    """Let the next start open the tabs of the last one, as whoever presses "Restore" does."""
    preferences = {"session": {"restore_on_startup": 1}, "profile": {"exit_type": "Normal"}}
    (folder / "Default" / "Preferences").write_text(json.dumps(preferences))


def _restored(page: Page) -> str:
    page.wait_for_load_state()
    page.wait_for_timeout(1000)
    return page.url + page.content()


@contextmanager
def _browser(playwright: Playwright, folder: Path, **more: Any) -> Iterator[BrowserContext]:
    context = playwright.chromium.launch_persistent_context(folder, **{**chromium_options(), **PHONE, **more})
    yield context
    with suppress(Error):  # it was killed
        context.close()


def _found(folder: Path, secrets: Mapping[str, str]) -> set[str]:
    files = list(_files(folder))
    assert len(files) > 20
    return {name for name, secret in secrets.items() if any(_holds(file, secret) for file in files)}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _holds(file: Path, secret: str) -> bool:
    content = file.read_bytes()
    return secret.encode() in content or secret.encode("utf-16-le") in content


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
