"""Moving a place; the answers are the place's own page, as it stands then."""

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.database.fields import is_id
from workshops.errors import Absent
from workshops.registration import moves
from workshops.registration.codes import Code, Typo
from workshops.registration.forms import read_code_field
from workshops.registration.models import Place
from workshops.registration.pages import CodePage
from workshops.registration.views import place_page
from workshops.web.answers import answer_padded, language_of
from workshops.web.forms import first, read_form
from workshops.web.table import Audience, Declared, done

State = CurriculaState


async def move_place(request: Request[State]) -> Response:
    """Move to another evening, or wait for it with the place at home kept."""
    values = await read_form(request)
    code, wanted = read_code_field(values), first(values, "session")
    if isinstance(code, Typo):
        return answer_padded(request, CodePage(typo=True))
    if not is_id(wanted):
        raise Absent
    request.scope["again"] = [("code", code.digits), ("session", wanted)]
    state, now = request.state, request.state["clock"]()
    found = await moves.move_place(code, wanted, vault=state["vault"], settings=state["settings"], now=now)
    return await _as_it_stands(request, code, found)


async def stop_waiting(request: Request[State]) -> Response:
    """Keep the place and wait for no other evening any more."""
    code = read_code_field(await read_form(request))
    if isinstance(code, Typo):
        return answer_padded(request, CodePage(typo=True))
    request.scope["again"] = [("code", code.digits)]
    state, now = request.state, request.state["clock"]()
    found = await moves.stop_waiting(code, vault=state["vault"], settings=state["settings"], now=now)
    return await _as_it_stands(request, code, found)


async def _as_it_stands(request: Request[State], code: Code, found: Place | None) -> Response:
    if found is None:
        return answer_padded(request, CodePage(unknown=True))
    now = request.state["clock"]()
    return answer_padded(request, await place_page(code, found, request.state, language_of(request), now))


ROUTES: tuple[Declared, ...] = (
    done("/place/move", move_place, audience=Audience.CODE),
    done("/place/stay", stop_waiting, audience=Audience.CODE),
)
