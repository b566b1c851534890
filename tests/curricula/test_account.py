"""One report: how far each text has come, what is due, what statements rest on."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

import pytest

from tests.curricula.sheets import overlay_of
from tests.curricula.test_library import folder, write
from tests.curricula.test_reading_age import HARD
from tests.curricula.written import BODY, curriculum_text
from workshops.curricula.account import Account, account_of
from workshops.curricula.check import check
from workshops.curricula.exposure import Exposure, Neutral
from workshops.curricula.library import read_catalogue
from workshops.curricula.texts import texts_in

__all__ = ["folder"]

TODAY = date(2026, 11, 23)


def accounted(folder: Path, *own: str, names: Collection[tuple[Neutral, str]] = ()) -> Account:
    texts = texts_in(folder, own)
    return account_of(read_catalogue(texts), texts, TODAY, names)


@pytest.mark.parametrize(("next_due", "due"), [("2026-11-23", True), ("2026-11-24", False), ("null", False)])
def test_a_review_is_due_on_its_day(folder: Path, next_due: str, *, due: bool) -> None:
    review = f"{{peer: 2026-05-02, content: null, next_due: {next_due}}}"
    write(folder / "another" / "en.md", curriculum_text(id="another", review=review))

    account = accounted(folder)

    (found,) = (each for each in account.texts if each.curriculum.id == "another")
    assert found.is_due is due
    assert ("(due)" in str(account)) is due
    assert "read by peers 2026-05-02, for content never" in str(account)


def test_each_source_is_listed_with_what_rests_on_it(folder: Path) -> None:
    account = accounted(folder)

    assert [(each.source.id, each.used_by) for each in account.sources] == [
        ("guide", ("another/en", "rest-and-routine/en", "rest-and-routine/es"))
    ]
    assert "guide: read 2026-11-01, another/en, rest-and-routine/en, rest-and-routine/es" in str(account)


def test_a_part_that_is_hard_to_read_is_named_and_noted(folder: Path) -> None:
    body = BODY.replace("Welcome. Nobody has to say a name.", HARD * 4)
    write(folder / "another" / "en.md", curriculum_text(id="another", body=body))

    account = accounted(folder)

    (found,) = (each for each in account.texts if each.curriculum.id == "another")
    assert list(found.oldest) == ["start"]
    assert "what people read in `start` asks for an age of about" in str(check(folder, today=TODAY))


def test_what_strangers_read_is_held_against_the_list_and_the_group_s_own_words(folder: Path) -> None:
    write(folder / "another" / "en.md", curriculum_text(id="another", neutral_title='"Sex work evening"'))
    names = [(Neutral.SITE, "Red lantern"), (Neutral.AREA, "Harbour"), (Neutral.AREA, "Brothel row")]

    account = accounted(folder, "red lantern", "nights", names=names)

    assert account.exposed == (
        Exposure(Neutral.SITE, "Red lantern", ("red lantern",)),
        Exposure(Neutral.AREA, "Brothel row", ("brothel",)),
        Exposure(Neutral.TITLE, "Sex work evening", ("sex work",), "another/en.md"),
    )
    assert "another/en.md: `neutral_title` says `sex work` to strangers" in str(account)


def test_a_text_with_faults_is_named_in_the_report(folder: Path) -> None:
    write(folder / "another" / "en.md", curriculum_text(id="another", level="expert"))

    account = accounted(folder)

    assert [each.file for each in account.broken] == ["curricula/another/en.md"]
    assert "curricula/another/en.md: does not read" in str(account)
    assert "nothing that shall be neutral says a word that tells" in str(account)


def test_a_text_without_first_lines_tells_nothing(folder: Path) -> None:
    write(folder / "another" / "en.md", "sex work\x00")

    assert accounted(folder).exposed == ()


def test_law_sheets_have_a_reading_age_and_their_sources_are_listed(folder: Path) -> None:
    write(
        folder / "another" / "overlays" / "town.en.md",
        overlay_of(f"\n::: law-slot {{id=local-help}}\n{HARD * 4}\n:::\n", area="town"),
    )

    account = accounted(folder)

    (ending,) = account.endings
    assert ending.age is not None
    assert ending.age > 11
    (source,) = account.provisions
    assert f"reading age about {ending.age}" in str(account)
    assert f"{source.provision.title}, {source.provision.provision}: read" in str(account)


def test_what_stands_in_a_slot_without_a_card_counts_for_the_reading_age(folder: Path) -> None:
    body = BODY.replace("For local rules, ask your local contact.", HARD * 4)
    write(folder / "another" / "en.md", curriculum_text(id="another", body=body))

    (found,) = (each for each in accounted(folder).texts if each.curriculum.id == "another")

    assert list(found.oldest) == ["m1"]
