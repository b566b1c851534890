"""Questions about places; a place is found by its code's digest alone."""

from workshops.registration.codes import Code
from workshops.registration.models import Place
from workshops.registration.rules import PlaceState
from workshops.vault import Purpose, Vault


async def find_place(code: Code, vault: Vault) -> Place | None:
    """The place behind a code, with its registration, under whichever live key its digest was made."""
    digests = vault.digests(Purpose.CODE, code.digits)
    found = Place.filter(registration__digest__in=digests, target=False)
    return await found.select_related("registration", "session", "session__venue").first()


async def ahead_of(place: Place) -> int:
    """How many wait before this place."""
    return await Place.filter(
        session_id=place.session_id, state=PlaceState.WAITING, number__lt=place.number or 0
    ).count()


async def most_lapses(session_id: str) -> int:
    """How many lapses the next hold of a session may follow, at most."""
    held = await Place.filter(session_id=session_id, state=PlaceState.HELD).order_by("-lapses").first()
    return held.lapses + 1 if held else 0
