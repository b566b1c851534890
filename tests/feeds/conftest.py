"""What the tests of feeds share: the shipped topics, one of them in Spanish too, and a desk that asks for calendars."""

from dataclasses import replace

import pytest

from tests.feeds.evenings import Desk
from tests.shipped import shipped
from workshops.curricula.catalogue import Catalogue
from workshops.curricula.particulars import Translation
from workshops.settings import Settings


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    found = shipped()
    english = found.curricula["know-your-rights"]["en"]
    spanish = replace(
        english,
        language="es",
        neutral_title="Tarde de información",
        translation=Translation("en.md", english.version, reviewed_on=None, back_checked=False),
    )
    return replace(found, curricula={**found.curricula, "know-your-rights": {"en": english, "es": spanish}})


@pytest.fixture
def desk(settings: Settings, catalogue: Catalogue) -> Desk:
    return Desk(settings, catalogue)
