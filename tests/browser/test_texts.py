"""Two coordinators at one teaching text, each with a browser of their own, with script and without."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.browser.axe import AXE, RUN_AXE
from tests.browser.visiting import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.needs("chromium")]

WIDTH = "document.documentElement.scrollWidth"
SCRIPTED: Mapping[str, Any] = {}
PLAIN: Mapping[str, Any] = {"java_script_enabled": False}


def open_unit(visitor: Visitor, topic: str, unit: str) -> None:
    """By the ways that the desk has."""
    page = visitor.page
    visitor.open("/desk")
    page.get_by_role("link", name="Teaching texts").click()
    page.get_by_role("link", name=f"English {topic}", exact=True).click()
    page.get_by_role("link", name=unit, exact=True).click()
    page.get_by_role("heading", level=1, name=unit).wait_for()


@pytest.mark.parametrize(
    ("options", "unit"), [(SCRIPTED, "Break"), (PLAIN, "Good time")], ids=["with script", "without script"]
)
def test_two_browsers_at_one_unit_lose_nothing(coordinate: Any, options: Mapping[str, Any], unit: str) -> None:
    mine, theirs = coordinate(**options), coordinate(**options)
    for each in (mine, theirs):
        open_unit(each, "Rest and routine", unit)
    theirs.page.get_by_role("textbox").nth(4).fill("What they wrote.")
    theirs.page.get_by_role("button", name="Save").click()
    theirs.page.get_by_role("heading", name="Revisions").wait_for()

    mine.page.get_by_role("textbox").nth(4).fill("What I wrote.")
    mine.page.get_by_role("button", name="Save").click()
    mine.page.get_by_role("alert").get_by_text("Somebody else saved this text meanwhile").wait_for()
    shown = mine.page.locator(".difference").inner_text()
    kept = mine.page.get_by_role("textbox").nth(4).input_value()
    mine.page.get_by_role("button", name="Save").click()
    mine.page.get_by_role("heading", name="Revisions").wait_for()

    assert "What they wrote." in shown
    assert "What I wrote." in shown
    assert kept == "What I wrote."
    assert mine.page.locator("ul", has=mine.page.get_by_text("Revision 2")).count() == 1


def test_two_browsers_at_different_units_both_get_through(coordinate: Any) -> None:
    mine, theirs = coordinate(), coordinate(java_script_enabled=False)
    open_unit(mine, "Peer support", "Break")
    open_unit(theirs, "Peer support", "Closing and getting home")
    for visitor, words in ((theirs, "What they wrote."), (mine, "What I wrote.")):
        visitor.page.get_by_role("textbox").nth(4).fill(words)
        visitor.page.get_by_role("button", name="Save").click()
        visitor.page.get_by_role("heading", name="Revisions").wait_for()

    mine.page.get_by_role("link", name="The whole text").click()

    text = mine.page.get_by_label("The whole text").input_value()
    assert ("What they wrote." in text, "What I wrote." in text) == (True, True)


def test_what_is_typed_is_shown_beside_the_form_while_typing(coordinate: Any) -> None:
    visitor = coordinate()
    open_unit(visitor, "Rest and routine", "When work is over")
    look = visitor.page.locator("#look")

    visitor.page.get_by_role("textbox").nth(4).fill("Read **slowly**.\n\n<script>alert(1)</script>")

    look.get_by_text("HTML has no place in a text").first.wait_for()
    assert look.locator("strong", has_text="slowly").count() == 1
    look.get_by_role("link", name=re.compile("of this field")).first.click()
    assert visitor.page.url.endswith("#t0")


def test_looking_first_needs_no_script(coordinate: Any) -> None:
    visitor = coordinate(java_script_enabled=False)
    open_unit(visitor, "Rest and routine", "When work is over")
    visitor.page.get_by_role("textbox").nth(4).fill("Read **slowly**.")

    visitor.page.get_by_role("button", name="Look first").click()

    assert visitor.page.locator("#look strong", has_text="slowly").count() == 1
    assert visitor.page.get_by_role("textbox").nth(4).input_value() == "Read **slowly**."


@pytest.mark.needs("node")
@pytest.mark.parametrize(("prefix", "options"), [("", {}), ("", {"color_scheme": "dark"}), ("/ar", {})])
def test_pages_of_texts_fit_a_small_phone_and_have_no_violation(
    coordinate: Any, prefix: str, options: Mapping[str, Any]
) -> None:
    visitor = coordinate(**{**options, "viewport": {"width": 320, "height": 640}})
    page = visitor.page
    open_unit(visitor, "Rest and routine", "Closing and getting home")
    unit = page.url.removeprefix(visitor.site.address)
    page.get_by_role("textbox").nth(4).fill("Come **home** safely. <b>x</b>")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Revisions").wait_for()
    here = page.url.removeprefix(visitor.site.address)

    found = {}
    for path in ("/desk/texts", "/desk/texts/new", here, f"{here}/revisions/1", f"{here}/file", unit):
        visitor.open(prefix + path)
        page.evaluate(AXE.read_text())
        found[path] = [*page.evaluate(RUN_AXE), *([] if page.evaluate(WIDTH) == 320 else ["too wide"])]

    assert {path: faults for path, faults in found.items() if faults} == {}


def test_on_a_wide_screen_the_look_stands_beside_what_is_typed(coordinate: Any) -> None:
    visitor = coordinate(viewport={"width": 1280, "height": 800})
    open_unit(visitor, "Rest and routine", "When work is over")
    first = visitor.page.get_by_role("textbox").nth(4)

    first.fill("Read **slowly**. <b>x</b>")

    visitor.page.locator("#look strong", has_text="slowly").wait_for()
    seen, typed = visitor.page.locator("#look").bounding_box(), first.bounding_box()
    assert seen is not None
    assert typed is not None
    assert seen["y"] < 400
    assert seen["x"] >= typed["x"] + typed["width"]
    visitor.page.locator("#found").get_by_text(re.compile(r"^[1-9] faults?$")).wait_for()


def test_what_was_wrong_before_is_not_said_beside_what_is_right_now(coordinate: Any) -> None:
    visitor = coordinate()
    page = visitor.page
    open_unit(visitor, "Rest and routine", "When work is over")
    page.get_by_label("Standard").fill("ten")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").get_by_text("Write whole minutes").wait_for()

    page.get_by_label("Standard").fill("eleven")
    page.locator("#look").get_by_role("link", name="Standard").wait_for()
    told = page.get_by_role("alert").is_visible()
    page.get_by_label("Standard").fill("15")
    page.locator("#look").get_by_role("link", name="Standard").wait_for(state="detached")

    assert told is False
    assert page.get_by_text("Write whole minutes").filter(visible=True).count() == 0
