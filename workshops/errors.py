"""The kinds of no: rules refuse, things are absent, and a start can fail. Status codes live at the edge."""

from typing import ClassVar


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for "translate this later")
    """Mark a message for the catalogues without translating it yet."""
    return message


class Refusal(Exception):  # noqa: N818 (a refusal is an answer, not an error)
    """A rule says no; `reason` is a sentence that a visitor may read, translated at the edge.

    Keyword arguments fill the places of the sentence, `%(name)s`.
    """

    reason: ClassVar[str] = N_("That is not possible.")

    def __init__(self, **places: object) -> None:
        super().__init__(self.reason)
        self.places = places


class NotNow(Refusal):
    """It cannot be done at present; asking again later may help."""


class Absent(Exception):  # noqa: N818 (absence is an answer, not an error)
    """There is no such thing, or none that this visitor may know of."""


class CannotStart(Exception):  # noqa: N818 (reads as the sentence it prints)
    """The program ends at once with one clear line and status 2."""
