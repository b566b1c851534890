"""What may happen to a group's own texts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workshops.errors import N_, Refusal

CHANGE_NOTES = (
    N_("Wording"),
    N_("Facts or numbers"),
    N_("Times and order"),
    N_("New part"),
    N_("After a test run"),
    N_("After a review"),
    N_("Translation"),
)
LONGEST_NOTE = 200
LAW = re.compile(r"[^/]+/overlays/[^/]+\.md|local/[^/]+\.yaml")


class Overtaken(Refusal):
    """Somebody saved a revision after the text was opened for editing."""

    reason = N_("Somebody else saved this text meanwhile. Nothing of yours is lost: see the difference below.")


class NotNewest(Refusal):
    """Somebody saved a revision after the page was opened on which a text is read and published."""

    reason = N_("Somebody saved a newer revision since you opened this page. Read that one first.")


class SecondPersonNeeded(Refusal):
    """Some change of a text about law was read by nobody but who made it."""

    reason = N_(
        "This text says what holds in a place, and you saved some of what would be published. Another coordinator has "
        "to publish it; or one who reads yours says so here, then you can."
    )


@dataclass(frozen=True, slots=True)
class Hands:
    """Whose hands a revision went through."""

    saved_by: str
    read_by: frozenset[str]  # who said that they read it with all that others saved before it, or published it


class SecondPersonForReleased(SecondPersonNeeded):
    """A released text about law takes the place of a published one."""

    reason = N_(
        "The released text would stand on the pages again, and it says what holds in a place. "
        "Another coordinator than who saved the newest revision has to do this."
    )


class TopicTaken(Refusal):
    """A topic has this name already, or had it."""

    reason = N_("This name is taken. Take another one.")


class BehindOriginal(Refusal):
    """Nobody answers for a translation that is not what its original has become."""

    reason = N_("This translation is behind its original. Bring its parts up to date first, then answer for it.")


class NotRemovable(Refusal):
    """A text that stands somewhere, or that somebody else changed, cannot be removed."""

    reason = N_("Only a text that stands nowhere, and that nobody else changed, can be removed.")


class NotReadable(Refusal):
    """A text with faults cannot be published."""

    reason = N_("This text still has faults. It is kept, and can be published once they are mended.")


class TakesLawDown(NotReadable):
    """A teaching text without a slot would take the sheet that fills it from the pages."""

    reason = N_(
        "A local law sheet fills “%(slot)s”, which this text no longer has: the sheet would be gone from the pages. "
        "Keep the slot, or publish the sheet without that text first."
    )


def needs_second_person(path: str) -> bool:
    """Whether a text says what holds in one place: law cards and local numbers."""
    return LAW.fullmatch(path) is not None


def read_by_others(since: Sequence[Hands], handle: str) -> bool:
    """Whether each revision was read by somebody else than who saved it, counting who publishes them now.

    Args:
        since: From the first one that is not on the pages yet to the one that shall be.
        handle: Who publishes.
    """
    readers = {handle}
    for each in reversed(since):
        readers |= each.read_by
        if not readers - {each.saved_by}:
            return False
    return True


def ensure_may_publish(path: str, since: Sequence[Hands], handle: str) -> None:
    """Let the right person publish a text.

    Raises:
        SecondPersonNeeded: it is about law, and some change of it was read by nobody but who made it.
    """
    if needs_second_person(path) and not read_by_others(since, handle):
        raise SecondPersonNeeded


def may_read(path: str, since: Sequence[Hands], handle: str) -> bool:
    """Whether it would help if somebody said that they read what others saved: they cannot publish it themselves."""
    if not needs_second_person(path) or not since or handle in since[-1].read_by:
        return False
    return not read_by_others(since, handle) and any(each.saved_by != handle for each in since)


def ensure_may_use_released(path: str, saved_by: str, handle: str, *, released: bool) -> None:
    """Let the right person take a published text down; one that nothing follows may go at once.

    Args:
        path: Where it stands.
        saved_by: Who saved the newest revision.
        handle: Who takes it down.
        released: Whether a file that came with the program then stands in its place.

    Raises:
        SecondPersonForReleased: that file is about law, and the same person saved the newest revision.
    """
    if released and needs_second_person(path) and saved_by == handle:
        raise SecondPersonForReleased


def note_of(chosen: str, typed: str) -> str:
    """The change note from a list or in own words, on one line."""
    return " ".join(f"{chosen} {typed}".split())[:LONGEST_NOTE]
