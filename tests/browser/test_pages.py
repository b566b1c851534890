"""What every page owes its reader: on a small phone, with large letters, by keyboard, in any direction, on paper."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.axe import AXE, RUN_AXE
from tests.browser.conftest import Visit
from tests.browser.tour import code_pages, tour

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

NARROW: Mapping[str, Any] = {"viewport": {"width": 320, "height": 640}}
BUDGET = 35 * 1024  # bytes of a first visit

STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((each) => each.checkVisibility() && each.type !== "hidden" && !each.disabled)"""
NUMBER_STOPS = f"() => ({STOPS})().forEach((each, index) => each.dataset.stop = index)"
FOCUSED = """() => {
  const each = document.activeElement;
  const box = each.getBoundingClientRect();
  const bar = document.querySelector(".bar");
  const free = bar.contains(each) || each.classList.contains("skip") || box.bottom > bar.getBoundingClientRect().bottom;
  const outlined = getComputedStyle(each).outlineStyle !== "none";
  return {stop: Number(each.dataset.stop ?? -1), seen: free && outlined && box.top < innerHeight};
}"""
LOWEST = """() => [...document.querySelectorAll(".code, .directions, .action")]
  .filter((each) => each.checkVisibility()).slice(0, 2).at(-1).getBoundingClientRect().bottom"""
SCROLL_TO_END = """(size) => {
  document.documentElement.style.fontSize = size;
  scrollTo(0, document.documentElement.scrollHeight);
  const box = document.getElementById("leave").getBoundingClientRect();
  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const large = box.width >= 44 && box.height >= 44;
  return {width: document.documentElement.scrollWidth, wayOut: hit?.id === "leave" && large ? "in reach" : "lost"};
}"""


@pytest.mark.needs("node")
@pytest.mark.parametrize(
    ("prefix", "options"),
    [("", {}), ("", {"color_scheme": "dark"}), ("/ar", {})],
    ids=["light", "dark", "right to left"],
)
def test_axe_finds_no_violation(visit: Visit, prefix: str, options: Mapping[str, Any]) -> None:
    visitor = visit(**options)
    axe = AXE.read_text()

    found = {}
    for name in tour(visitor, prefix):
        visitor.page.evaluate(axe)
        found[name] = visitor.page.evaluate(RUN_AXE)

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("prefix", "size"),
    [("", "100%"), ("/ar", "100%"), ("", "200%")],
    ids=["left to right", "right to left", "large letters"],
)
def test_on_320_pixels_no_page_scrolls_sideways_and_the_way_out_stays_in_reach(
    visit: Visit, prefix: str, size: str
) -> None:
    visitor = visit(**NARROW)

    ends = {name: visitor.page.evaluate(SCROLL_TO_END, size) for name in tour(visitor, prefix)}

    assert {name: end for name, end in ends.items() if end != {"width": 320, "wayOut": "in reach"}} == {}


def test_everything_is_reached_by_the_keyboard_in_order_and_seen(visit: Visit) -> None:
    visitor = visit()

    missed = {name: faults for name in tour(visitor) if (faults := _walk(visitor.page))}

    assert missed == {}


def test_a_code_and_what_to_press_fit_one_small_screen(visit: Visit) -> None:
    visitor = visit()

    bottoms = {name: visitor.page.evaluate(LOWEST) for name in code_pages(visitor)}

    assert {name: value for name, value in bottoms.items() if value > 640} == {}


def test_on_paper_a_receipt_is_only_its_neutral_card(visit: Visit) -> None:
    visitor = visit()
    visitor.take()
    card = visitor.page.locator(".card")
    words = [line for line in card.inner_text().splitlines() if line.strip()]

    visitor.page.emulate_media(media="print")
    printed = [line for line in visitor.page.locator("body").inner_text().splitlines() if line.strip()]

    assert printed == [line for line in words if not _is_for_ears(line)]
    assert "rights" not in " ".join(printed)


def test_a_first_visit_is_light(visit: Visit) -> None:
    visitor = visit()
    asked: list[Any] = []
    visitor.context.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 (playwright takes no built-in)

    visitor.open("/")
    visitor.page.wait_for_load_state("networkidle")
    sizes = [request.sizes() for request in asked]

    assert len(sizes) >= 4
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) < BUDGET


def test_every_page_stands_without_script(visit: Visit) -> None:
    visitor = visit(java_script_enabled=False)

    bare = [name for name in tour(visitor) if visitor.page.get_by_role("heading", level=1).count() != 1]

    assert bare == []


def _walk(page: Page) -> list[str]:
    """Press Tab from the top to the end; returns what was missed, out of order or out of sight."""
    page.evaluate(NUMBER_STOPS)
    page.evaluate("document.activeElement.blur()")
    count = page.evaluate(f"() => ({STOPS})().length")
    faults: list[str] = []
    for expected in range(count):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["stop"] != expected:
            return [*faults, f"{expected} of {count}: {focused}"]
        if not focused["seen"]:
            faults.append(f"not seen: {expected}")
    return faults


def _is_for_ears(line: str) -> bool:
    """Whether a line is the code digit by digit, for screen readers only."""
    return line.replace(" ", "").replace(",", "").isdecimal() and "," in line
