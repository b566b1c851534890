"""The way out: at once, by one press or three, and without a way back for who looks next."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page

from tests.browser.conftest import Visit
from tests.browser.outside import TITLE
from tests.browser.visiting import Visitor

TELL_WHEN_HIDDEN = """() => new MutationObserver(() => {
  const seen = [document.title, document.body.checkVisibility()];
  fetch("/told", {method: "POST", body: JSON.stringify(seen), keepalive: true});
}).observe(document.documentElement, {attributes: true, attributeFilter: ["hidden"]})"""

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]


@pytest.mark.parametrize("way", ["link", "shift"])
def test_back_after_leaving_the_receipt_shows_nothing_of_ours_however_often(visit: Visit, way: str) -> None:
    visitor = visit()
    visitor.take()

    _leave(visitor.page, way)
    seen = [_seen_after_back(visitor) for _ in range(4)]

    assert seen == [TITLE] * 4


def test_back_after_leaving_the_page_of_a_place_shows_nothing_of_ours(visit: Visit) -> None:
    visitor = visit()
    visitor.open_place(visitor.take())

    _leave(visitor.page, "link")
    seen = [_seen_after_back(visitor) for _ in range(3)]

    assert seen == [TITLE] * 3


def test_what_was_on_the_screen_is_gone_before_the_next_page_has_come(visit: Visit) -> None:
    visitor = visit()
    visitor.take()
    page = visitor.page
    page.route("**/leave", lambda _: None)  # a network that does not answer
    page.evaluate(TELL_WHEN_HIDDEN)  # while a page is being left, Chromium answers no questions about it

    with page.expect_request("**/told") as told:
        page.get_by_role("link", name="Leave now").click(no_wait_after=True)

    assert told.value.post_data_json == ["", False]


def test_whoever_comes_back_on_purpose_is_not_sent_away(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/topics")
    _leave(visitor.page, "link")

    visitor.open("/")
    visitor.page.get_by_role("link", name="Safety").click()
    visitor.page.go_back()

    assert visitor.page.get_by_role("heading", level=1).inner_text() == "Coming evenings"


def test_the_link_leads_out_without_script(visit: Visit) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.open("/safety")

    visitor.page.get_by_role("link", name="Leave now").click()

    assert visitor.page.title() == TITLE


def test_writing_capitals_is_no_way_out_and_neither_are_three_slow_presses(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/place")
    page = visitor.page
    heading = page.get_by_role("heading", level=1)

    page.get_by_label("Your number").press_sequentially("ABCD")
    for _ in range(4):
        page.keyboard.press("Shift+A")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_timeout(5100)
    page.keyboard.press("Shift")
    page.wait_for_timeout(300)

    assert heading.inner_text() == "My place"


def test_a_page_with_a_number_is_empty_once_it_is_left_and_asks_for_the_number_when_it_is_come_back_to(
    visit: Visit,
) -> None:
    visitor = visit()
    code = visitor.take()
    page = visitor.page

    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    left = page.content()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.get_by_label("Your number").wait_for()

    assert page.url == f"{visitor.site.address}/place"
    assert page.locator("body").inner_text() != ""
    assert code not in left
    assert code[:4] not in left


def test_a_form_that_was_refused_is_empty_once_it_is_left_and_comes_back_as_a_fresh_form(visit: Visit) -> None:
    visitor = visit()
    button = visitor.open_take_form()
    page, form = visitor.page, visitor.page.url
    page.evaluate("document.querySelector('[name=nonce]').value = 'x'")
    page.get_by_label("A quiet seat near the door").check()
    button.click()
    page.get_by_text("The form was too old").wait_for()

    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    left = page.content()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.get_by_label("A quiet seat near the door").wait_for()

    assert "nonce" not in left
    assert page.url == form
    assert not page.get_by_label("A quiet seat near the door").is_checked()


def _leave(page: Page, way: str) -> None:
    if way == "link":
        page.get_by_role("link", name="Leave now").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.get_by_text("Rain later.").wait_for()


def _seen_after_back(visitor: Visitor) -> str:
    """The title of what shows, once it has stopped moving."""
    page = visitor.page
    with suppress(Error):  # the page before it may just be going
        page.evaluate("history.back()")
    for _ in range(30):
        page.wait_for_timeout(100)
        if not page.url.startswith(visitor.site.address) and page.title():
            break
    return page.title()
