"""Every page that a visitor can come to, one after the other, by the ways a visitor has."""

from collections.abc import Iterator

from tests.browser.visiting import Visitor


def tour(visitor: Visitor, prefix: str = "") -> Iterator[str]:
    """Stand on each page in turn; yields the page's name while it is shown."""
    yield from _evenings(visitor, prefix)
    yield from _codes(visitor, prefix)
    page = visitor.page
    visitor.open(f"{prefix}/topics")
    yield "topics"
    page.locator(".row-main").first.click()
    yield "topic"
    for path in ("safety", "what-we-hold", "slip", "staff", "staff/invitation", "nowhere"):
        visitor.open(f"{prefix}/{path}")
        yield path


def code_pages(visitor: Visitor, prefix: str = "") -> Iterator[str]:
    """Only the pages that bear a code or ask for one."""
    visitor.open(f"{prefix}/")
    visitor.page.locator(".row:not(.row-cancelled):not(:has(.state-queue)) .row-main").first.click()
    visitor.page.locator(".action .button").click()
    visitor.page.locator("main [type=submit]").click()
    yield from _codes_after(visitor, prefix)


def _evenings(visitor: Visitor, prefix: str) -> Iterator[str]:
    page = visitor.page
    for state in (".row-cancelled", ":has(.state-queue)"):
        visitor.open(f"{prefix}/")
        page.locator(f".row{state} .row-main").first.click()
        yield f"evening {state}"
    page.locator(".action .button").click()
    page.locator("main [type=submit]").click()
    yield "receipt of a waiting spot"
    visitor.open(f"{prefix}/?when=0&lang=xx")
    yield "no evening"
    visitor.open(f"{prefix}/")
    yield "front page"
    page.locator(".row:not(.row-cancelled):not(:has(.state-queue)) .row-main").first.click()
    yield "evening"
    page.locator(".action .button").click()
    yield "take"


def _codes(visitor: Visitor, prefix: str) -> Iterator[str]:
    visitor.page.locator("main [type=submit]").click()
    yield from _codes_after(visitor, prefix)


def _codes_after(visitor: Visitor, prefix: str) -> Iterator[str]:
    page = visitor.page
    page.locator(".code").wait_for()
    yield "receipt"
    code = "".join(page.locator(".code span").all_inner_texts())
    page.locator("main [type=submit]").first.click()
    yield "done"
    visitor.open(f"{prefix}/place")
    yield "number"
    page.locator("#code").fill("1234")
    page.locator("main [type=submit]").click()
    yield "number with a typo"
    page.locator("#code").fill(code)
    page.locator("main [type=submit]").click()
    page.locator("#place").wait_for()
    yield "place"
    page.locator("form[action$='/place/calendar'] [type=submit]").click()
    page.locator("#title").wait_for()
    yield "calendar"
    page.locator("form[action$='/make'] [type=submit]").click()
    page.locator(".address").wait_for()
    yield "calendar's address"
