"""The public list of evenings and the page of each."""

from workshops.curricula.rules import Area
from workshops.curricula.state import CurriculaState
from workshops.errors import Absent
from workshops.schedule.choices import PAGE_SIZE, QUERY, known_words, read_choice, sift, theme_id, wanted_of
from workshops.schedule.nights import BandName
from workshops.schedule.pages import Option, ProgrammePage
from workshops.schedule.queries import (
    areas,
    coming_languages,
    coming_sessions,
    public_session,
    sibling_sessions,
)
from workshops.schedule.views import by_night, changes_at, session_page
from workshops.web.memory import Ask, Kept
from workshops.web.table import Declared, kept

State = CurriculaState


async def programme(ask: Ask[State]) -> Kept:
    """The coming nights, fifty sessions a page."""
    choice = read_choice(ask.choice)
    curricula = ask.state["library"].catalogue.in_language(ask.language.code)
    settings = ask.state["settings"]
    found = await coming_sessions(wanted_of(choice, curricula), ask.now)
    sessions = sift(found, choice, ask.now, settings.small_hours_end)
    start = (choice.page - 1) * PAGE_SIZE
    shown = sessions[start : start + PAGE_SIZE]
    if choice.page > 1 and not shown:
        raise Absent
    page = ProgrammePage(
        nights=by_night(shown, ask),
        choice=choice,
        themes=[Option(theme_id(theme), theme) for theme in Area],
        topics=[Option(each.short_id, each.title) for each in curricula],
        areas=[Option(area.id, area.label) for area in await areas()],
        languages=await coming_languages(ask.now),
        bands=tuple(BandName),
        total=len(sessions),
        earlier=choice.query(choice.page - 1) if choice.page > 1 else "",
        later=choice.query(choice.page + 1) if len(sessions) > start + PAGE_SIZE else "",
    )
    return Kept(page, changes_at(found, ask.now, settings))


async def session(ask: Ask[State]) -> Kept:
    """One session."""
    found = await public_session(ask.params["session_id"], ask.now)
    if found is None:
        raise Absent
    siblings = await sibling_sessions(found, ask.now)
    return Kept(session_page(found, siblings, ask), changes_at([found, *siblings], ask.now, ask.state["settings"]))


ROUTES: tuple[Declared, ...] = (
    kept("/", programme, query=QUERY, known=known_words, blocks=("nights",)),
    kept("/sessions/{session_id:id}", session),
)
