"""The prints as values: all that a print may say comes out of a `Curriculum` and the sheets of one area."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from workshops.curricula.boxes import Box
from workshops.curricula.law_cards import HELP, NOWHERE, Here
from workshops.curricula.particulars import ContentNote, Objective
from workshops.curricula.rules import BlockKind, Curriculum, Form, Source, Unit
from workshops.curricula.wordlists import telling_words
from workshops.handouts.passages import Part, Passage, Setter
from workshops.handouts.rules import (
    IN_GUIDES,
    ON_HANDOUTS,
    PrintKind,
    RunSheetRow,
    Stretch,
    blocks_in,
    file_name,
    forms_of,
    is_about_health,
    is_worth_keeping,
    run_sheet,
    running_clock,
    units_of,
)


@dataclass(frozen=True, slots=True)
class CardSet:
    """Cards that are cut out and laid on the table together."""

    name: str
    cards: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A work, and the statements of this curriculum that rest on it."""

    source: Source
    statements: Sequence[Passage]


@dataclass(frozen=True, slots=True)
class Handout:
    """What participants take home."""

    template: ClassVar[str] = "print/handout.html"
    kind: ClassVar[PrintKind] = PrintKind.HANDOUT

    curriculum: Curriculum
    form: Form | None = None  # None: everything the file has, whatever the form
    here: Here = NOWHERE
    exposure: tuple[str, ...] = ()  # the group's own words that strangers must not read

    @property
    def parts(self) -> Sequence[Part]:
        """The units that say something to participants."""
        inside = frozenset({BlockKind.PARTICIPANT})
        setter = Setter(self.curriculum, self.here, inside, apart=frozenset({HELP}))
        parts = (setter.part(unit, ON_HANDOUTS) for unit in _units(self))
        return [part for part in parts if part.passages]

    @property
    def help(self) -> Box:
        """Where to get help, in one place of the handout: numbers, or the curriculum's own words."""
        return Setter(self.curriculum, self.here).box(HELP)

    @property
    def cards(self) -> Sequence[Passage]:
        """The cards that people carry, each with the box of its law slot."""
        setter = Setter(self.curriculum, self.here)
        return [setter.alone(card) for card in blocks_in(_units(self), BlockKind.CARD) if is_worth_keeping(card)]

    @property
    def sheets(self) -> Sequence[Passage]:
        """The worksheets, each with the box of its law slot: people tear them off."""
        setter = Setter(self.curriculum, self.here)
        return [setter.alone(sheet) for sheet in blocks_in(_units(self), BlockKind.WORKSHEET)]

    @property
    def sources(self) -> Sequence[Source]:
        """The works whose names tell a stranger nothing; the guide names every one."""
        works = (note.source for note in _source_notes(self))
        return [work for work in works if not telling_words(f"{work.organisation} {work.title}", self.exposure)]

    @property
    def about_health(self) -> bool:
        return is_about_health(self.curriculum)


@dataclass(frozen=True, slots=True)
class Guide:
    """What facilitators run the evening from; on page one the run sheet."""

    template: ClassVar[str] = "print/guide.html"
    kind: ClassVar[PrintKind] = PrintKind.GUIDE

    curriculum: Curriculum
    form: Form | None = None
    here: Here = NOWHERE

    @property
    def forms(self) -> Sequence[Form]:
        return forms_of(self.curriculum, self.form)

    @property
    def run_sheet(self) -> Sequence[RunSheetRow]:
        return run_sheet(self.curriculum, self.form)

    @property
    def ends(self) -> Sequence[Stretch]:
        """The end of each form on its clock."""
        return [Stretch(self.curriculum.minutes[form], 0) for form in self.forms]

    @property
    def objectives(self) -> Sequence[Objective]:
        """What people can do at the end, of the parts that are taught."""
        taught = {unit.id for unit in _units(self)}
        return [each for each in self.curriculum.objectives if each.unit in taught]

    @property
    def content_notes(self) -> Sequence[tuple[ContentNote, str]]:
        """What comes up, with the title of the part in which it does."""
        titles = {unit.id: unit.title for unit in _units(self)}
        return [(note, titles[note.where]) for note in self.curriculum.content_notes if note.where in titles]

    @property
    def parts(self) -> Sequence[Part]:
        units = _units(self)
        clocks = [(form, running_clock(units, form)) for form in self.forms]
        setter = Setter(self.curriculum, self.here)
        return [
            setter.part(unit, IN_GUIDES, tuple((form, clock[unit.id]) for form, clock in clocks if unit.id in clock))
            for unit in units
        ]

    @property
    def card_sets(self) -> Sequence[CardSet]:
        """All cards, set by set in the order in which the sets first appear."""
        setter = Setter(self.curriculum, self.here)
        sets: dict[str, list[Passage]] = {}
        for card in blocks_in(_units(self), BlockKind.CARD):
            sets.setdefault(card.attributes.get("set", ""), []).append(setter.alone(card))
        return [CardSet(name.replace("-", " "), cards) for name, cards in sets.items()]

    @property
    def sources(self) -> Sequence[SourceNote]:
        return _source_notes(self)


Printable: TypeAlias = Handout | Guide


def print_name(document: Printable) -> str:
    """The neutral name under which a browser saves the print."""
    return file_name(document.curriculum, document.kind, document.form)


def _units(document: Printable) -> Sequence[Unit]:
    return units_of(document.curriculum, document.form)


def _source_notes(document: Printable) -> list[SourceNote]:
    setter = Setter(document.curriculum, document.here)
    statements: dict[str, list[Passage]] = {}
    for block in blocks_in(_units(document), BlockKind.SOURCE):
        statements.setdefault(block.id, []).append(setter.passage(block))
    cited = (source for source in document.curriculum.sources if source.id in statements)
    return [SourceNote(source, statements[source.id]) for source in cited]
