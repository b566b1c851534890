"""The main job in a real browser, with and without script."""

import pytest
from playwright.sync_api import Locator, Page, Request, Route

from tests.browser.conftest import Visit
from tests.browser.visiting import Site, Visitor, code_on
from tests.serving import run_command

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]


@pytest.mark.parametrize("scripted", [False, True], ids=["without script", "with script"])
def test_tonights_rights_session_is_found_taken_seen_and_given_back(visit: Visit, *, scripted: bool) -> None:
    visitor = visit(java_script_enabled=scripted)
    page = visitor.page

    visitor.find_tonights_rights_session(scripted=scripted)
    page.get_by_role("link", name="Take a place").click()
    page.get_by_label("A quiet seat near the door").check()
    page.get_by_role("button", name="Take a place").click()
    code = code_on(page)
    page.get_by_role("button", name="Done, I wrote it down").click()
    page.get_by_role("main").get_by_role("link", name="My place").click()
    page.get_by_label("Your number").fill(code)
    page.get_by_role("button", name="Open").click()
    seen = page.get_by_role("main").inner_text()
    page.get_by_role("button", name="Give my place back").click()
    given_back = page.get_by_role("status").inner_text()
    visitor.open_place(code)

    assert len(code) == 16
    assert "Your place is confirmed." in seen
    assert "the green door" in seen
    assert given_back.startswith("Done:")
    assert page.get_by_role("alert").inner_text().startswith("There is no place for this number")


def test_a_visitor_is_given_no_cookie_and_nothing_to_keep(visit: Visit) -> None:
    visitor = visit()

    visitor.open_place(visitor.take())

    assert visitor.context.cookies() == []
    assert visitor.context.storage_state(indexed_db=True)["origins"] == []
    assert visitor.page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("scripted", [False, True], ids=["without script", "with script"])
def test_a_double_click_gives_one_place(visit: Visit, site: Site, *, scripted: bool) -> None:
    visitor = visit(java_script_enabled=scripted)
    button = visitor.open_take_form()
    before = site.places()
    sent = _first_answer_held_back(visitor.page)

    _press_twice(visitor.page, button)
    code = code_on(visitor.page)

    assert len(sent) == 2
    assert len(code) == 16
    assert site.places() == before + 1


def test_the_same_form_sent_from_two_tabs_gives_one_place_and_the_same_code(visit: Visit, site: Site) -> None:
    visitor = visit()
    button = visitor.open_take_form()
    before = site.places()

    with visitor.context.expect_page() as opened:
        button.click(modifiers=["ControlOrMeta"])
    other = code_on(opened.value)
    button.click()

    assert code_on(visitor.page) == other
    assert site.places() == before + 1


def test_two_tabs_that_each_opened_the_form_give_two_places(visit: Visit, site: Site) -> None:
    visitor = visit()
    button = visitor.open_take_form()
    other = visitor.context.new_page()
    other.goto(visitor.page.url)
    before = site.places()

    button.click()
    other.get_by_role("button", name="Take a place").click()

    assert code_on(visitor.page) != code_on(other)
    assert site.places() == before + 2


def test_after_a_lost_answer_the_same_form_gives_the_same_place(visit: Visit, site: Site) -> None:
    visitor = visit()
    button = visitor.open_take_form()
    before = site.places()
    lost: list[str] = []

    def lose_the_answer(route: Route) -> None:
        lost.append(route.fetch().text())
        route.abort("aborted")

    visitor.page.route("**/take", lose_the_answer, times=1)
    with visitor.page.expect_event("requestfailed"):
        button.click(no_wait_after=True)
    button.click()
    code = code_on(visitor.page)

    assert f'value="{code}"' in lost[0]
    assert site.places() == before + 1


def test_a_receipt_that_is_reloaded_shows_the_same_code_or_with_script_asks_for_it(visit: Visit) -> None:
    plain, scripted = visit(java_script_enabled=False), visit()
    code, _ = plain.take(), scripted.take()

    plain.page.reload()
    scripted.page.reload()

    assert code_on(plain.page) == code
    assert scripted.page.get_by_label("Your number").input_value() == ""


def test_whoever_runs_an_evening_reads_its_guide_and_downloads_it(visit: Visit, site: Site) -> None:
    run_command(site.settings, "staff", "invite", "coordinator", "facilitator")
    invitation = (site.settings.data_dir / "invitation.txt").read_text().strip()
    page = _signed_in(visit(), invitation)

    page.get_by_role("link", name="Know your rights").first.click()
    page.get_by_label("kim").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Desk").click()
    page.get_by_role("link", name="Guide for the phone").click()
    heading = page.get_by_role("heading", level=1).inner_text()
    address = page.get_by_role("link", name="To print (PDF)").get_attribute("href")
    guide = page.request.get(f"{site.address}{address}")  # on a click Chromium would show it and keep its bytes

    assert heading == "Know your rights"
    assert guide.body().startswith(b"%PDF-")
    assert "right" not in guide.headers["content-disposition"].lower()


def _signed_in(visitor: Visitor, invitation: str) -> Page:
    page = visitor.page
    visitor.open("/staff/invitation")
    page.get_by_label("Code of the invitation").fill(invitation)
    page.get_by_label("Handle").fill("kim")
    page.get_by_label("Password").fill("lamp otter seven bridge")
    page.get_by_role("button", name="Make my account").click()
    page.get_by_role("heading", level=1, name="Desk").wait_for()
    return page


def _press_twice(page: Page, button: Locator) -> None:
    """Press where the button is, as a thumb does: without waiting for what comes of it."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + 20)
    page.wait_for_timeout(300)
    page.mouse.click(box["x"] + 20, box["y"] + 20)


def _first_answer_held_back(page: Page) -> list[Request]:
    """Let the first take form reach the server, but not its answer the page; returns what was sent."""
    sent: list[Request] = []

    def hold_back(route: Route) -> None:
        sent.append(route.request)
        if len(sent) == 1:
            route.fetch()
        else:
            route.continue_()

    page.route("**/take", hold_back)
    return sent
