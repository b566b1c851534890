"""A peer-led group that meets over four weeks: what an empty database is filled with, marked as sample throughout."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workshops.curricula.actions import keep_edition
from workshops.curricula.rules import Curriculum, Form
from workshops.curricula.state import Library
from workshops.database.connection import transaction
from workshops.registration.models import Place, Registration
from workshops.registration.rules import PlaceState
from workshops.schedule.models import Area, Series, Session, SessionFacilitator, Venue
from workshops.schedule.moments import Fold, NoSuchTime, moment_at
from workshops.schedule.nights import night_of
from workshops.schedule.revision import bump_revision
from workshops.schedule.rules import SessionState, VenueKind, availability
from workshops.settings import Settings
from workshops.staff.models import Account
from workshops.vault import Purpose, Sealed, Vault

CONCERNS = "Robin (sample). If a child or a life is in danger, Robin may have to act, and tells you first."
TRANSPORT = "Night bus until 04:30 (sample)"


@dataclass(frozen=True, slots=True)
class Evening:
    """One sample session: days from today, wall time, and what is particular about it."""

    day: int
    at: time
    curriculum: str
    form: Form
    venue: int
    capacity: int = 12
    cancelled: bool = False
    full: bool = False


class Letters:
    """A letter for each evening of a night, so that neutral titles are told apart."""

    def __init__(self, small_hours_end: time) -> None:
        self._small_hours_end = small_hours_end
        self._given: dict[date, int] = {}

    def next(self, starts_at: datetime, zone: ZoneInfo) -> str:
        night = night_of(starts_at, zone, self._small_hours_end)
        self._given[night] = self._given.get(night, 0) + 1
        return "ABCDEFGH"[self._given[night] - 1]


EVENINGS = (
    Evening(0, time(21, 30), "know-your-rights", Form.STANDARD, 0),
    Evening(1, time(14, 30), "safety-negotiation", Form.SHORT, 1),
    Evening(3, time(18), "de-escalation", Form.STANDARD, 0),
    Evening(4, time(23), "know-your-rights", Form.STANDARD, 0),
    Evening(6, time(0, 30), "safety-negotiation", Form.SHORT, 1),
    Evening(8, time(17, 30), "safety-negotiation", Form.STANDARD, 1, capacity=6, full=True),
    Evening(9, time(14), "know-your-rights", Form.SHORT, 1),
    Evening(11, time(22), "de-escalation", Form.STANDARD, 0, cancelled=True),
    Evening(13, time(21), "de-escalation", Form.LONG, 0),
    Evening(15, time(18), "know-your-rights", Form.LONG, 0),
    Evening(17, time(13, 30), "de-escalation", Form.SHORT, 1),
    Evening(19, time(23, 15), "safety-negotiation", Form.STANDARD, 0),
    Evening(22, time(18, 30), "know-your-rights", Form.STANDARD, 1),
    Evening(25, time(21, 30), "safety-negotiation", Form.STANDARD, 0),
    Evening(27, time(15), "know-your-rights", Form.STANDARD, 1),
)


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
        for each in EVENINGS:
            curriculum = library.catalogue.get(each.curriculum, settings.default_language)
            if curriculum is None or each.form not in curriculum.minutes:
                continue
            session = await _add_session(each, curriculum, venues[each.venue], letters, vault=vault, now=now)
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


async def _add_session(  # noqa: PLR0913 (all that a sample evening is made of)
    each: Evening, curriculum: Curriculum, venue: Venue, letters: Letters, *, vault: Vault, now: datetime
) -> Session:
    starts_at = _moment(each, ZoneInfo(venue.zone), now)
    walk_in = each.capacity // 4
    session = Session(
        curriculum=curriculum.id,
        form=each.form,
        language=curriculum.language,
        revision=curriculum.digest,
        letter=letters.next(starts_at, ZoneInfo(venue.zone)),
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
    session.directions = vault.seal("Sample directions: the green door.", Sealed("session", "directions", session.id))
    await session.save(force_create=True)
    if each.full:
        await _fill(session, vault)
    return session


async def _fill(session: Session, vault: Vault) -> None:
    """Take every place with codes that nobody holds."""
    for _ in range(session.registrable):
        digest = vault.digest(Purpose.CODE, f"sample {Registration().id}")
        registration = await Registration.create(digest=digest.value, key_id=digest.key_id, used=True)
        await Place.create(registration=registration, session=session, state=PlaceState.CONFIRMED)
    session.taken = session.registrable
    session.availability = availability(session.seats, session.shown_availability)
    await session.save(update_fields=["taken", "availability"])


def _moment(each: Evening, zone: ZoneInfo, now: datetime) -> datetime:
    """The sample's wall time on its day; tonight's is tomorrow's where it would have begun already."""
    today = now.astimezone(zone).date()
    wall = datetime.combine(today + timedelta(days=each.day), each.at)
    try:
        moment = moment_at(wall, zone, fold=Fold.FIRST)
    except NoSuchTime:
        moment = moment_at(wall + timedelta(hours=1), zone, fold=Fold.FIRST)
    return moment if moment > now + timedelta(hours=1) else moment + timedelta(days=1)
