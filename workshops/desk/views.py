"""From rows to what the desk shows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request

from workshops.curricula.catalogue import EDITION
from workshops.curricula.days import day_in
from workshops.curricula.rules import Curriculum, Status
from workshops.curricula.state import CurriculaState
from workshops.desk.pages import Evening, Run, SessionForm, SessionPage, SiteView, VenueRow, Wanted
from workshops.desk.queries import Ticked, ticked_needs
from workshops.registration.rules import TICKS
from workshops.schedule.acting import Acting
from workshops.schedule.directions import session_directions
from workshops.schedule.forms import CLOSES_AFTER, OPENS_BEFORE, Offers
from workshops.schedule.models import Session, Venue
from workshops.schedule.pages import Option
from workshops.schedule.plan_rows import plan_of, site_of
from workshops.schedule.publishing import Missing, missing_for
from workshops.schedule.rules import SessionState, VenueKind
from workshops.schedule.site import site_state
from workshops.schedule.staff_queries import handles_that_run, usable_venues
from workshops.schedule.views import row_of
from workshops.schedule.words import moment_words
from workshops.web.answers import language_of
from workshops.web.forms import Fault
from workshops.web.languages import own_name
from workshops.web.memory import Ask

State = CurriculaState


def acting_of(request: Request[State]) -> Acting:
    """Who of staff sent this request, and what they change things with."""
    state = request.state
    return Acting(request.scope["handle"], state["clock"](), state["settings"], state["vault"], state["library"])


def today_of(request: Request[State]) -> date:
    """The day on the calendar of the site, by which sheets begin and end and reviews fall due."""
    return day_in(request.state["clock"](), request.state["settings"].zone)


def ask_of(request: Request[State]) -> Ask[State]:
    return Ask(request.scope["path"], {}, {}, language_of(request), request.state["clock"](), request.state)


def evening_of(session: Session, ask: Ask[State]) -> Evening:
    """A session as coordinators see it."""
    return Evening(
        row_of(session, ask),
        SessionState(session.state),
        session.venue.name,
        session.taken + session.slip_taken,
        session.registrable + session.slip_share,
        session.waiting,
    )


async def site_view(ask: Ask[State]) -> SiteView:
    """How the site stands, in the words of the page's language and the site's own time."""
    site = await site_state()
    zone, locale = ask.state["settings"].zone, ask.language.locale
    return SiteView(
        site.frozen,
        moment_words(site.deletion_due, zone, locale) if site.deletion_due else None,
        moment_words(ask.now, zone, locale) if site.doubts(ask.now) else None,
    )


async def runs_of(sessions: Sequence[Session], ask: Ask[State]) -> list[Run]:
    """Sessions as those see them who run them."""
    needs = await ticked_needs([session.id for session in sessions])
    site = await site_state()
    return [
        Run(
            row_of(session, ask),
            session.form,
            session.revision[:EDITION] if session.revision in ask.state["library"].catalogue.editions else "",
            session.venue.name,
            session.taken + session.slip_taken,
            wanted_of(needs[session.id], numbers=False),
            session_directions(session, ask.state["vault"]) if told else "",
            session.evening_word if told else "",
        )
        for session, told in ((each, site.tells(ask.now) and not each.frozen) for each in sessions)
    ]


def wanted_of(ticked: Ticked, *, numbers: bool) -> list[Wanted]:
    """What has to be arranged; how often each is ticked is for coordinators alone."""
    needs = [(str(need.name), "", count) for need, count in sorted(ticked.needs.items()) if need in TICKS]
    languages = [("INTERPRETER", code, count) for code, count in sorted(ticked.interpreters.items())]
    return [Wanted(need, code, count if numbers else 0) for need, code, count in (*needs, *languages)]


def missing_of(session: Session, acting: Acting) -> list[Missing]:
    """What keeps a draft from public pages; nothing for what is there already."""
    if session.state != SessionState.DRAFT:
        return []
    curriculum = acting.catalogue.get(session.curriculum, session.language)
    site = site_of(session.venue, has_directions=session.venue.directions is not None)
    return missing_for(plan_of(session), site, curriculum, acting.now)


def session_page(  # noqa: PLR0913 (what the page shows)
    session: Session,
    form: SessionForm,
    ask: Ask[State],
    acting: Acting,
    *,
    ticked: Ticked,
    missing: Sequence[Missing] = (),
    notice: Fault | None = None,
) -> SessionPage:
    wanted = wanted_of(ticked, numbers=True)
    lacking = missing or missing_of(session, acting)
    return SessionPage(evening_of(session, ask), wanted, form, lacking, _text_changed(session, acting), notice)


async def offers_for(acting: Acting, session: Session | None = None) -> tuple[Offers, Sequence[Venue]]:
    """What a session's form offers, and the venues with their names; what a session has already is among it."""
    curricula = {
        each: acting.catalogue.get(each, acting.settings.default_language) for each in acting.catalogue.curricula
    }
    languages = {language for each in acting.catalogue.curricula.values() for language in each}
    venues = await usable_venues(session.venue_id if session else None)
    handles = await handles_that_run()
    kept = [each.account.handle for each in session.facilitators] if session else []
    offers = Offers(
        {name: each for name, each in curricula.items() if each and _is_taught(each, session)},
        {venue.id: ZoneInfo(venue.zone) for venue in venues},
        sorted(languages | set(acting.settings.languages) | ({session.language} if session else set())),
        sorted({*handles, *kept}),
    )
    return offers, venues


def session_form(
    offers: Offers, venues: Sequence[Venue], values: Mapping[str, Any], faults: Mapping[str, Fault]
) -> SessionForm:
    """The form of a session, holding these values."""
    chosen = values.get("curriculum", "")
    curricula = [Option(each.id, _with_minutes(each)) for each in offers.curricula.values()]
    if chosen and chosen not in offers.curricula:
        curricula.append(Option(chosen, chosen))
    return SessionForm(
        values,
        faults,
        curricula,
        [Option(venue.id, f"{venue.name}, {venue.area.label}") for venue in venues],
        [Option(code, own_name(code)) for code in offers.languages],
        _with_own(OPENS_BEFORE, values.get("opens_before", "")),
        _with_own(CLOSES_AFTER, values.get("closes_after", "")),
        sorted(offers.handles),
    )


def venue_row(venue: Venue) -> VenueRow:
    return VenueRow(
        venue.id, venue.name, VenueKind(venue.kind), venue.area.label, venue.directions is not None, venue.retired
    )


def _text_changed(session: Session, acting: Acting) -> bool:
    """Whether a coming session teaches another text than stands on the pages now."""
    current = acting.catalogue.get(session.curriculum, session.language)
    ahead = session.state == SessionState.PUBLISHED and acting.now < session.ends_at
    return ahead and current is not None and session.revision not in {"", current.digest}


def _is_taught(curriculum: Curriculum, session: Session | None) -> bool:
    return curriculum.status is not Status.RETIRED or (session is not None and session.curriculum == curriculum.id)


def _with_minutes(curriculum: Curriculum) -> str:
    return f"{curriculum.title} ({', '.join(str(curriculum.minutes[form]) for form in curriculum.forms())} min)"


def _with_own(offered: Sequence[int], typed: str) -> Sequence[int]:
    """What is offered, and the number that a session has already."""
    own = {int(typed)} if typed.isdecimal() and len(typed) < 6 else set()  # noqa: PLR2004 (no month before an evening)
    return sorted({*offered, *own})
