"""Where a place could go: the other evenings of its page, and the one its code waits for."""

from datetime import datetime

from workshops.curricula.state import CurriculaState
from workshops.registration.interpreters import loses_wish
from workshops.registration.models import Place
from workshops.registration.moving import target_ends_at
from workshops.registration.pages import Elsewhere, Moves, Target
from workshops.registration.queries import ahead_of, evenings_to_move_to, target_of
from workshops.schedule.models import Session
from workshops.schedule.rules import Availability, DirectionsMode
from workshops.schedule.words import moment_words, when_words
from workshops.web.languages import Language


async def moves_of(place: Place, state: CurriculaState, language: Language, now: datetime) -> Moves | None:
    """What the page of a place offers for moving; None once nothing can be chosen any more."""
    home = place.session
    settings = state["settings"]
    if now >= home.starts_at + settings.late_move:
        return None
    target = None if place.waits_elsewhere is False else await target_of(place)
    others = await evenings_to_move_to(home, now, state["memory"])
    if place.directions_shown and not home.moves_freely:
        others = [each for each in others if each.venue_id == home.venue_id]
    choices = [_elsewhere(each, place, state, language, now) for each in others if not _waits_for(target, each)]
    return Moves(
        tuple(each for each in choices if each is not None), await _target(target, place, state, language, now)
    )


def _elsewhere(
    session: Session, place: Place, state: CurriculaState, language: Language, now: datetime
) -> Elsewhere | None:
    waits = session.shown_availability is Availability.QUEUE  # as public pages say it: counters would tell each booking
    if waits and now >= target_ends_at(place.session.starts_at, session.starts_at):
        return None
    when = when_words(session.span, session.venue.zone, state["settings"].small_hours_end, language.locale)
    return Elsewhere(
        session.id, session.letter, when, waits, loses_wish(place, session, now), _loses_way(place, session)
    )


async def _target(
    target: Place | None, place: Place, state: CurriculaState, language: Language, now: datetime
) -> Target | None:
    if target is None:
        return None
    there, home = target.session, place.session
    small_hours_end = state["settings"].small_hours_end
    ends_at = target_ends_at(home.starts_at, there.starts_at)
    return Target(
        letter=there.letter,
        when=when_words(there.span, there.venue.zone, small_hours_end, language.locale),
        ahead=await ahead_of(target),
        ends=moment_words(ends_at, home.venue.zone, language.locale),
        wish_lost=loses_wish(place, there, now),
        way_lost=_loses_way(place, there),
    )


def _loses_way(place: Place, session: Session) -> bool:
    return place.vouched and session.directions_mode == DirectionsMode.SLIPS


def _waits_for(target: Place | None, session: Session) -> bool:
    return target is not None and target.session_id == session.id
