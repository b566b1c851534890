"""Many people ask at once: a real browser works for a place, and whoever has no script waits for it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
from playwright.sync_api import Page, Response, Route, expect

from tests.browser.conftest import Visit
from tests.browser.visiting import Site, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

FIRST_VISIT = 35_000  # bytes
RECEIPT = re.compile("You have a place|You are on the waiting list")


@pytest.fixture(scope="module")
def session_budget() -> int:
    return 3


@pytest.fixture(scope="module")
def form(site: Site) -> str:
    """The address of a form, after as many people as the budget have taken a place with others like it."""
    with httpx2.Client(base_url=site.address) as http:
        session = re.findall(r'href="(/sessions/[^"/]+)"', http.get("/").text)[-1]
        for _ in range(site.settings.session_budget):
            page = http.get(f"{session}/take").text
            nonce = re.search(r'name="nonce" value="([^"]+)"', page)
            assert nonce is not None
            assert http.post(f"{session}/take", data={"nonce": nonce[1]}).status_code == 200
    return f"{session}/take"


def test_whoever_presses_at_once_gets_a_place_after_a_few_seconds(visit: Visit, form: str) -> None:
    visitor = visit()
    with slowed(visitor):
        visitor.open(form)
        press(visitor.page)
        expect(visitor.page.get_by_text("Your phone will work for a few seconds.")).to_be_visible()

    expect(visitor.page.get_by_role("heading", name=RECEIPT)).to_be_visible(timeout=30_000)


def test_whoever_reads_first_is_told_when_the_phone_is_ready(visit: Visit, form: str) -> None:
    visitor = visit()
    visitor.open(form)

    ready = visitor.page.get_by_text("Your phone is ready. You can press now.")
    expect(ready).to_be_visible(timeout=30_000)
    expect(visitor.page.get_by_text("Please press again in")).to_be_hidden()
    press(visitor.page)

    expect(visitor.page.get_by_role("heading", name=RECEIPT)).to_be_visible()


def test_without_script_the_form_says_when_to_press_and_says_it_again(visit: Visit, form: str) -> None:
    visitor = visit(java_script_enabled=False)
    visitor.open(form)
    visitor.page.get_by_label("A quiet seat near the door").check()
    press(visitor.page)

    busy = visitor.page.get_by_role("alert")
    expect(busy).to_contain_text("Nothing was taken yet.")
    expect(busy).to_contain_text(re.compile(r"press again in .?1[01].? minutes"))
    expect(visitor.page.get_by_text("Your phone")).to_have_count(2)
    for each in visitor.page.get_by_text("Your phone").all():
        expect(each).to_be_hidden()
    expect(visitor.page.get_by_label("A quiet seat near the door")).to_be_checked()


def test_where_the_worker_is_missing_the_form_can_be_pressed_and_waits(visit: Visit, form: str) -> None:
    visitor = visit()
    visitor.page.route("**/altcha-pbkdf2.js", lambda route: route.fulfill(status=404))
    visitor.open(form)

    expect(visitor.page.get_by_text("Please press again in")).to_be_visible()
    press(visitor.page)

    expect(visitor.page.get_by_role("alert")).to_contain_text("Nothing was taken yet.")


def test_a_first_visit_of_a_form_that_costs_something_is_small_and_others_load_no_worker(
    visit: Visit, site: Site, form: str
) -> None:
    visitor = visit()
    costly, free = _seen(visitor.page), site.address + _another(site, form)

    visitor.open(form)
    expect(visitor.page.get_by_text("Your phone is ready.")).to_be_visible(timeout=30_000)
    bytes_seen = sum(int(response.headers["content-length"]) for response in costly)
    names = {response.url.rpartition("/")[2] for response in costly}
    costly.clear()
    visitor.page.goto(free)

    assert {"work.js", "altcha-pbkdf2.js"} <= names
    assert bytes_seen < FIRST_VISIT
    assert {response.url.rpartition("/")[2] for response in costly} & {"work.js", "altcha-pbkdf2.js"} == set()


def press(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Take a place|Join the waiting list")).click(no_wait_after=True)


@contextmanager
def slowed(visitor: Visitor) -> Iterator[None]:
    """Hold the worker's file back until the block ends, as a slow network would."""
    held: list[Route] = []
    visitor.page.route("**/altcha-pbkdf2.js", lambda route: held.append(route))  # noqa: PLW0108 (it marks what it is given)
    yield
    for route in held:
        route.continue_()
    visitor.page.unroute("**/altcha-pbkdf2.js")


def _seen(page: Page) -> list[Response]:
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 (the same)
    return responses


def _another(site: Site, form: str) -> str:
    """The form of an evening that nobody has rushed to."""
    sessions = re.findall(r'href="(/sessions/[^"/]+)"', httpx2.get(site.address).text)
    return next(f"{each}/take" for each in sessions if f"{each}/take" != form)
