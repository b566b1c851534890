"""A person answers for a machine's translation: the file then says so, and changes in nothing else."""

from datetime import date

import pytest

from tests.curricula.written import curriculum_text, read
from workshops.curricula.vouching import vouched_for

DAY = date(2026, 11, 23)
WAYS = [
    "{of: en, source_version: 0.1.0, machine_made: true, reviewed_on: null}",
    "{of: en, source_version: 0.1.0, reviewed_on: 2026-01-01, machine_made: true}",
    "{of: en, source_version: 0.1.0, reviewed_on: , machine_made: true}",
    "{of: en, source_version: 0.1.0, machine_made: true}",
    "\n  of: en\n  source_version: 0.1.0\n  machine_made: true\n  reviewed_on: null",
    "\n  of: en\n  source_version: 0.1.0\n  machine_made: true",
    "{of: en,\n  source_version: 0.1.0, reviewed_on: ~,\n  machine_made: true}",
]


@pytest.mark.parametrize("written", WAYS)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_the_day_stands_in_the_file_however_its_fields_are_written(written: str, end: str) -> None:
    text = curriculum_text(language="es", translation=written).replace("\n", end)

    vouched = vouched_for(text, DAY)

    translation = read(vouched).translation
    assert translation.reviewed_on == DAY
    assert not translation.is_by_machine_alone
    assert vouched.split(end)[-40:] == text.split(end)[-40:]
    assert vouched_for(vouched, DAY) == vouched


def test_a_text_that_is_no_translation_has_nothing_to_answer_for() -> None:
    with pytest.raises(LookupError):
        vouched_for(curriculum_text(), DAY)
