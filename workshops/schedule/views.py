"""From rows to what a page shows, in one language."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from workshops.curricula.rules import Curriculum, Form
from workshops.curricula.state import CurriculaState
from workshops.schedule.models import Session
from workshops.schedule.nights import BANDS, BandName, band_of, next_night, night_of
from workshops.schedule.pages import NightView, SessionPage, SessionRow
from workshops.schedule.rules import Audience, DirectionsMode, SessionState, VenueKind, Visibility
from workshops.schedule.words import day_words, night_words, when_words
from workshops.settings import Settings
from workshops.vault import Sealed
from workshops.web.memory import Ask

State = CurriculaState


def row_of(session: Session, ask: Ask[State]) -> SessionRow:
    """A session as a list shows it."""
    curriculum = curriculum_of(session, ask)
    return SessionRow(
        id=session.id,
        title=curriculum.title if curriculum else "",
        topic=curriculum.short_id if curriculum else "",
        letter=session.letter,
        when=when_words(session.span, session.venue.zone, ask.state["settings"].small_hours_end, ask.language.locale),
        area=session.venue.area.label,
        language=session.language,
        availability=session.shown_availability,
        cancelled=session.state == SessionState.CANCELLED,
        closed=ask.now >= session.opening.closes_at,
        step_free=session.venue.step_free,
        sample=session.sample,
    )


def curriculum_of(session: Session, ask: Ask[State]) -> Curriculum | None:
    """The curriculum a session teaches, in the page's language where there is such a file."""
    return ask.state["library"].catalogue.taught(session, ask.language.code)


def by_night(sessions: Sequence[Session], ask: Ask[State]) -> list[NightView]:
    """Group sessions by the evening they belong to, and those of the day apart from those of the night."""
    small_hours_end = ask.state["settings"].small_hours_end

    def night(session: Session) -> tuple[str, bool, bool]:
        zone = ZoneInfo(session.venue.zone)
        belongs = night_of(session.starts_at, zone, small_hours_end)
        by_night = band_of(session.starts_at, BANDS, zone) is not BandName.DAY
        return belongs.isoformat(), by_night, belongs == night_of(ask.now, zone, small_hours_end)

    views = []
    for (iso, by_night, tonight), group in groupby(
        sorted(sessions, key=lambda each: (night(each)[:2], each.starts_at)), key=night
    ):
        words = night_words(datetime.fromisoformat(iso).date(), ask.language.locale)
        views.append(NightView(words, not by_night, tonight, [row_of(each, ask) for each in group]))
    return views


def changes_at(sessions: Sequence[Session], now: datetime, settings: Settings) -> datetime:
    """The moment at which a page about these sessions would change by itself."""
    zones = {session.venue.zone for session in sessions} | {settings.zone}
    rolls = [next_night(now, ZoneInfo(zone), settings.small_hours_end) for zone in zones]
    edges = [
        edge
        for each in sessions
        for edge in (
            each.opening.closes_at,
            each.starts_at,
            each.ends_at,
            each.ends_at + timedelta(days=1),
            *_told(each),
        )
    ]
    return min([*rolls, *(edge for edge in edges if edge > now)])


def session_page(session: Session, siblings: Sequence[Session], ask: Ask[State]) -> SessionPage:
    """All that the page of a session shows."""
    curriculum = curriculum_of(session, ask)
    return SessionPage(
        row=row_of(session, ask),
        summary=curriculum.summary if curriculum else "",
        audience=Audience(session.audience) if session.audience_shown else None,
        kind=VenueKind(session.venue.kind),
        cost=session.cost,
        travel_money=session.travel_money,
        food=session.food,
        child_care=session.child_care,
        last_transport=session.venue.last_transport,
        facilitators=sorted(each.account.handle for each in session.facilitators),
        directions_mode=DirectionsMode(session.directions_mode),
        directions_hours=session.directions_from // 60,
        public_directions=public_directions(session, ask),
        walk_in=session.walk_in_share,
        interpreters=session.interpreting.languages,
        interpreters_until=day_words(session.interpreters_until, ask.language.locale),
        content_notes=_content_notes(curriculum, Form(session.form)),
        concerns=session.concerns,
        siblings=[row_of(each, ask) for each in siblings],
        takes_places=takes_places(session, ask.now),
        by_slip=session.visibility == Visibility.SLIP,
        slips=session.slip_share > 0,
    )


def takes_places(session: Session, now: datetime) -> bool:
    opening = session.opening
    return opening.state is SessionState.PUBLISHED and not opening.frozen and now < opening.closes_at


def public_directions(session: Session, ask: Ask[State]) -> str:
    """The way there, for the few sessions whose address is public: inside the window, as for who has a place."""
    takes_place = session.state == SessionState.PUBLISHED and not session.frozen
    if not takes_place or session.directions is None or not any(_told(session)):
        return ""
    if not session.directions_window.is_open(ask.now):
        return ""
    return ask.state["vault"].unseal(session.directions, Sealed("session", "directions", session.id)) or ""


def _told(session: Session) -> Sequence[datetime]:
    """From when until when a page tells the way to everybody, if it ever does."""
    window = session.directions_window
    return (window.opens_at, window.closes_at) if session.directions_mode == DirectionsMode.PUBLIC else ()


def _content_notes(curriculum: Curriculum | None, form: Form) -> list[str]:
    if curriculum is None:
        return []
    taught = {unit.id for unit in curriculum.units_in(form)}
    return [note.topic for note in curriculum.content_notes if note.where in taught]
