"""Pages that differ between visitors in a few values only: rendered once with holes for these, and filled for each."""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any

from markupsafe import escape

MOST = 512  # moulds, each as large as its page
# Marks a field of a page that belongs to one visitor, a text or a tuple of texts: `field(repr=False, metadata=HOLE)`.
# Its template prints it, and asks nothing of it but how many texts it has and whether there is any.
HOLE: Mapping[str, Any] = {"hole": True}


class Moulds:
    """What is kept of pages with holes: never what fills them, and nothing of a page with other secrets."""

    def __init__(self, render: Callable[[Any, Any], str]) -> None:
        self._render = render
        self._mark = secrets.token_hex(8)  # stands for a hole; no page holds it by chance
        self._made = lru_cache(MOST)(self._make)

    def fits(self, page: Any) -> bool:
        """Whether a page can be made from a mould: it has holes, and no other secret just now."""
        its = _fields_of(page.__class__)
        return bool(its.holes) and not any(getattr(page, name) for name in its.secrets)

    def html(self, page: Any, frame: Any) -> str:
        """Fill the mould of a page for one visitor."""
        kind: Any = page.__class__
        its, values = _fields_of(kind), list[str]()
        marked = tuple(
            self._marked(getattr(page, name), values) if name in its.holes else getattr(page, name)
            for name in its.names
        )
        head, *rest = self._made(kind, marked, frame)
        return head + "".join(self._filled(rest, [str(escape(value)) for value in values]))

    def _marked(self, value: str | tuple[str, ...], values: list[str]) -> str | tuple[str, ...]:
        """What stands for a value in the mould; its texts go to the others that will fill it."""
        if not isinstance(value, str):
            return tuple([str(self._marked(each, values)) for each in value])
        if not value:
            return value
        values.append(value)
        return f"{self._mark}{len(values) - 1:02d}"

    def _make(self, kind: Any, marked: Sequence[Any], frame: Any) -> Sequence[str]:
        """A page in pieces: text, the number of the value that follows it, text, and so on."""
        page = kind(**dict(zip(_fields_of(kind).names, marked, strict=True)))
        return re.split(f"{self._mark}([0-9]{{2}})", self._render(page, frame))

    def _filled(self, pieces: Sequence[str], values: Sequence[str]) -> Iterator[str]:
        for number, text in zip(pieces[::2], pieces[1::2], strict=True):
            yield values[int(number)]
            yield text


@dataclass(frozen=True, slots=True)
class _Fields:
    """The names of a page's fields, of its holes, and of what else must not be kept of it."""

    names: Sequence[str]
    holes: frozenset[str]
    secrets: Sequence[str]


@cache
def _fields_of(page: type) -> _Fields:
    all_of_them = fields(page)
    holes = frozenset(each.name for each in all_of_them if "hole" in each.metadata)
    others = [each.name for each in all_of_them if not each.repr and each.name not in holes]
    return _Fields([each.name for each in all_of_them], holes, others)
