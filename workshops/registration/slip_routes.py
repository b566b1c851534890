"""Taking a place with a paper slip; its number travels in bodies only, as a place's own number does."""

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.database.fields import is_id
from workshops.registration import taking
from workshops.registration.codes import Code, Typo, read_code
from workshops.registration.forms import read_interpreters, read_needs, ticked_of
from workshops.registration.interpreters import bookable
from workshops.registration.nonces import make_nonce, read_nonce
from workshops.registration.rules import TICKS, Need
from workshops.registration.slip_pages import SlipChoicePage, SlipEvening, SlipPage, SlipTakePage
from workshops.registration.slip_queries import find_slip, sessions_of_batch
from workshops.registration.slip_rules import Entry, SlipGone
from workshops.registration.take_pages import UsedPage
from workshops.registration.taking import AlreadyUsed, Given
from workshops.registration.views import receipt_page
from workshops.schedule.models import Session
from workshops.schedule.words import when_words
from workshops.web.answers import answer, answer_padded, language_of
from workshops.web.forms import Values, first, read_form
from workshops.web.table import Audience, Declared, done, shown

State = CurriculaState


async def slip(request: Request[State]) -> Response:
    """Where the number of a slip is typed in."""
    return answer(request, SlipPage())


async def open_slip(request: Request[State]) -> Response:
    """The form for a place, or the sessions to choose among, for who holds a slip."""
    values = await read_form(request)
    code = read_code(first(values, "slip"))
    if isinstance(code, Typo):
        return _typo(request, values)
    request.scope["again"] = [("slip", code.digits), ("session", _session_id(values))]
    return await _lead(request, code, _session_id(values), Need(0), frozenset(), stale=False)


async def take_with_slip(request: Request[State]) -> Response:
    """Take a place with a slip; the answer is the receipt itself."""
    values = await read_form(request)
    needs, interpreters, session_id = read_needs(values), read_interpreters(values), _session_id(values)
    now, vault = request.state["clock"](), request.state["vault"]
    typed = first(values, "nonce")[:200]
    code = read_code(first(values, "slip"))
    if isinstance(code, Typo):
        return _typo(request, values)
    request.scope["again"] = _again(code, session_id, typed, needs, interpreters)
    nonce = read_nonce(typed, session_id, vault)
    if nonce is None:
        return await _lead(request, code, session_id, needs, interpreters, stale=True)
    try:
        outcome = await taking.take_place(
            nonce, needs, vault=vault, now=now, entry=Entry(slip=code), interpreters=interpreters
        )
    except SlipGone:
        return answer_padded(request, SlipPage(session_id, gone=True))
    match outcome:
        case Given(own, place):
            page = await receipt_page(own, place, request.state, language_of(request), now, nonce=typed)
            return answer_padded(request, page)
        case AlreadyUsed():
            return answer_padded(request, UsedPage(session_id))
        case _:
            return await _lead(request, code, session_id, needs, interpreters, stale=True)


async def _lead(  # noqa: PLR0913 (what a form may be shown again with)
    request: Request[State],
    code: Code,
    session_id: str,
    needs: Need,
    interpreters: frozenset[str],
    *,
    stale: bool,
) -> Response:
    """Lead a slip to the session that was chosen, to the only one there is, or to a choice."""
    now = request.state["clock"]()
    found = await find_slip(code, request.state["vault"], now)
    if found is None:
        return answer_padded(request, SlipPage(session_id, gone=True))
    sessions = {each.id: each for each in await sessions_of_batch(found.batch, now)}
    chosen = session_id or (next(iter(sessions)) if len(sessions) == 1 else "")
    if chosen in sessions:
        return answer_padded(
            request, _form(request, code, sessions[chosen], ticked_of(needs) | interpreters, stale=stale)
        )
    evenings = [_evening(request, each) for each in sessions.values()]
    return answer_padded(request, SlipChoicePage(code.digits, evenings, elsewhere=bool(session_id)))


def _form(
    request: Request[State], code: Code, session: Session, ticked: frozenset[str], *, stale: bool
) -> SlipTakePage:
    now = request.state["clock"]()
    nonce = make_nonce(session.id, session.epoch, request.state["vault"], now)
    names, languages = [str(need.name) for need in TICKS], bookable(session, now)
    return SlipTakePage(_evening(request, session), code.digits, nonce, names, languages, ticked, stale)


def _evening(request: Request[State], session: Session) -> SlipEvening:
    state, language = request.state, language_of(request)
    curriculum = state["library"].catalogue.taught(session, language.code)
    when = when_words(session.span, session.venue.zone, state["settings"].small_hours_end, language.locale)
    title = curriculum.neutral_title if curriculum else ""
    return SlipEvening(session.id, title, session.letter, when, session.language)


def _typo(request: Request[State], values: Values) -> Response:
    typed = first(values, "slip")[:64]
    return answer_padded(request, SlipPage(_session_id(values), typo=True, typed=typed))


def _session_id(values: Values) -> str:
    """The session that was chosen, if any."""
    chosen = first(values, "session")
    return chosen if is_id(chosen) else ""


def _again(code: Code, session_id: str, nonce: str, needs: Need, interpreters: frozenset[str]) -> list[tuple[str, str]]:
    ticked = [("need", each) for each in sorted(ticked_of(needs))]
    languages = [("interpreter", each) for each in sorted(interpreters)]
    return [("slip", code.digits), ("session", session_id), ("nonce", nonce), *ticked, *languages]


ROUTES: tuple[Declared, ...] = (
    shown("/slip", slip, audience=Audience.PUBLIC),
    done("/slip", open_slip, audience=Audience.CODE),
    done("/slip/take", take_with_slip, audience=Audience.CODE),
)
