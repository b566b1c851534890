"""Taking places for people who call or stand at the desk."""

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.desk.slip_forms import read_people
from workshops.desk.slip_pages import CallerPage, CardsPage
from workshops.desk.views import ask_of
from workshops.errors import Absent
from workshops.registration.callers import MOST_PEOPLE, Taken, take_places
from workshops.registration.interpreters import bookable
from workshops.registration.nonces import make_nonce, read_nonce
from workshops.registration.rules import TICKS
from workshops.registration.views import receipt_page
from workshops.schedule.rules import ensure_open
from workshops.schedule.site import ensure_not_frozen
from workshops.schedule.staff_queries import planned_session
from workshops.schedule.views import row_of
from workshops.web.answers import answer, answer_padded, language_of
from workshops.web.forms import Values, first, read_form

State = CurriculaState


async def caller_form(request: Request[State]) -> Response:
    """The form for up to four people; it asks what to arrange for each, and nothing else."""
    return await _form(request, {"person": ["1"]}, stale=False)


async def take_for_callers(request: Request[State]) -> Response:
    """Take the places; the answer holds a card for each, and is the only one that does."""
    values = await read_form(request)
    people = read_people(values)
    now, vault = request.state["clock"](), request.state["vault"]
    nonce = read_nonce(first(values, "nonce"), request.path_params["session_id"], vault)
    if nonce is None or not people:
        return await _form(request, values, stale=nonce is None)
    taken = await take_places(nonce, people, vault=vault, now=now)
    if not taken.given and not taken.used:
        return await _form(request, values, stale=True)
    return answer_padded(request, await _cards(request, taken))


async def _cards(request: Request[State], taken: Taken) -> CardsPage:
    now, language = request.state["clock"](), language_of(request)
    cards = [await receipt_page(each.code, each.place, request.state, language, now, nonce="") for each in taken.given]
    return CardsPage(request.path_params["session_id"], cards, taken.used, taken.full)


async def _form(request: Request[State], values: Values, *, stale: bool) -> Response:
    ask = ask_of(request)
    session = await planned_session(request.path_params["session_id"])
    if session is None:
        raise Absent
    ensure_open(session.opening, ask.now)
    await ensure_not_frozen()
    numbers = range(1, MOST_PEOPLE + 1)
    page = CallerPage(
        row=row_of(session, ask),
        nonce=make_nonce(session.id, session.epoch, request.state["vault"], ask.now),
        needs=[str(need.name) for need in TICKS],
        interpreters=bookable(session, ask.now),
        ticked=[_ticked(values, number) for number in numbers],
        wanted=[str(number) in values.get("person", ()) for number in numbers],
        stale=stale,
    )
    return answer(request, page, 409 if stale else 200)


def _ticked(values: Values, number: int) -> frozenset[str]:
    return frozenset(values.get(f"need-{number}", ())) | frozenset(values.get(f"interpreter-{number}", ()))
