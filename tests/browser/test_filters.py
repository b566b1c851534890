"""The filters of the front page: the list changes in place, and nothing is lost where it cannot."""

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]


def test_a_filter_changes_the_list_in_place_and_keeps_the_focus(visit: Visit) -> None:
    page = _front_page(visit)
    page.evaluate("document.getElementById('count').marked = true")
    band = page.get_by_label("Part of the day")

    band.focus()
    band.select_option(label="Late")
    _count(page, "6 evenings")

    assert band.evaluate("element => element === document.activeElement")
    assert page.evaluate("document.getElementById('count').marked")  # the same element: its change is read aloud
    assert "band=c" in page.url


def test_back_and_forward_go_through_the_choices(visit: Visit) -> None:
    page = _front_page(visit)
    band = page.get_by_label("Part of the day")
    band.select_option(label="Late")
    _count(page, "6 evenings")
    page.get_by_label("Tonight").check()
    _count(page, "1 evening")

    page.go_back()
    _count(page, "6 evenings")
    first = (band.input_value(), page.get_by_label("Tonight").is_checked())
    page.go_back()
    _count(page, "15 evenings")
    second = band.input_value()
    page.go_forward()
    _count(page, "6 evenings")

    assert (first, second, band.input_value()) == (("c", False), "", "c")


def test_the_last_of_two_quick_choices_wins(visit: Visit) -> None:
    page = _front_page(visit)
    held: list[Route] = []
    page.route("**/?*", lambda route: held.append(route), times=1)  # noqa: PLW0108 (playwright takes no built-in)
    band = page.get_by_label("Part of the day")

    band.select_option(label="Late")
    band.select_option(label="After work, small hours")
    _count(page, "1 evening")

    assert len(held) == 1
    assert "band=d" in page.url


def test_where_the_request_for_the_list_is_lost_the_browser_asks_for_the_page(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/")
    page = visitor.page
    page.route("**/?*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())

    page.get_by_label("Part of the day").select_option(label="Late")
    _count(page, "6 evenings")

    assert page.get_by_label("Part of the day").input_value() == "c"
    visitor.faults.clear()  # htmx names the lost request in the console


def test_a_refusal_takes_the_place_of_the_page_and_is_no_dead_end(visit: Visit) -> None:
    page = _front_page(visit)
    page.get_by_label("Part of the day").evaluate("it => { it.name = 'page'; it.options[1].value = '99'; }")

    page.get_by_label("Part of the day").select_option(index=1)
    page.get_by_role("alert").wait_for()
    headings = page.get_by_role("heading", level=1).all_inner_texts()
    page.get_by_role("main").get_by_role("link", name="Coming evenings").click()
    _count(page, "15 evenings")

    assert headings == ["Not available"]


def _front_page(visit: Visit) -> Page:
    visitor = visit()
    visitor.open("/")
    return visitor.page


def _count(page: Page, words: str) -> None:
    page.get_by_role("status").get_by_text(words, exact=True).wait_for()
