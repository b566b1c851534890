"""From a place's row to what its pages show."""

from datetime import datetime

from workshops.curricula.state import CurriculaState
from workshops.registration.codes import Code
from workshops.registration.feed_queries import has_feed
from workshops.registration.hours import asking_from, last_call, promise_from, sleep_hours
from workshops.registration.interpreters import lost_wish
from workshops.registration.models import Place
from workshops.registration.move_views import moves_of
from workshops.registration.pages import Asked, Check, Evening, Lasts, PlacePage, ReceiptPage, Telling, Waiting, Way
from workshops.registration.queries import ahead_of, most_lapses
from workshops.registration.rules import PlaceState
from workshops.registration.telling import is_led, is_told_now
from workshops.schedule.models import Session
from workshops.schedule.rules import DirectionsMode, SessionState, VenueKind
from workshops.schedule.words import MomentWords, day_words, moment_words, when_words
from workshops.vault import Sealed
from workshops.web.languages import Language


async def receipt_page(  # noqa: PLR0913 (what the receipt shows)
    code: Code,
    place: Place,
    state: CurriculaState,
    language: Language,
    now: datetime,
    *,
    nonce: str,
    check: Check = Check.NOT_YET,
) -> ReceiptPage:
    """The receipt of a place, which the form with this nonce gave."""
    session = place.session
    return ReceiptPage(
        session_id=session.id,
        groups=code.groups,
        aloud=tuple(map(" ".join, code.groups)),
        evening=_evening(session, state, language, now),
        state=PlaceState(place.state),
        waiting=await _waiting(place, state, language, now),
        way=_way(place, now),
        telling=_telling(session),
        directions_from=moment_words(session.directions_window.opens_at, session.venue.zone, language.locale),
        nonce=nonce,
        check=check,
    )


async def place_page(code: Code, place: Place, state: CurriculaState, language: Language, now: datetime) -> PlacePage:
    session = place.session
    shown = place.tells_way
    return PlacePage(
        session_id=session.id,
        code=code.digits,
        evening=_evening(session, state, language, now),
        state=PlaceState(place.state),
        waiting=await _waiting(place, state, language, now),
        directions=_directions(session, state) if shown else "",
        evening_word=session.evening_word if shown else "",
        directions_changed=place.directions_shown and place.directions_told < session.directions_revision,
        way=_way(place, now),
        telling=_telling(session),
        directions_from=moment_words(session.directions_window.opens_at, session.venue.zone, language.locale),
        cancellable=now < session.starts_at,
        wish_lost=lost_wish(place),
        asked=_asked(place, state, language, now),
        moves=await moves_of(place, state, language, now),
        calendar=await has_feed(place) if place.has_calendar is None else place.has_calendar,
    )


def _way(place: Place, now: datetime) -> Way:
    session = place.session
    if not is_led(place, session) or (session.directions_mode == DirectionsMode.SLIPS and session.directions is None):
        return Way.SLIPS
    if is_told_now(session, now):
        return Way.SHOWN
    if session.directions_mode == DirectionsMode.PUBLIC:
        return Way.PUBLIC
    early = now < session.directions_window.opens_at and not session.frozen
    return Way.LATER if early else Way.NOT_NOW


def _telling(session: Session) -> Telling:
    if session.directions_mode == DirectionsMode.MEETING:
        return Telling.MEETING
    return Telling.JOINING if session.venue.kind in {VenueKind.ONLINE, VenueKind.PHONE} else Telling.WAY


def _directions(session: Session, state: CurriculaState) -> str:
    if session.directions is None:
        return ""
    return state["vault"].unseal(session.directions, Sealed("session", "directions", session.id)) or ""


def _evening(session: Session, state: CurriculaState, language: Language, now: datetime) -> Evening:
    curriculum = state["library"].catalogue.taught(session, language.code)
    small_hours_end = state["settings"].small_hours_end
    return Evening(
        title=curriculum.neutral_title if curriculum else "",
        letter=session.letter,
        when=when_words(session.span, session.venue.zone, small_hours_end, language.locale),
        cancelled=session.state == SessionState.CANCELLED,
        over=now >= session.ends_at,
        moved_on=day_words(session.moved_on, language.locale),
    )


def _asked(place: Place, state: CurriculaState, language: Language, now: datetime) -> Asked | None:
    session = place.session
    if not session.asks_again or place.vouched or place.state != PlaceState.CONFIRMED:
        return None
    asking = asking_from(session, sleep_hours(state["settings"], session))
    if asking.is_over(now):
        return None
    opens, closes = (
        moment_words(each, session.venue.zone, language.locale) for each in (asking.opens_at, asking.closes_at)
    )
    return Asked(opens, closes, answered=session.asked and not place.asked)


async def _waiting(place: Place, state: CurriculaState, language: Language, now: datetime) -> Waiting | None:
    if place.state != PlaceState.WAITING:
        return None
    session = place.session
    settings = state["settings"]
    look_by = promise_from(session, settings, now, lapses=await most_lapses(session.id))
    least, most = (f"{each.total_seconds() / 3600:g}" for each in (settings.hold_least, settings.hold_most))

    def words(moment: datetime) -> MomentWords:
        return moment_words(moment, session.venue.zone, language.locale)

    until = words(look_by) if look_by else None
    lasts = Lasts(f"1/{settings.hold_part}", least, most)
    return Waiting(await ahead_of(place), until, words(last_call(session)), session.slip_share > 0, lasts)
