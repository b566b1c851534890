"""Taking a place and coming back to it; the code travels in bodies only."""

from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.registration import actions, feed_routes, move_routes, receipt_routes, slip_routes, taking
from workshops.registration.codes import Typo
from workshops.registration.cost import Terms
from workshops.registration.forms import read_code_field, read_interpreters, read_needs, ticked_of
from workshops.registration.holding_pages import HeldColumn, HeldTable, SafetyPage, WhatWeHoldPage
from workshops.registration.holdings import ELSEWHERE, UNTIL, held_columns, sum_columns
from workshops.registration.interpreters import bookable
from workshops.registration.nonces import make_nonce, read_nonce
from workshops.registration.offers import public_offer
from workshops.registration.pages import CodePage, DonePage
from workshops.registration.price import budgets_of, price_of
from workshops.registration.rules import TICKS, Need
from workshops.registration.slip_pages import SlipPage
from workshops.registration.take_pages import TakePage, UsedPage
from workshops.registration.taking import AlreadyUsed, Costs, Given, Stale
from workshops.registration.views import place_page, receipt_page
from workshops.registration.work import SIZE_LIMIT
from workshops.schedule.rules import Visibility, ensure_open
from workshops.schedule.site import ensure_not_frozen
from workshops.schedule.views import row_of
from workshops.web.answers import answer, answer_padded, language_of
from workshops.web.forms import Values, first, read_form
from workshops.web.memory import Ask, Kept
from workshops.web.table import Audience, Declared, done, kept, shown

State = CurriculaState


async def take_form(request: Request[State]) -> Response:
    """The form for a place: made for this request, with a nonce of its own."""
    return await _form(request, Need(0), frozenset())


async def take_place(request: Request[State]) -> Response:
    """Take a place; the answer is the receipt itself."""
    values = await read_form(request)
    needs, interpreters = read_needs(values), read_interpreters(values)
    request.scope["again"] = _again(values)
    now, vault = request.state["clock"](), request.state["vault"]
    typed = first(values, "nonce")
    nonce = read_nonce(typed, request.path_params["session_id"], vault)
    terms = Terms(budgets_of(request.state["settings"]), first(values, "work"))
    outcome = (
        await taking.take_place(nonce, needs, vault=vault, now=now, terms=terms, interpreters=interpreters)
        if nonce
        else Stale()
    )
    match outcome:
        case Given(code, place):
            page = await receipt_page(code, place, request.state, language_of(request), now, nonce=typed)
            return answer_padded(request, page)
        case AlreadyUsed():
            return answer_padded(request, UsedPage(request.path_params["session_id"]))
        case Stale():
            return await _form(request, needs, interpreters, stale=True)
        case Costs(level):
            return await _form(request, needs, interpreters, typed=typed, unpaid=level)


async def place(request: Request[State]) -> Response:
    """Where a code is typed in."""
    return answer(request, CodePage())


async def open_place(request: Request[State]) -> Response:
    """Show the place behind a code."""
    values = await read_form(request)
    code = read_code_field(values)
    if isinstance(code, Typo):
        await ensure_not_frozen()
        return answer_padded(request, CodePage(typo=True, typed=first(values, "code")[:64]))
    request.scope["again"] = [("code", code.digits)]
    settings, now = request.state["settings"], request.state["clock"]()
    found = await actions.look_at_place(code, vault=request.state["vault"], settings=settings, now=now, telling=True)
    if found is None:
        return answer_padded(request, CodePage(unknown=True))
    page = await place_page(code, found, request.state, language_of(request), now)
    return answer_padded(request, page)


async def cancel_place(request: Request[State]) -> Response:
    """Cancel a place or leave a waiting list; says the same however often it is pressed."""
    code = read_code_field(await read_form(request))
    if isinstance(code, Typo):
        return answer_padded(request, CodePage(typo=True))
    request.scope["again"] = [("code", code.digits)]
    settings, now = request.state["settings"], request.state["clock"]()
    await actions.cancel_place(code, vault=request.state["vault"], settings=settings, now=now)
    return answer_padded(request, CodePage(given_back=True))


async def written_down(request: Request[State]) -> Response:
    """Stop showing the code to whoever only has the form."""
    code = read_code_field(await read_form(request))
    if not isinstance(code, Typo):
        await actions.stop_showing(code, vault=request.state["vault"])
    return answer_padded(request, DonePage())


async def what_we_hold(ask: Ask[State]) -> Kept:
    """What the program keeps about participants, read off the live tables."""
    tables, sums = (
        [HeldTable(name, UNTIL[name], [HeldColumn(*column) for column in columns]) for name, columns in each]
        for each in (held_columns(), sum_columns())
    )
    elsewhere = [HeldColumn(name, sentence) for name, sentence in ELSEWHERE.items()]
    on_postgresql = ask.state["settings"].on_postgresql
    return Kept(WhatWeHoldPage(tables, sums, elsewhere, _hours(ask.state), on_postgresql))


async def safety(ask: Ask[State]) -> Kept:
    """What this site hides and what it cannot hide."""
    return Kept(SafetyPage(_hours(ask.state)))


async def _form(  # noqa: PLR0913 (what a form may be shown again with)
    request: Request[State],
    needs: Need,
    interpreters: Collection[str],
    *,
    stale: bool = False,
    typed: str = "",
    unpaid: int = 0,
) -> Response:
    """A fresh form, or the one that was pressed before it was paid, which goes on ageing."""
    now = request.state["clock"]()
    offer = await public_offer(request.path_params["session_id"], now)
    session = offer.session
    ensure_open(session.opening, now)
    if session.visibility == Visibility.SLIP:
        return answer(request, SlipPage(session.id))
    ask = Ask(request.scope["path"], {}, {}, language_of(request), now, request.state)
    ticked = ticked_of(needs) | frozenset(interpreters)
    typed = typed or make_nonce(session.id, session.epoch, request.state["vault"], now)
    price = price_of(offer, typed, request.state, now, unpaid=unpaid)
    needs_offered, languages = tuple(str(need.name) for need in TICKS), bookable(session, now)
    page = TakePage(row_of(session, ask), typed, needs_offered, languages, ticked, stale, price)
    response = answer(request, page, 429 if unpaid else 409 if stale else 200)
    if price and unpaid:
        response.headers["Retry-After"] = str(price.minutes * 60)
    return response


def _again(values: Values) -> list[tuple[str, str]]:
    needs = [("need", each) for each in sorted(ticked_of(read_needs(values)))]
    languages = [("interpreter", each) for each in sorted(read_interpreters(values))]
    work = ("work", first(values, "work")[:SIZE_LIMIT])
    return [("nonce", first(values, "nonce")[:200]), work, *needs, *languages]


def _hours(state: State) -> int:
    return int(state["settings"].forget_after.total_seconds()) // 3600


ROUTES: tuple[Declared, ...] = (
    shown("/sessions/{session_id:id}/take", take_form, audience=Audience.PUBLIC),
    done("/sessions/{session_id:id}/take", take_place, audience=Audience.CODE, asks_itself=True),
    shown("/place", place, audience=Audience.PUBLIC),
    done("/place", open_place, audience=Audience.CODE, asks_itself=True),
    done("/place/cancel", cancel_place, audience=Audience.CODE),
    done("/place/done", written_down, audience=Audience.CODE),
    kept("/what-we-hold", what_we_hold),
    kept("/safety", safety),
    *receipt_routes.ROUTES,
    *move_routes.ROUTES,
    *feed_routes.ROUTES,
    *slip_routes.ROUTES,
)
