"""The private feed of a code, made and revoked; its address is shown in one answer and kept nowhere."""

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.state import CurriculaState
from workshops.registration.actions import look_at_place
from workshops.registration.codes import Code, Typo
from workshops.registration.feed_actions import make_feed, revoke_feed
from workshops.registration.feed_pages import FeedPage
from workshops.registration.feed_queries import has_feed
from workshops.registration.feed_rules import WORDS, FeedToken, form_of, read_title
from workshops.registration.forms import read_code_field
from workshops.registration.models import Place
from workshops.registration.nonces import make_nonce, read_nonce
from workshops.registration.pages import CodePage
from workshops.web.answers import answer_padded, language_of
from workshops.web.forms import Values, first, read_form
from workshops.web.table import Audience, Declared, done

State = CurriculaState


async def open_feed(request: Request[State]) -> Response:
    """Say who sees a private calendar, before there is one."""
    code, place = await _owner(request, await read_form(request))
    if code is None or place is None:
        return _no_place(request, code)
    return await _page(request, code, place)


async def make_address(request: Request[State]) -> Response:
    """Make a private calendar; the one before it ends. The answer alone has the address."""
    values = await read_form(request)
    code, place = await _owner(request, values)
    if code is None or place is None:
        return _no_place(request, code)
    vault, settings, now = request.state["vault"], request.state["settings"], request.state["clock"]()
    nonce = read_nonce(first(values, "nonce"), form_of(place.registration_id), vault)
    title = read_title(first(values, "title"))
    token = await make_feed(place, nonce, title, vault=vault, settings=settings, now=now) if nonce else None
    if token is None:
        return await _page(request, code, place, stale=True)
    return await _page(request, code, place, address=_address(request, token))


async def revoke_address(request: Request[State]) -> Response:
    """End a private calendar; says the same however often it is pressed."""
    code, place = await _owner(request, await read_form(request))
    if code is None or place is None:
        return _no_place(request, code)
    await revoke_feed(place)
    return await _page(request, code, place, revoked=True)


async def _owner(request: Request[State], values: Values) -> tuple[Code | None, Place | None]:
    code = read_code_field(values)
    if isinstance(code, Typo):
        return None, None
    sent = [(name, first(values, name)[:200]) for name in ("nonce", "title") if first(values, name)]
    request.scope["again"] = [("code", code.digits), *sent]
    state, now = request.state, request.state["clock"]()
    return code, await look_at_place(code, vault=state["vault"], settings=state["settings"], now=now)


def _no_place(request: Request[State], code: Code | None) -> Response:
    return answer_padded(request, CodePage(typo=code is None, unknown=code is not None))


async def _page(  # noqa: PLR0913 (what the page may say besides)
    request: Request[State],
    code: Code,
    place: Place,
    *,
    address: str = "",
    stale: bool = False,
    revoked: bool = False,
) -> Response:
    nonce = make_nonce(form_of(place.registration_id), 0, request.state["vault"], request.state["clock"]())
    titles = {title.value: words for title, words in WORDS.items()}
    hours = int(request.state["settings"].forget_after.total_seconds()) // 3600
    kept = await has_feed(place)
    page = FeedPage(code.digits, nonce, titles, kept, hours, address=address, stale=stale, revoked=revoked)
    return answer_padded(request, page)


def _address(request: Request[State], token: FeedToken) -> str:
    """The whole address, for people to copy; its title is in the language of the page it was made on."""
    origin = request.state["settings"].origin or f"{request.url.scheme}://{request.url.netloc}"
    path = request.app.url_path_for("private_calendar", token=token.value)
    return f"{origin}{language_of(request).prefix}{path}"


ROUTES: tuple[Declared, ...] = (
    done("/place/calendar", open_feed, audience=Audience.CODE),
    done("/place/calendar/make", make_address, audience=Audience.CODE),
    done("/place/calendar/revoke", revoke_address, audience=Audience.CODE),
)
