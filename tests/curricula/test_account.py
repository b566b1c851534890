"""One report: how far each text has come, what is due, what statements rest on."""

from datetime import date
from pathlib import Path

import pytest

from tests.curricula.test_library import folder, write
from tests.curricula.test_reading_age import HARD
from tests.curricula.written import BODY, curriculum_text
from workshops.curricula.account import account_of
from workshops.curricula.check import check
from workshops.curricula.library import read_catalogue
from workshops.curricula.texts import texts_in

__all__ = ["folder"]

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("next_due", "due"), [("2026-11-23", True), ("2026-11-24", False), ("null", False)])
def test_a_review_is_due_on_its_day(folder: Path, next_due: str, *, due: bool) -> None:
    review = f"{{peer: 2026-05-02, content: null, next_due: {next_due}}}"
    write(folder / "another" / "en.md", curriculum_text(id="another", review=review))

    account = account_of(read_catalogue(texts_in(folder)), TODAY)

    (found,) = (each for each in account.texts if each.curriculum.id == "another")
    assert found.is_due is due
    assert ("(due)" in str(account)) is due
    assert "read by peers 2026-05-02, for content never" in str(account)


def test_each_source_is_listed_with_what_rests_on_it(folder: Path) -> None:
    account = account_of(read_catalogue(texts_in(folder)), TODAY)

    assert [(each.source.id, each.used_by) for each in account.sources] == [
        ("guide", ("another/en", "rest-and-routine/en", "rest-and-routine/es"))
    ]
    assert "guide: read 2026-11-01, another/en, rest-and-routine/en, rest-and-routine/es" in str(account)


def test_a_part_that_is_hard_to_read_is_named_and_noted(folder: Path) -> None:
    body = BODY.replace("Welcome. Nobody has to say a name.", HARD * 4)
    write(folder / "another" / "en.md", curriculum_text(id="another", body=body))

    account = account_of(read_catalogue(texts_in(folder)), TODAY)

    (found,) = (each for each in account.texts if each.curriculum.id == "another")
    assert list(found.oldest) == ["start"]
    assert "what people read in `start` asks for an age of about" in str(check(folder, today=TODAY))
