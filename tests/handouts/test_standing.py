"""Every print of a translation says how far it can be relied on: behind, without its original, by a machine."""

from dataclasses import replace
from datetime import date

import pytest

from tests.handouts.evenings import make_evening
from tests.handouts.test_documents import words
from workshops.curricula.particulars import Translation
from workshops.handouts.documents import Guide, Handout

WHOLE = Translation("es", "1.0.0", None, back_checked=False)
BEHIND = "This translation is behind: parts of the original have changed since."
ORPHANED = "The original of this translation is gone"
MACHINE = "A machine translated this text, and nobody has checked it yet."
READ = "First translated by a machine; read and corrected by people on 2026-11-01."


@pytest.mark.parametrize("kind", [Handout, Guide])
@pytest.mark.parametrize(
    ("translation", "said"),
    [
        (WHOLE, []),
        (replace(WHOLE, outdated=("start",)), [BEHIND]),
        (replace(WHOLE, orphaned=True), [ORPHANED]),
        (replace(WHOLE, machine_made=True), [MACHINE]),
        (replace(WHOLE, machine_made=True, outdated=("start",)), [BEHIND, MACHINE]),
        (replace(WHOLE, machine_made=True, reviewed_on=date(2026, 11, 1)), [READ]),
    ],
    ids=["up to date", "behind", "orphaned", "by a machine", "both", "read by people"],
)
def test_a_print_says_how_far_it_can_be_relied_on(
    kind: type[Handout | Guide], translation: Translation, said: list[str]
) -> None:
    text = words(kind(replace(make_evening(), translation=translation)))

    assert [each for each in (BEHIND, ORPHANED, MACHINE, READ) if each in text] == said
