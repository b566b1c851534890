"""Checking what was written down against the receipt, without taking anything."""

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.registration import taking
from workshops.registration.codes import read_digits
from workshops.registration.nonces import read_nonce
from workshops.registration.pages import Check
from workshops.registration.take_pages import UsedPage
from workshops.registration.taking import AlreadyUsed, Given
from workshops.registration.views import receipt_page
from workshops.web.answers import answer_padded, language_of
from workshops.web.forms import first, read_form
from workshops.web.table import Audience, Declared, done


async def check_number(request: Request[CurriculaState]) -> Response:
    """The receipt again, saying whether the four digits typed from paper are its last ones."""
    values = await read_form(request)
    session_id, typed = request.path_params["session_id"], first(values, "nonce")[:200]
    request.scope["again"] = [("nonce", typed)]
    now, vault = request.state["clock"](), request.state["vault"]
    nonce = read_nonce(typed, session_id, vault)
    outcome = await taking.show_again(nonce, vault=vault, now=now) if nonce else AlreadyUsed()
    if not isinstance(outcome, Given):
        return answer_padded(request, UsedPage(session_id))
    check = Check.RIGHT if read_digits(first(values, "last")) == outcome.code.groups[-1] else Check.COMPARE
    page = await receipt_page(
        outcome.code, outcome.place, request.state, language_of(request), now, nonce=typed, check=check
    )
    return answer_padded(request, page)


ROUTES: tuple[Declared, ...] = (done("/sessions/{session_id:id}/check", check_number, audience=Audience.CODE),)
