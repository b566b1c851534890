"""Law slots as HTML, for pages and prints alike."""

from dataclasses import dataclass

from markupsafe import Markup

from workshops.curricula.law_cards import Here, LawCard, filling
from workshops.curricula.local_facts import Fact
from workshops.curricula.markdown import to_html
from workshops.curricula.rules import Curriculum


@dataclass(frozen=True, slots=True)
class Box:
    """What stands in a law slot."""

    card: LawCard | None
    facts: tuple[Fact, ...]
    html: Markup  # the text of the card, or the curriculum's own words; empty where numbers stand alone

    @property
    def is_empty(self) -> bool:
        return not (self.html or self.facts)


def box_of(slot: str, curriculum: Curriculum, here: Here, *, heading: int, words: str = "") -> Box:
    """What to show in a law slot that stands there with these words; `heading` is the level that `#` becomes."""
    found = filling(slot, curriculum, here, words)
    text = found.card.text if found.card else found.neutral
    return Box(found.card, found.facts, to_html(text, heading=heading) if text else Markup())
