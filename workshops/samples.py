"""A peer-led group that meets over four weeks: what an empty database is filled with, marked as sample throughout."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from workshops.curricula.actions import keep_edition
from workshops.curricula.rules import Curriculum
from workshops.curricula.state import Library
from workshops.database.connection import transaction
from workshops.registration.models import Place, Registration
from workshops.registration.rules import PlaceState
from workshops.sample_evenings import EVENINGS, Evening, Letters, planned
from workshops.schedule.models import Area, Series, Session, SessionFacilitator, Venue
from workshops.schedule.revision import bump_revision
from workshops.schedule.rules import SessionState, VenueKind, availability
from workshops.settings import Settings
from workshops.staff.models import Account
from workshops.vault import Purpose, Sealed, Vault

CONCERNS = "Robin (sample). If a child or a life is in danger, Robin may have to act, and tells you first."
TRANSPORT = "Night bus until 04:30 (sample)"


async def is_empty() -> bool:
    """Whether nobody has used this database yet."""
    return not (await Area.exists() or await Account.exists() or await Session.exists())


async def add_samples(library: Library, settings: Settings, vault: Vault, now: datetime) -> int:
    """Fill an empty database with evenings of a made-up group; returns how many."""
    async with transaction():
        venues = await _add_venues(settings, vault)
        team = [await _add_facilitator(handle) for handle in ("Robin (sample)", "Sam (sample)")]
        series = {each.curriculum: await Series.create(name=f"{each.curriculum} (sample)") for each in EVENINGS}
        letters = Letters(settings.small_hours_end)
        added = 0
        for each, starts_at in planned(ZoneInfo(settings.zone), settings.small_hours_end, now):
            curriculum = library.catalogue.get(each.curriculum, settings.default_language)
            if curriculum is None or each.form not in curriculum.minutes:
                continue
            session = _session(each, curriculum, venues[each.venue], starts_at, now=now)
            session.letter = letters.next(starts_at, ZoneInfo(settings.zone))
            await _keep(session, vault, full=each.full)
            await keep_edition(library.text_of(curriculum) or "")
            session.series = series[each.curriculum]
            await session.save(update_fields=["series_id"])
            for account in team:
                await SessionFacilitator.create(session=session, account=account)
            added += 1
        await bump_revision()
    return added


async def _add_venues(settings: Settings, vault: Vault) -> list[Venue]:
    quiet = await Area.create(label="Old harbour (sample)")
    middle = await Area.create(label="Near the station (sample)")
    venues = [
        Venue(name="Back room (sample)", kind=VenueKind.ROOM, area=quiet, zone=settings.zone, step_free=True),
        Venue(name="Upstairs (sample)", kind=VenueKind.ROOM, area=middle, zone=settings.zone),
    ]
    for venue in venues:
        venue.last_transport = TRANSPORT
        text = "Sample directions: the green door, second bell. Somebody waits inside from half an hour before."
        venue.directions = vault.seal(text, Sealed("venue", "directions", venue.id))
        venue.keep_directions = True
        await venue.save(force_create=True)
    return venues


async def _add_facilitator(handle: str) -> Account:
    """An account that nobody can sign in to: it is there to be named."""
    return await Account.create(handle=handle, facilitator=True, active=False, password="")


def _session(each: Evening, curriculum: Curriculum, venue: Venue, starts_at: datetime, *, now: datetime) -> Session:
    walk_in = each.capacity // 4
    return Session(
        curriculum=curriculum.id,
        form=each.form,
        language=curriculum.language,
        revision=curriculum.digest,
        venue=venue,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=curriculum.minutes[each.form]),
        state=SessionState.CANCELLED if each.cancelled else SessionState.PUBLISHED,
        cancelled_on=now.date() if each.cancelled else None,
        sequence=1 if each.cancelled else 0,
        sample=True,
        capacity=each.capacity,
        walk_in_share=walk_in,
        registrable=each.capacity - walk_in,
        queue_limit=each.capacity,
        food=True,
        travel_money=True,
        child_care=each.venue == 1,
        evening_word="lantern",
        concerns=CONCERNS,
        modified_at=now.replace(minute=0, second=0, microsecond=0),
    )


async def _keep(session: Session, vault: Vault, *, full: bool) -> None:
    session.directions = vault.seal("Sample directions: the green door.", Sealed("session", "directions", session.id))
    await session.save(force_create=True)
    if full:
        await _fill(session, vault)


async def _fill(session: Session, vault: Vault) -> None:
    """Take every place with codes that nobody holds."""
    for _ in range(session.registrable):
        digest = vault.digest(Purpose.CODE, f"sample {Registration().id}")
        registration = await Registration.create(digest=digest.value, key_id=digest.key_id, used=True)
        await Place.create(registration=registration, session=session, state=PlaceState.CONFIRMED)
    session.taken = session.registrable
    session.availability = availability(session.seats, session.shown_availability)
    await session.save(update_fields=["taken", "availability"])
