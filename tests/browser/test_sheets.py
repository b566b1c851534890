"""A coordinator writes a local sheet in its form, without script and with it; another one publishes it."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.axe import AXE, RUN_AXE
from tests.browser.visiting import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

PLAIN: Mapping[str, Any] = {"java_script_enabled": False}
WORDS = {
    "Place, as prints name it": "North Harbour",
    "Country": "DE",
    "What the sheet covers": "Who may ask what.",
    "How practice differs": "Paper and practice differ.",
    "Law as of": "2026-10-15",
    "Last reviewed on": "2026-11-01",
    "Who reviewed it": "solicitor",
    "Their organisation": "an advice centre",
    "Second reader": "a group of peers",
}
SOURCE = {"Title": "An act", "Who wrote it": "A state", "Section or page": "part 2", "Read on": "2026-10-20"}


def begin(visitor: Visitor, kind: str, area: str) -> Page:
    """By the ways that the desk has, up to the form."""
    page = visitor.page
    visitor.open("/desk")
    page.get_by_role("link", name="Teaching texts").click()
    page.get_by_role("link", name="Begin a text").click()
    page.get_by_role("link", name=kind).click()
    if "topic" in kind:
        page.get_by_label("Topic").select_option(label="Rest and routine")
    page.get_by_label("Area").fill(area)
    page.get_by_label("Language", exact=False).first.select_option("en")
    page.get_by_role("button", name="Begin").click()
    return page


def fill(page: Page) -> None:
    for label, words in WORDS.items():
        page.get_by_label(label).first.fill(words)
    page.get_by_label("citizens", exact=True).check()
    page.locator("textarea[name^=slot-]").first.fill("**Here** the night bell is rung twice.")
    page.get_by_label("How far it has come").select_option("valid")


def test_a_sheet_goes_from_an_empty_form_to_the_pages_without_script(coordinate: Any) -> None:
    mine, theirs = coordinate(**PLAIN), coordinate(**PLAIN)
    page = begin(mine, "Local law sheet of a topic", "north-harbour")
    fill(page)
    page.get_by_role("button", name="Save").last.click()
    page.get_by_role("alert").get_by_text("Source 1: Title").wait_for()
    page.get_by_role("button", name="Add another source").click()
    group = page.get_by_role("group", name="Source 2")
    for label, words in SOURCE.items():
        group.get_by_label(label).fill(words)
    group.get_by_label("Web address").fill("https://example.org/act")

    page.get_by_role("button", name="Look first").click()
    card = page.locator("#look .law-card").inner_text()
    page.get_by_label("Second reader").press("Enter")
    page.get_by_role("heading", name="Revisions").wait_for()
    theirs.open(page.url.removeprefix(mine.site.address))
    theirs.page.get_by_role("button", name="Publish revision 2").click()
    theirs.page.get_by_text("On the pages: revision 2").wait_for()

    assert "North Harbour" in card
    assert "the night bell is rung twice" in card
    mine.open("/topics")
    page.get_by_role("link", name="Rest and routine").first.click()
    page.get_by_role("link", name="North Harbour").click()
    assert "the night bell is rung twice" in page.locator("main").inner_text()


def test_what_is_typed_is_shown_as_a_card_while_typing(coordinate: Any) -> None:
    visitor = coordinate()
    page = begin(visitor, "Local law sheet of a topic", "south-harbour")
    for label, words in SOURCE.items():
        page.get_by_label(label).first.fill(words)
    page.get_by_label("Web address").fill("https://example.org/act")

    fill(page)

    page.locator("#look .law-card").get_by_text("the night bell is rung twice").wait_for()


@pytest.mark.needs("node")
@pytest.mark.parametrize(("prefix", "options"), [("", {}), ("", {"color_scheme": "dark"}), ("/ar", {})])
def test_forms_of_sheets_fit_a_small_phone_and_have_no_violation(
    coordinate: Any, prefix: str, options: Mapping[str, Any]
) -> None:
    visitor = coordinate(**{**options, "viewport": {"width": 320, "height": 640}})
    name = f"harbour-{len(options)}{prefix.strip('/')}"
    overlay = begin(visitor, "Local law sheet of a topic", name).url
    visitor.page.get_by_role("button", name="Save").last.click()
    contacts = begin(visitor, "Local numbers and contacts", name).url

    found = {}
    for path in (overlay, contacts, f"{contacts}/contacts/new", "/desk/texts/translations", "/desk/texts/report"):
        visitor.open(prefix + path.removeprefix(visitor.site.address))
        visitor.page.evaluate(AXE.read_text())
        wide = visitor.page.evaluate("document.documentElement.scrollWidth") != 320
        found[path] = [*visitor.page.evaluate(RUN_AXE), *(["too wide"] if wide else [])]

    assert {path: faults for path, faults in found.items() if faults} == {}
