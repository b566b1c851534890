"""The languages a site speaks: their names in their own script, direction, and catalogues."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from workshops.errors import CannotStart

DRAFT = "# Machine-made draft"
CATALOGUES = Path(__file__).resolve().parent.parent / "locale"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site; the default one has bare paths, others a prefix."""

    code: str
    name: str  # in its own script
    direction: str  # ltr or rtl
    prefix: str  # "" or "/es"
    draft: bool = False  # a machine translated its pages, and nobody has read them yet

    @property
    def locale(self) -> Locale:
        """How days are written."""
        return _locale(self.code)


def read_languages(codes: Sequence[str]) -> tuple[Language, ...]:
    """Describe the languages named in the settings, the default one first.

    Raises:
        CannotStart: a code names no language.
    """
    try:
        return tuple(_language(code, default=index == 0) for index, code in enumerate(codes))
    except (UnknownLocaleError, ValueError) as error:
        message = f"WORKSHOPS_LANGUAGES: {error}; take codes such as en, es or ar"
        raise CannotStart(message) from None


def language_named(languages: Sequence[Language], code: str) -> Language | None:
    """The site's language of that code, if it speaks it."""
    return next((language for language in languages if language.code == code), None)


def _language(code: str, *, default: bool) -> Language:
    locale = Locale.parse(code, sep="-")
    name = locale.get_display_name(locale) or code
    return Language(code, name, direction_of(code), "" if default else f"/{code}", _is_draft(code))


def _is_draft(code: str) -> bool:
    """Whether a catalogue says in the comment at its head that a machine made it."""
    source = CATALOGUES / f"{code}.po"
    if not source.is_file():
        return False
    head, _, _ = source.read_text().partition('msgid ""')
    return DRAFT in head


@lru_cache(maxsize=64)
def _locale(code: str) -> Locale:
    """English without a country takes the order most of the world uses."""
    return Locale("en", "001") if code == "en" else Locale.parse(code, sep="-")


@lru_cache(maxsize=64)
def own_name(code: str) -> str:
    """What a language calls itself, for lists; its code where nobody knows."""
    try:
        return Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code


@lru_cache(maxsize=64)
def direction_of(code: str) -> str:
    """How a language is written; from left to right where nobody knows."""
    try:
        return "rtl" if Locale.parse(code, sep="-").character_order == "right-to-left" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "ltr"


@lru_cache(maxsize=32)
def translations(code: str) -> NullTranslations:
    """The catalogue of a language; English needs none, an unfinished one falls back to it."""
    source = CATALOGUES / f"{code}.po"
    if not source.is_file():
        return NullTranslations()
    with source.open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
