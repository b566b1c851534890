"""What one area has for one curriculum on one day; the only way for law into a page or a print."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workshops.curricula.local_facts import Fact, FactKind
from workshops.curricula.overlays import Overlay
from workshops.curricula.rules import Block, Curriculum

HELP = "help-here"  # the slot in which every curriculum says where to get help


@dataclass(frozen=True, slots=True)
class LawCard:
    """A text that holds in one area; without its place, its day and its end there is no card."""

    label: str
    law_as_of: date
    expires_on: date
    text: str
    covers: str
    applies_to: tuple[str, ...]
    enforcement_note: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Recall:
    """Prints that have to be taken back."""

    label: str
    printed_from: date
    printed_until: date


@dataclass(frozen=True, slots=True)
class Here:
    """What one area has for one curriculum in one language on one day."""

    area: str = ""  # its opaque word in addresses, if somebody asked for it
    label: str = ""
    sample: bool = False  # something of it is made up
    cards: Mapping[str, LawCard] = field(default_factory=dict)  # by law slot
    facts: tuple[Fact, ...] = ()
    recall: Recall | None = None
    overlay: Overlay | None = None  # that the cards come from: who checked it, and by what

    def needs_check(self, block: Block) -> bool:
        """Whether a block's advice can have legal effects of which nothing is known here."""
        return bool(block.legal_interaction) and block.legal_interaction not in self.cards

    @property
    def whom_to_ask(self) -> tuple[Fact, ...]:
        """Who knows the law here."""
        return tuple(fact for fact in self.facts if fact.kind is FactKind.LEGAL)


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in a law slot: what holds here, whom to call, or the curriculum's own words."""

    card: LawCard | None
    facts: tuple[Fact, ...]
    neutral: str  # Markdown; empty where something else fills the slot


NOWHERE = Here()


def filling(slot: str, curriculum: Curriculum, there: Here, words: str = "") -> Filling:
    """What to set in a law slot; `words` are those of the place where it stands, else the first ones are taken.

    Numbers fill a slot, but never one on which advice depends: there they stand below its own words, as whom to ask.
    """
    card = there.cards.get(slot)
    facts = tuple(fact for fact in there.facts if slot in fact.fills)
    about_law = any(block.legal_interaction == slot for unit in curriculum.units for block in unit.walk())
    box = curriculum.box(slot)
    filled = card is not None or (facts and not about_law)
    return Filling(card, facts, "" if filled else words or (box.text if box else ""))
