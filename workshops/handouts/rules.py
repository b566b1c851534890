"""When each part of an evening begins, what the prints are called, and what each of them shows."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workshops.curricula.rules import Area, Block, BlockKind, Curriculum, Form, Unit, UnitKind

POCKET_SETS = frozenset({"pocket", "wallet"})  # cards that people carry; all others are for the table
HEALTH = frozenset({Area.PHYSICAL_HEALTH, Area.MENTAL_HEALTH})
LONGEST_NAME = 60

ON_HANDOUTS = frozenset(
    {BlockKind.PARTICIPANT, BlockKind.KEY_MESSAGE, BlockKind.LAW_SLOT, BlockKind.CHECKLIST, BlockKind.SCENARIO}
)
IN_GUIDES = frozenset(
    {BlockKind.SAY, BlockKind.FACILITATOR, BlockKind.SCENARIO, BlockKind.DEBRIEF, BlockKind.QUIET_VERSION}
    | {BlockKind.IF_SOMEONE, BlockKind.LAW_SLOT, BlockKind.KEY_MESSAGE}
)


class PrintKind(StrEnum):
    """The prints that exist so far; the words stand in file names and name no topic."""

    HANDOUT = "handout"
    GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class Stretch:
    """When a part begins and how long it takes, in minutes from the start of the evening."""

    starts: int
    minutes: int

    @property
    def clock(self) -> str:
        """The start as a stopwatch shows it, 1:05."""
        return f"{self.starts // 60}:{self.starts % 60:02d}"


@dataclass(frozen=True, slots=True)
class RunSheetRow:
    """One part on the run sheet, with one stretch per form; None where the form leaves it out."""

    unit: str
    title: str
    kind: UnitKind
    stretches: tuple[Stretch | None, ...]


def units_of(curriculum: Curriculum, form: Form | None) -> tuple[Unit, ...]:
    """The units taught in `form`, or every unit when no form is chosen."""
    return curriculum.units if form is None else curriculum.units_in(form)


def forms_of(curriculum: Curriculum, form: Form | None) -> tuple[Form, ...]:
    """The chosen form, or every form there is."""
    return tuple(curriculum.forms()) if form is None else (form,)


def running_clock(units: Sequence[Unit], form: Form) -> Mapping[str, Stretch]:
    """When each unit of `form` begins, by the unit's id."""
    clock: dict[str, Stretch] = {}
    now = 0
    for unit in units:
        if form in unit.minutes:
            clock[unit.id] = Stretch(now, unit.minutes[form])
            now += unit.minutes[form]
    return clock


def run_sheet(curriculum: Curriculum, form: Form | None) -> tuple[RunSheetRow, ...]:
    """The parts of the evening in their order, each with its stretches."""
    units = units_of(curriculum, form)
    clocks = [running_clock(units, each) for each in forms_of(curriculum, form)]
    return tuple(
        RunSheetRow(unit.id, unit.title, unit.kind, tuple(clock.get(unit.id) for clock in clocks)) for unit in units
    )


def blocks_in(units: Sequence[Unit], kind: BlockKind) -> tuple[Block, ...]:
    """Every block of a kind, in the order of the evening."""
    return tuple(block for unit in units for block in unit.walk() if block.kind is kind)


def is_worth_keeping(card: Block) -> bool:
    return card.attributes.get("set", "") in POCKET_SETS


def is_about_health(curriculum: Curriculum) -> bool:
    return not HEALTH.isdisjoint(curriculum.areas)


def file_name(curriculum: Curriculum, kind: PrintKind, form: Form | None) -> str:
    """A name that a stranger may read in a list of downloads; letters of other scripts give the short id."""
    plain = unicodedata.normalize("NFKD", curriculum.neutral_title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_NAME].strip("-") or curriculum.short_id
    words = [slug, curriculum.language.lower(), kind.value, *([form.value] if form else [])]
    return "-".join(words) + ".pdf"
