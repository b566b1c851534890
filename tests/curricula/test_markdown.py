"""Markdown of leaves: safe to show, short enough to print."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from workshops.curricula.markdown import LONGEST_TEXT, TAGS, faults_in, to_html, to_inline_html


def test_text_becomes_html_that_templates_take_as_it_is() -> None:
    html = to_html("**Breathe** out.\n\n- one\n- two")

    assert isinstance(html, Markup)
    assert html == "<p><strong>Breathe</strong> out.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"


def test_headings_start_below_those_of_the_page() -> None:
    assert to_html("# One\n\n## Two") == "<h4>One</h4>\n<h5>Two</h5>\n"
    assert to_html("# One\n\n## Two", heading=3) == "<h3>One</h3>\n<h4>Two</h4>\n"


def test_a_line_becomes_html_without_a_paragraph() -> None:
    assert to_inline_html("*calm* <b>") == "<em>calm</em> &lt;b&gt;"


def test_an_indented_line_is_no_program() -> None:
    assert to_html("    Breathe.") == "<p>Breathe.</p>\n"


def test_links_lead_to_the_web_and_tell_nothing_about_where_they_stood() -> None:
    assert (
        to_html("[a](https://example.org/?a=1&b=2)")
        == '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">a</a></p>\n'
    )


class Elements(HTMLParser):
    """An independent reader of HTML: which elements there are, with which attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def written_html(html: str) -> list[tuple[str, dict[str, str]]]:
    reader = Elements()
    reader.feed(html)
    return reader.found


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert)",
        "[a](data:text/html,hi)",
        "[a](JaVaScRiPt&colon;alert)",
        "<javascript:alert>",
        "![a](https://example.org/track.png)",
        "[a](https://example.org 'x\" onclick=\"y')",
        "| a |\n|--:|\n| b |",
        "```<style>\nx\n```",
    ],
)
def test_nothing_that_acts_or_loads_gets_through(text: str) -> None:
    known = {("a", "href"), ("a", "rel"), ("ol", "start")}

    found = written_html(to_html(text))

    assert {tag for tag, _ in found} <= TAGS
    assert {(tag, name) for tag, attributes in found for name in attributes} <= known
    assert all(attributes["href"].startswith("https://") for _, attributes in found if "href" in attributes)


@given(st.text(alphabet=st.sampled_from("<>\"'[]()!`*_#|-~&;:/\\ \nabhjtps"), max_size=120))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_only_known_tags_and_attributes_come_out(text: str) -> None:
    found = written_html(to_html(text))

    assert {tag for tag, _ in found} <= TAGS
    assert {name for _, attributes in found for name in attributes} <= {"href", "rel", "start"}


@given(st.text(alphabet=st.sampled_from("<>\"'[]()!`*_#|-~&;:/\\ \nabhjtps"), max_size=120))
@settings(max_examples=300, deadline=None)
def test_faults_stand_inside_the_text(text: str) -> None:
    assert all(0 <= line <= text.count("\n") for line, _, _ in faults_in(text))


def rows(columns: int, count: int) -> str:
    line = "|".join(["a"] * columns)
    return "\n".join([line, "|".join(["-"] * columns), *[line] * (count - 1)])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (rows(7, 2), "the table has more than 6 columns"),
        (rows(3, 41), "the table has more than 40 rows"),
        ("# a\n" * 21, "the text has more than 20 headings"),
        ("- a\n  - b\n    - c\n      - d", "lists stand too deep in lists"),
        ("> " * 9 + "a", "lists stand too deep in lists"),
        ("[" * 301, "the text has more than 300 square brackets"),
        ("a\n" * 400, "the text has more than 400 lines"),
        ("`" * (LONGEST_TEXT + 1), "the text is longer than 10,000 characters"),
    ],
)
def test_what_would_keep_a_printer_busy_is_a_fault(text: str, fault: str) -> None:
    assert fault in [wrong for _, wrong, _ in faults_in(text)]


@pytest.mark.parametrize(
    "text", [rows(6, 40), "# a\n" * 20, "- a\n  - b\n    - c", "[" * 300, "`" * LONGEST_TEXT, "a < b > c & d"]
)
def test_the_limits_themselves_are_allowed(text: str) -> None:
    assert list(faults_in(text)) == []


def test_text_beyond_the_limits_is_never_rendered() -> None:
    with pytest.raises(ValueError, match="longer than a leaf may be"):
        to_html("x" * (LONGEST_TEXT + 1))


def test_a_fault_names_the_line_of_a_long_paragraph() -> None:
    assert [line for line, _, _ in faults_in("One\ntwo\n<b>three</b>")] == [2, 2]
