"""Prints to HTML, complete in itself: style sheet inside, nothing to fetch."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workshops.curricula.rules import Curriculum
from workshops.errors import CannotStart
from workshops.handouts.documents import Printable
from workshops.web.languages import Language, own_name, read_languages, translations
from workshops.web.rendering import TEMPLATES, ltr, own_way


class Typesetter:
    """Renders prints; one Jinja environment per language, made when first needed."""

    def __init__(self) -> None:
        self._environments: dict[str, Environment] = {}

    def html(self, document: Printable) -> str:
        """Render a print in the language of its curriculum."""
        language = language_of(document.curriculum)
        template = self._environment(language).get_template(document.template)
        return template.render(document=document, curriculum=document.curriculum, language=language)

    def _environment(self, language: Language) -> Environment:
        if language.code not in self._environments:
            self._environments[language.code] = _make_environment(language)
        return self._environments[language.code]


def language_of(curriculum: Curriculum) -> Language:
    """The language a curriculum is written in; one that nobody knows reads from left to right."""
    try:
        (language,) = read_languages([curriculum.language])
    except CannotStart:
        return Language(curriculum.language, curriculum.language, "ltr", "")
    return language


def _make_environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(language.code), newstyle=True)  # type: ignore[attr-defined]  # added by the i18n extension
    environment.filters |= {"ltr": ltr, "own_way": own_way}
    environment.globals |= {"language_name": own_name}
    return environment
