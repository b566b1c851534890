"""What the first lines of a teaching file say about an evening: whom it is for, what comes up, who has read it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Objective:
    """What a participant does at the end that can be seen; practised in `unit`."""

    id: str
    verb: str
    text: str
    unit: str


@dataclass(frozen=True, slots=True)
class ContentNote:
    """What comes up, where, for how long, and how to sit it out."""

    topic: str
    where: str
    minutes: int
    opt_out: str


@dataclass(frozen=True, slots=True)
class Group:
    """How many people the evening is made for."""

    min: int
    ideal: int
    max: int


@dataclass(frozen=True, slots=True)
class Facilitators:
    """Who runs it."""

    min: int
    peer_required: bool


@dataclass(frozen=True, slots=True)
class Review:
    """Days on which peers and content readers last read the text, and the next day due."""

    peer: date | None
    content: date | None
    next_due: date | None


@dataclass(frozen=True, slots=True)
class Translation:
    """Of which file and which of its versions this one is a translation; empty for an original."""

    of: str | None
    source_version: str | None
    reviewed_on: date | None
    back_checked: bool
    machine_made: bool = False
    outdated: tuple[str, ...] = ()  # ids of units; comes from the original beside it, not from the file
    orphaned: bool = False  # there is no such original that reads; comes from its absence

    @property
    def is_by_machine_alone(self) -> bool:
        """Whether a machine made it and nobody answers for it yet: then it is marked."""
        return self.machine_made and self.reviewed_on is None

    @property
    def is_behind(self) -> bool:
        """Whether it is not what its original has become, or nobody can tell: then it gets no law cards."""
        return self.orphaned or bool(self.outdated)
