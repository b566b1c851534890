"""What a reading of a file has found: faults keep it out of the programme, notes do not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in a file, and what would be right."""

    file: str
    line: int
    wrong: str
    right: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.wrong}: {self.right}"


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """What a reader may want to look at again; the file works as it is."""

    file: str
    line: int
    seen: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: note: {self.seen}: {self.advice}"


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that gives no curriculum, and all the reasons, sorted by line."""

    file: str
    faults: tuple[Fault, ...]
