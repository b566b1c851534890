"""Pages to HTML: a page is a dataclass that names its template, a fragment is one of the template's blocks."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar, Protocol
from unicodedata import bidirectional

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from workshops.web.languages import Language, own_name, translations
from workshops.web.moulds import Moulds

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
# Compiled templates are code: they lie where Python keeps its own, never among data.
PIECE = 50  # parts of a template that go out together
COMPILED = Path(__file__).resolve().parent / "__pycache__"


class Page(Protocol):
    """A frozen dataclass whose fields are the template's only variables, besides `frame`."""

    template: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: where we are, in which language, and who is signed in."""

    here: str  # path without the language's prefix
    language: Language
    languages: Sequence[Language]
    site: str
    handle: str = ""  # of staff who are signed in; empty on every public page
    indexing: bool = False
    sent: bool = False  # this page answers a form


PathFor = Callable[..., str]


def ltr(value: object) -> Markup:
    """Numbers, times, codes: read from left to right whatever the page's direction."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(escape(value))


def own_way(text: str) -> Markup:
    """A title in whatever language, in the direction of its first letter; WeasyPrint knows no `dir="auto"`."""
    strong = next((kind for kind in map(bidirectional, text) if kind in {"L", "R", "AL"}), "L")
    return Markup('<bdi dir="{}">{}</bdi>').format("ltr" if strong == "L" else "rtl", text)


class Compiled(FileSystemBytecodeCache):
    """Templates as they were compiled last: a start has no tenth of a second to compile them anew."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), "template-%s.cache")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one, unless the program lies on a disk that cannot be written."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


def _variables(page: Page, frame: Frame) -> dict[str, Any]:
    return {field.name: getattr(page, field.name) for field in fields(page)} | {"frame": frame}


class Renderer:
    """Renders pages; one Jinja environment per language, made when first needed."""

    def __init__(self, path_for: PathFor, static: Mapping[str, str]) -> None:
        self._path_for = path_for
        self._static = static
        self._environments: dict[str, Environment] = {}
        self._moulds = Moulds(self._render)

    def html(self, page: Page, frame: Frame, block: str = "") -> str:
        """Render a page, or only one of its blocks.

        Raises:
            LookupError: the page's template has no block of that name.
        """
        if not block and self._moulds.fits(page):
            return self._moulds.html(page, frame)
        return self._render(page, frame, block)

    def pieces(self, page: Page, frame: Frame) -> Iterator[str]:
        """Render a page piece by piece, so that all of it is nowhere at once."""
        stream = self._environment(frame.language).get_template(page.template).stream(_variables(page, frame))
        stream.enable_buffering(PIECE)
        yield from stream

    def _render(self, page: Page, frame: Frame, block: str = "") -> str:
        template = self._environment(frame.language).get_template(page.template)
        variables = _variables(page, frame)
        if not block:
            return template.render(variables)
        return "".join(template.blocks[block](template.new_context(variables)))

    def text(self, language: Language, message: str, **places: object) -> str:
        """Translate one sentence and fill its places."""
        sentence = translations(language.code).gettext(message)
        return sentence % places if places else sentence

    def _environment(self, language: Language) -> Environment:
        if language.code not in self._environments:
            self._environments[language.code] = self._make_environment(language)
        return self._environments[language.code]

    def _make_environment(self, language: Language) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            bytecode_cache=Compiled(COMPILED),
        )
        environment.install_gettext_translations(translations(language.code), newstyle=True)  # type: ignore[attr-defined]  # added by the i18n extension

        def path(name: str, **params: str) -> str:
            return language.prefix + self._path_for(name, **params)

        environment.globals |= {"path": path, "static": self._static.__getitem__, "language_name": own_name}
        environment.filters |= {"ltr": ltr, "own_way": own_way}
        return environment
