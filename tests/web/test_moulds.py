"""Pages with holes: what is kept of them holds nothing of a visitor, and what comes out is what rendering gives."""

from dataclasses import dataclass, field
from itertools import product
from typing import Any, ClassVar

from workshops.web.moulds import HOLE, Moulds


@dataclass(frozen=True, slots=True)
class Page:
    template: ClassVar[str] = "none.html"

    code: str = field(repr=False, metadata=HOLE)
    groups: tuple[str, ...] = field(default=(), repr=False, metadata=HOLE)
    way: str = field(default="", repr=False)
    title: str = ""


class Printer:
    """Renders a page as its own text, and remembers all that it was given."""

    def __init__(self) -> None:
        self.given: list[Any] = []

    def __call__(self, page: Page, frame: str) -> str:
        self.given.append(page)
        groups = "-".join(page.groups) if page.groups else "none"
        return f"<{frame} {page.title}> {page.code} {groups} {page.code or 'no code'} {page.way}"


def test_a_filled_mould_is_what_rendering_gives() -> None:
    printer = Printer()
    moulds = Moulds(printer)

    for code, groups, title in product(("1234", "99", ""), ((), ("1",), ("1", "2", "3")), ("A", "B")):
        page = Page(code, groups, title=title)
        assert moulds.html(page, "frame") == Printer()(page, "frame")


def test_pages_that_differ_in_their_holes_only_are_rendered_once() -> None:
    printer = Printer()
    moulds = Moulds(printer)

    for code in ("1234", "5678", "9012"):
        assert code in moulds.html(Page(code, ("a", "b")), "frame")
    moulds.html(Page("1234", ("a", "b", "c")), "frame")
    moulds.html(Page("1234", ("a", "b")), "another frame")

    assert len(printer.given) == 3


def test_what_fills_a_hole_is_never_rendered_or_kept() -> None:
    printer = Printer()

    Moulds(printer).html(Page("1234567890123456", ("4321", "8765")), "frame")

    (given,) = printer.given
    assert not {"1234567890123456", "4321", "8765"} & {given.code, *given.groups}


def test_what_fills_a_hole_is_escaped() -> None:
    assert "&lt;b&gt;&#34;" in Moulds(Printer()).html(Page('<b>"'), "frame")


def test_a_page_with_another_secret_is_made_from_no_mould() -> None:
    moulds = Moulds(Printer())

    assert moulds.fits(Page("1234"))
    assert not moulds.fits(Page("1234", way="Second door"))
