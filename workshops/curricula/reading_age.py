"""How old a reader has to be for a text: an estimate from its words, sentences and syllables."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Protocol

from pyphen import Pyphen  # type: ignore[import-untyped]  # ships no types

from workshops.curricula.notes import READ_BY_PARTICIPANTS, SENTENCE_END, WORD
from workshops.curricula.rules import BlockKind, Curriculum, Unit

FEWEST_WORDS = 50  # below that an estimate says more about chance than about the text
SCHOOL_STARTS = 5  # a first year at school is read at about six
YOUNGEST, OLDEST = 5, 25


@dataclass(frozen=True, slots=True)
class Measure:
    """What the formulas count."""

    words: int
    sentences: int
    syllables: int


class Formula(Protocol):
    """From counts to years at school."""

    def __call__(self, measure: Measure) -> float: ...


def english(measure: Measure) -> float:
    """Years at school for an English text.

    Source: Kincaid et al. 1975, Derivation of new readability formulas, Flesch-Kincaid grade level.
    """
    return 0.39 * measure.words / measure.sentences + 11.8 * measure.syllables / measure.words - 15.59


def spanish(measure: Measure) -> float:
    """Years at school for a Spanish text.

    Source: Crawford 1989, Lectura, fórmula y gráfico: -0.205 OP + 0.049 SP - 3.407, with sentences
    and syllables in a hundred words.
    """
    hundred = 100 / measure.words
    return -0.205 * measure.sentences * hundred + 0.049 * measure.syllables * hundred - 3.407


FORMULAS: Mapping[str, tuple[Formula, str]] = {"en": (english, "en_US"), "es": (spanish, "es")}


def reading_age(text: str, language: str) -> int | None:
    """The age in years at which a text can be read; None for a short one, or where no formula is known."""
    known = FORMULAS.get(language.partition("-")[0])
    if known is None:
        return None
    formula, spelling = known
    measure = measured(text, spelling)
    if measure.words < FEWEST_WORDS:
        return None
    return round(min(max(formula(measure) + SCHOOL_STARTS, YOUNGEST), OLDEST))


def measured(text: str, spelling: str) -> Measure:
    """Words, sentences and syllables of a Markdown text; a list item is a sentence.

    Syllables are counted by where a word may be divided, which leaves out some: the estimate is a low one.
    """
    words = WORD.findall(text)
    bounds = [0, *(end.end() for end in SENTENCE_END.finditer(text))]
    sentences = sum(bool(WORD.search(text, start, stop)) for start, stop in pairwise(bounds))
    dictionary = _dictionary(spelling)
    return Measure(len(words), max(sentences, 1), sum(len(dictionary.positions(word)) + 1 for word in words))


def unit_text(unit: Unit) -> str:
    """All that participants read or hear in a unit, with what stands in its law slots while no card does."""
    read = {*READ_BY_PARTICIPANTS, BlockKind.LAW_SLOT}
    return "\n\n".join(block.text for block in unit.walk() if block.kind in read)


def ages_of(curriculum: Curriculum) -> Mapping[str, int]:
    """The reading age of each unit that can be estimated, by its id."""
    ages = ((unit.id, reading_age(unit_text(unit), curriculum.language)) for unit in curriculum.units)
    return {name: age for name, age in ages if age is not None}


def usual_age(ages: Collection[int]) -> int | None:
    """The middle of the ages of a curriculum's units."""
    return round(median(ages)) if ages else None


@cache
def _dictionary(spelling: str) -> Pyphen:
    return Pyphen(lang=spelling)
