"""`docs/practices.md`: every place it names stands where it says."""

import re

import pytest

from tests.shipped import shipped
from workshops.app import TABLE
from workshops.curricula.rules import Curriculum
from workshops.settings import ROOT

TEXT = (ROOT / "docs" / "practices.md").read_text()
QUOTED = re.findall(r"`([^`]+)`", TEXT)
NOTATION = {"curriculum: part", "curriculum: part / block"}
PLACES = sorted({each for each in QUOTED if re.fullmatch(r"[a-z-]+: [\w-]+( / [\w-]+)?", each)} - NOTATION)
PAGES = sorted({each for each in QUOTED if each.startswith("/")})
SECTIONS = ("Physical health", "Mental and emotional", "Social support", "Legal and advocacy", "Harm reduction")


@pytest.fixture(scope="module")
def curricula() -> dict[str, Curriculum]:
    return {name: languages["en"] for name, languages in shipped().curricula.items()}


@pytest.mark.parametrize("place", PLACES)
def test_a_named_place_of_a_curriculum_exists(place: str, curricula: dict[str, Curriculum]) -> None:
    name, _, rest = place.partition(": ")
    part, _, block = rest.partition(" / ")

    units = {unit.id: unit for unit in curricula[name].units}

    assert part in units
    assert not block or block in {each.id for each in units[part].walk()}


@pytest.mark.parametrize("page", PAGES)
def test_a_named_page_exists(page: str) -> None:
    assert page in {declared.path for declared in TABLE}


def test_every_curriculum_holds_practices(curricula: dict[str, Curriculum]) -> None:
    assert {place.partition(":")[0] for place in PLACES} == set(curricula)


def test_every_area_and_theme_has_its_table_and_every_line_its_place() -> None:
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    lines = re.findall(r"^\| (?!Practice|Theme|---)([^|]+) \| ([^|]+) \|$", TEXT, re.MULTILINE)

    assert headings[:6] == [*SECTIONS, "Themes and barriers"]
    assert [practice for practice, where in lines if "`" not in where and "not built yet" not in where] == []
    assert len(lines) >= 55


def test_what_is_quoted_is_a_place_a_page_or_a_known_word(curricula: dict[str, Curriculum]) -> None:
    known = {*PLACES, *PAGES, *NOTATION, *curricula, "help-here", "workshops check"}

    assert sorted(set(QUOTED) - known) == []
