"""The sealed way there: the venue's own text, and the copy that each session holds."""

from workshops.schedule.models import Session, Venue
from workshops.vault import Sealed, Vault


def venue_directions(venue: Venue, vault: Vault) -> str:
    """A venue's directions; empty where there are none, or none that our keys open."""
    return _open(venue.directions, _of_venue(venue.id), vault)


def session_directions(session: Session, vault: Vault) -> str:
    """The directions that a session tells; empty where it has none."""
    return _open(session.directions, _of_session(session.id), vault)


def sealed_for_venue(text: str, venue_id: str, vault: Vault) -> bytes | None:
    return vault.seal(text, _of_venue(venue_id)) if text else None


def sealed_copy(venue: Venue, session_id: str, vault: Vault) -> bytes | None:
    """A venue's directions, sealed for one session alone."""
    text = venue_directions(venue, vault)
    return vault.seal(text, _of_session(session_id)) if text else None


def _open(sealed: bytes | None, place: Sealed, vault: Vault) -> str:
    return "" if sealed is None else vault.unseal(sealed, place) or ""


def _of_venue(venue_id: str) -> Sealed:
    return Sealed("venue", "directions", venue_id)


def _of_session(session_id: str) -> Sealed:
    return Sealed("session", "directions", session_id)
