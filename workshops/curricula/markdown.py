"""Markdown inside leaves: what it may hold, and how it becomes HTML that is safe to show.

The limits keep a page short enough to be rendered for print in a second: a table of 156 KB
or 97 KB of headings once took a renderer twenty seconds.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import nh3
from markupsafe import Markup

if TYPE_CHECKING:  # loaded with the first text: most starts read none, since the catalogue is kept
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST_TEXT = 10_000  # characters in one leaf: ten minutes of reading aloud
MOST_LINES = 400
MOST_BRACKETS = 300  # reading `[[[[…` takes a time that grows with its square
MOST_COLUMNS = 6  # as many as an A5 page holds
MOST_ROWS = 40
MOST_HEADINGS = 20
DEEPEST_LIST = 3
DEEPEST_HEADING = 2
LONGEST_ADDRESS = 500

TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}

Fault = tuple[int, str, str]  # line inside the text from 0, what is wrong, what would be right


def to_html(text: str, *, heading: int = 4) -> Markup:
    """Turn the text of a leaf into HTML; `#` becomes `<h4>`, or whatever `heading` says.

    Raises:
        ValueError: the text is longer than a leaf may be.
    """
    tokens = read(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(heading + int(token.tag[1:]) - 1, 6)}"
    return _clean(_parser().renderer.render(tokens, _parser().options, {}))


def to_inline_html(text: str) -> Markup:
    """Turn one line, such as a title or a list item, into HTML without paragraphs.

    Raises:
        ValueError: the text is longer than a leaf may be.
    """
    if list(_sizes(text)):
        raise ValueError("the text is longer than a leaf may be")
    return _clean(_parser().renderInline(text))


def faults_in(text: str) -> Iterator[Fault]:
    """Everything in a leaf's text that may not stand there."""
    sizes = list(_sizes(text))
    yield from sizes
    if sizes:
        return
    known: dict[str, Any] = {}  # addresses that links name from elsewhere in the text
    tokens = _strict().parse(text, known)
    yield from _headings(tokens)
    yield from _tables(tokens)
    yield from _depth(tokens)
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            yield line, *NO_HTML
        for child in _inside(token, known):
            yield from _inline(child, line)
            line += child.type in {"softbreak", "hardbreak"}


NO_HTML = ("HTML has no place in a text", "Markdown only; write `&lt;` for a `<`")


def _inside(token: "Token", known: dict[str, Any]) -> "list[Token]":
    """What a paragraph is made of, where it may hold HTML, a picture or a link: reading all takes twice as long."""
    found: list[Token] = []
    if token.type == "inline" and ("<" in token.content or "[" in token.content):
        _strict().inline.parse(token.content, _strict(), known, found)
    return found


def _inline(token: "Token", line: int) -> Iterator[Fault]:
    if token.type == "html_inline":
        yield line, *NO_HTML
    elif token.type == "image":
        yield line, "pictures have no place in a text", "say it in words"
    elif token.type == "link_open" and not is_web_address(str(token.attrs.get("href", ""))):
        yield line, "the link does not lead to a web page", "an address that starts with https:// or http://"


def is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(address) <= LONGEST_ADDRESS
    except ValueError:
        return False


def _sizes(text: str) -> Iterator[Fault]:
    if len(text) > LONGEST_TEXT:
        yield 0, f"the text is longer than {LONGEST_TEXT:,} characters", "cut it into several leaves"
    if text.count("\n") >= MOST_LINES:
        yield 0, f"the text has more than {MOST_LINES} lines", "cut it into several leaves"
    if text.count("[") > MOST_BRACKETS:
        yield 0, f"the text has more than {MOST_BRACKETS} square brackets", "cut it into several leaves"


def _headings(tokens: "Sequence[Token]") -> Iterator[Fault]:
    depth = 0
    found = [token for token in tokens if token.type == "heading_open"]
    for token in found:
        level, line = int(token.tag[1:]), token.map[0] if token.map else 0
        if level > DEEPEST_HEADING:
            yield line, "the heading is too deep", "`#` for a heading, `##` for one below it"
        elif level > depth + 1:
            yield line, "the heading skips a level", "`#` first, `##` below it"
        depth = level
    if len(found) > MOST_HEADINGS:
        yield 0, f"the text has more than {MOST_HEADINGS} headings", "cut it into several leaves"


def _tables(tokens: "Sequence[Token]") -> Iterator[Fault]:
    rows = columns = line = 0
    for token in tokens:
        if token.type == "table_open":
            rows, line = 0, token.map[0] if token.map else 0
        elif token.type == "tr_open":
            rows, columns = rows + 1, 0
        elif token.type in {"td_open", "th_open"}:
            columns += 1
            if columns == MOST_COLUMNS + 1 and rows == 1:
                yield line, f"the table has more than {MOST_COLUMNS} columns", "fewer columns, or a list"
        if token.type == "tr_open" and rows == MOST_ROWS + 1:
            yield line, f"the table has more than {MOST_ROWS} rows", "several tables"


def _depth(tokens: "Sequence[Token]") -> Iterator[Fault]:
    depth = 0
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open", "blockquote_open"}:
            depth += 1
            if depth == DEEPEST_LIST + 1:
                yield (
                    token.map[0] if token.map else 0,
                    "lists stand too deep in lists",
                    f"at most {DEEPEST_LIST} levels",
                )
        elif token.type in {"bullet_list_close", "ordered_list_close", "blockquote_close"}:
            depth -= 1


def read(text: str) -> "list[Token]":
    """The text as markdown-it's tokens.

    Raises:
        ValueError: the text is longer than a leaf may be.
    """
    if list(_sizes(text)):
        raise ValueError("the text is longer than a leaf may be")
    return _parser().parse(text)


def _clean(html: str) -> Markup:
    cleaned = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, link_rel="noopener noreferrer"
    )
    return Markup(cleaned)  # noqa: S704 - nh3 has just let through nothing but the list above


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 (see above)

    return MarkdownIt("js-default", {"html": False, "maxNesting": 20}).disable("code")


@cache
def _strict() -> "MarkdownIt":
    """Reads HTML and every link as such, so that they can be refused instead of printed; paragraphs stay unread."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 (see above)

    class Strict(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the library's names
            return True

    return Strict("js-default", {"html": True, "maxNesting": 20}).disable(["code", "inline"])
