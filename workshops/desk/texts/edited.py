"""What somebody says of a change besides the text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edited:
    """What a form for a text holds besides the text."""

    seen: str  # digest of the text that it was opened with
    note: str
    words: str
    meaning: bool | None = False  # whether translations have to follow; None: none are made of this text
