"""Adding, publishing, changing and cancelling sessions; one transaction each, and the schedule's row first."""

from zoneinfo import ZoneInfo

from workshops.database.connection import transaction
from workshops.errors import Absent
from workshops.schedule.acting import Acting
from workshops.schedule.directions import sealed_copy
from workshops.schedule.models import Session, Venue
from workshops.schedule.plan_rows import assign, columns_of, plan_of, series_id, site_of, write
from workshops.schedule.plans import Plan, hour_of, letter_for
from workshops.schedule.published_rows import kept_revision, made_public
from workshops.schedule.publishing import (
    ChangedMeanwhile,
    Missing,
    NotReady,
    PlacesGiven,
    SlipPlacesGiven,
    ensure_changeable,
    missing_for,
)
from workshops.schedule.revision import bump_revision, lock_schedule
from workshops.schedule.rules import Availability, SessionState, availability
from workshops.schedule.staff_queries import letters_around
from workshops.schedule.ways import forget_way
from workshops.staff.actions import record


async def add_session(session_id: str, plan: Plan, acting: Acting) -> None:
    """Keep a draft under an id that its form was given; a form sent twice adds one session."""
    async with transaction():
        await lock_schedule()
        if await Session.filter(id=session_id).exists():
            return
        session = Session(
            id=session_id,
            letter=await _letter("", session_id, plan, await Venue.get(id=plan.venue_id), acting),
            series_id=await series_id(plan.series),
            queue_limit=plan.shares.queue_limit,
            last_call=int(acting.settings.last_call.total_seconds()) // 60,
            modified_at=hour_of(acting.now),
            **columns_of(plan),
        )
        await session.save(force_create=True)
        await assign(session, plan.facilitators)
        await record(acting.handle, "added session", acting.now)


async def publish_session(session_id: str, acting: Acting) -> None:
    """Put a draft on the public pages; publishing it twice is the same as once.

    Raises:
        Absent: there is no such session.
        NotReady: something is missing.
        StaysCancelled, EveningOver: it is too late for that.
    """
    async with transaction():
        session = await locked_session(session_id)
        if session.state == SessionState.PUBLISHED:
            return
        ensure_changeable(SessionState(session.state), session.ends_at, acting.now)
        curriculum = acting.catalogue.get(session.curriculum, session.language)
        directions = sealed_copy(session.venue, session.id, acting.vault)
        site = site_of(session.venue, has_directions=directions is not None)
        missing = missing_for(plan_of(session), site, curriculum, acting.now)
        if missing or curriculum is None:
            raise NotReady(missing)
        await write(
            session,
            state=SessionState.PUBLISHED,
            directions=directions,
            revision=await kept_revision(curriculum, acting),
            availability=availability(session.seats, Availability.FREE),
            modified_at=hour_of(acting.now),
        )
        await bump_revision()
        await record(acting.handle, "published session", acting.now)


async def move_text_on(session_id: str, acting: Acting) -> None:
    """Let a session teach the text as it stands now; doing it twice is the same as once.

    Raises:
        Absent: there is no such session, or nothing to teach any more.
        StaysCancelled, EveningOver: it is too late for that.
        NotReady: it runs in a form that the text no longer has.
    """
    async with transaction():
        session = await locked_session(session_id)
        curriculum = acting.catalogue.get(session.curriculum, session.language)
        if session.state != SessionState.PUBLISHED or curriculum is None:
            raise Absent
        ensure_changeable(SessionState(session.state), session.ends_at, acting.now)
        if session.form not in curriculum.minutes:
            raise NotReady([Missing.FORM])
        if session.revision != curriculum.digest:
            await write(session, revision=await kept_revision(curriculum, acting), modified_at=hour_of(acting.now))
            await bump_revision()
            await record(acting.handle, "moved text on", acting.now)


async def cancel_session(session_id: str, acting: Acting) -> None:
    """Call a session off, or delete it while it is a draft; doing it twice is the same as once.

    Its places stay, so that whoever holds one is told.

    Raises:
        EveningOver: there is nothing left to call off.
    """
    async with transaction():
        try:
            session = await locked_session(session_id)
        except Absent:
            return  # a draft that is deleted already
        if session.state == SessionState.CANCELLED:
            return
        if session.state == SessionState.DRAFT:
            await session.delete()
            await forget_way(session.venue_id)
            await record(acting.handle, "deleted draft", acting.now)
            return
        ensure_changeable(SessionState(session.state), session.ends_at, acting.now)
        await write(
            session,
            state=SessionState.CANCELLED,
            cancelled_on=acting.now.date(),
            sequence=session.sequence + 1,
            epoch=session.epoch + 1,
            modified_at=hour_of(acting.now),
        )
        await bump_revision()
        await record(acting.handle, "cancelled session", acting.now)


async def change_session(session: Session, plan: Plan, seen: str, acting: Acting) -> None:
    """Let a session follow another plan, as part of the caller's transaction, which has locked it.

    Args:
        session: As `locked_session` read it; its counters must be settled.
        plan: What it shall be.
        seen: The mark of the plan that the coordinator saw; saving the same plan twice is no fault.
        acting: Who changes it.

    Raises:
        StaysCancelled, EveningOver: it is too late for that.
        ChangedMeanwhile: another plan was saved since.
        PlacesGiven, SlipPlacesGiven: more places are given than there would be.
        NotReady: it is published and would lack something that it does not lack now.
    """
    former = plan_of(session)
    if plan == former:
        return
    ensure_changeable(SessionState(session.state), session.ends_at, acting.now)
    if former.mark != seen:
        raise ChangedMeanwhile
    if session.taken > plan.shares.registrable:
        raise PlacesGiven(taken=session.taken)
    if session.slip_taken > plan.shares.slips:
        raise SlipPlacesGiven(taken=session.slip_taken)
    venue = await Venue.get(id=plan.venue_id).select_related("area")
    columns = columns_of(plan) | {
        "letter": await _letter(session.letter, session.id, plan, venue, acting),
        "series_id": await series_id(plan.series),
        "queue_limit": max(plan.shares.queue_limit, session.waiting),
    }
    if session.state == SessionState.PUBLISHED:
        columns |= await made_public(session, former, plan, venue, acting)
        await bump_revision()
    session.venue = venue
    await write(session, **columns)
    if venue.id != former.venue_id:
        await forget_way(former.venue_id)
    await assign(session, plan.facilitators)
    await record(acting.handle, "changed session", acting.now)


async def locked_session(session_id: str) -> Session:
    """Lock the schedule and a session for this transaction, and read it with all that its plan says.

    Raises:
        Absent: there is no such session.
    """
    await lock_schedule()
    session = await Session.filter(id=session_id).select_for_update().get_or_none()
    if session is None:
        raise Absent
    await session.fetch_related("venue__area", "series", "facilitators__account")
    return session


async def _letter(wanted: str, session_id: str, plan: Plan, venue: Venue, acting: Acting) -> str:
    zone = ZoneInfo(venue.zone)
    taken = await letters_around(plan.span.starts_at, zone, acting.settings.small_hours_end, but=session_id)
    return letter_for(wanted, taken)
