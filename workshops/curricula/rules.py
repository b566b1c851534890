"""What a curriculum is once its file has been read: values, and how long its forms run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import blake2b

from workshops.curricula.particulars import ContentNote, Facilitators, Group, Objective, Review, Translation


class Form(StrEnum):
    """One of the three lengths in which a curriculum can be taught."""

    SHORT = "short"
    STANDARD = "standard"
    LONG = "long"


class Status(StrEnum):
    """How far a curriculum has come; only organisations review, the project ships drafts."""

    DRAFT = "draft"
    PILOT = "pilot"
    REVIEWED = "reviewed"
    RETIRED = "retired"


class Area(StrEnum):
    """The five parts of well-being by which evenings can be chosen."""

    PHYSICAL_HEALTH = "physical-health"
    MENTAL_HEALTH = "mental-health"
    SOCIAL_SUPPORT = "social-support"
    LAW_AND_ADVOCACY = "law-and-advocacy"
    HARM_REDUCTION = "harm-reduction"


class UnitKind(StrEnum):
    """What a unit is for in the evening; opener, break and close are units like any other."""

    OPENER = "opener"
    WORK = "work"
    BREAK = "break"
    CLOSE = "close"


class BlockKind(StrEnum):
    """The audience or the purpose of a block; the words after `:::` in a file."""

    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    SAY = "say"
    SCENARIO = "scenario"
    DEBRIEF = "debrief"
    QUIET_VERSION = "quiet-version"
    IF_SOMEONE = "if-someone"
    LAW_SLOT = "law-slot"
    KEY_MESSAGE = "key-message"
    CARD = "card"
    CHECKLIST = "checklist"
    WORKSHEET = "worksheet"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Block:
    """One `::: kind {attributes}` of a file: a leaf holds Markdown, a scenario holds leaves."""

    kind: BlockKind
    attributes: Mapping[str, str]
    text: str  # Markdown as written, without the fences; empty for a scenario
    line: int  # where the fence opens, counted from 1
    blocks: tuple["Block", ...] = ()

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def title(self) -> str:
        return self.attributes.get("title", "")

    @property
    def legal_interaction(self) -> str:
        """The law slot on which the block's advice depends; empty where it depends on none."""
        return self.attributes.get("legal-interaction", "")


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the evening that stands alone: people may come in after any of them."""

    id: str
    kind: UnitKind
    title: str
    minutes: Mapping[Form, int]  # a form that leaves the unit out has no entry
    method: str
    energy: str
    blocks: tuple[Block, ...]
    line: int
    changed: str = ""  # the version since which it means what it means; empty: changes with its file
    source_version: str = ""  # in a translation, what it was made from; empty: what its file says

    def walk(self) -> Iterator[Block]:
        """Every block of the unit, a scenario before the leaves inside it."""
        for block in self.blocks:
            yield block
            yield from block.blocks


@dataclass(frozen=True, slots=True)
class Source:
    """A work that a statement rests on; kept once in `curricula/sources.yaml`."""

    id: str
    title: str
    organisation: str
    address: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Curriculum:
    """A teaching file as a value."""

    id: str
    version: str
    status: Status
    title: str
    neutral_title: str
    neutral_summary: str
    summary: str
    language: str
    audience: tuple[str, ...]
    adults_only: bool
    level: str
    areas: tuple[str, ...]
    minutes: Mapping[Form, int]
    group: Group
    facilitators: Facilitators
    delivery: tuple[str, ...]
    reading_age_target: str
    content_notes: tuple[ContentNote, ...]
    objectives: tuple[Objective, ...]
    materials: tuple[str, ...]
    prints: tuple[str, ...]
    overlays: tuple[str, ...]
    license: str
    credit: str
    review: Review
    translation: Translation
    units: tuple[Unit, ...]
    digest: str = field(compare=False)  # of the file's bytes; names the revision a session was published with
    sources: tuple[Source, ...] = ()  # in the order in which the file names them

    def box(self, slot: str) -> Block | None:
        """The first law slot of that id."""
        blocks = (block for unit in self.units for block in unit.walk())
        return next((block for block in blocks if block.kind is BlockKind.LAW_SLOT and block.id == slot), None)

    @property
    def short_id(self) -> str:
        """The opaque word that stands for this curriculum in addresses."""
        return short_id(self.id)

    def units_in(self, form: Form) -> tuple[Unit, ...]:
        """The units taught in `form`, in their order."""
        return tuple(unit for unit in self.units if form in unit.minutes)

    def forms(self) -> Sequence[Form]:
        return [form for form in Form if form in self.minutes]


def short_id(name: str, kind: bytes = b"topic") -> str:
    """Eight letters and digits that stand for a curriculum, or a thing of another kind, in addresses.

    It depends on the name alone, so that links outlive revisions and databases, and it
    names no topic to who reads an address over a shoulder.
    """
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    digest = int.from_bytes(blake2b(name.encode(), digest_size=5, person=kind).digest())
    return "".join(alphabet[digest >> shift & 31] for shift in range(35, -5, -5))
