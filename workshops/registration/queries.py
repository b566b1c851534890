"""Questions about places; a place is found by its code's digest alone."""

from datetime import datetime

from tortoise.expressions import Q

from workshops.registration.codes import Code
from workshops.registration.models import Place
from workshops.registration.rules import PlaceState
from workshops.schedule.models import Session
from workshops.schedule.rules import SessionState, Visibility
from workshops.vault import Purpose, Vault


async def find_place(code: Code, vault: Vault) -> Place | None:
    """The place behind a code, with its registration, under whichever live key its digest was made."""
    digests = vault.digests(Purpose.CODE, code.digits)
    return await Place.filter(registration__digest__in=digests, target=False).select_related("registration").first()


async def with_session(place: Place) -> Place:
    """The place with its session and venue, however it was read."""
    place.session = await Session.get(id=place.session_id).select_related("venue")
    return place


async def ahead_of(place: Place) -> int:
    """How many wait before this place."""
    return await Place.filter(
        session_id=place.session_id, state=PlaceState.WAITING, number__lt=place.number or 0
    ).count()


async def evenings_to_move_to(home: Session, now: datetime) -> list[Session]:
    """Other coming evenings of the same curriculum or series that take registrations."""
    same = Q(curriculum=home.curriculum) | (
        Q(series_id=home.series_id) if home.series_id else Q(curriculum=home.curriculum)
    )
    open_ones = Session.filter(same, state=SessionState.PUBLISHED, frozen=False, visibility=Visibility.OPEN)
    found = open_ones.filter(starts_at__gt=now).exclude(id=home.id).order_by("starts_at", "id")
    return [each for each in await found.select_related("venue").limit(12) if now < each.opening.closes_at]


async def most_lapses(session_id: str) -> int:
    """How many lapses the next hold of a session may follow, at most."""
    held = await Place.filter(session_id=session_id, state=PlaceState.HELD).order_by("-lapses").first()
    return held.lapses + 1 if held else 0


async def own_place(registration_id: str) -> Place | None:
    """The place a registration holds, with its registration; not the one it waits to move to."""
    return await Place.filter(registration_id=registration_id, target=False).select_related("registration").first()


async def target_of(place: Place) -> Place | None:
    """The spot in another session that a place's code waits for."""
    found = await Place.filter(registration_id=place.registration_id, target=True).first()
    return await with_session(found) if found else None
