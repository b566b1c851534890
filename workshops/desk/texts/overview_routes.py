"""Pages over all texts: how translations stand, and what somebody has to look after."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.queries import newest_revisions, published_revisions
from workshops.curricula.state import CurriculaState
from workshops.desk.texts.overview_views import report_page, translations_page
from workshops.desk.views import today_of
from workshops.web.answers import answer, language_of

State = CurriculaState


async def translations(request: Request[State]) -> Response:
    """Every curriculum against every language."""
    newest, published = await newest_revisions(), await published_revisions()
    waiting = {path for path, each in newest.items() if path not in published or published[path].number != each.number}
    languages = [each.code for each in request.state["languages"]]
    page = translations_page(request.state["library"].catalogue, languages, waiting, language_of(request).code)
    return answer(request, page)


async def text_report(request: Request[State]) -> Response:
    """What is due, how texts read, what ends, and what statements rest on."""
    today = today_of(request)
    page = await to_thread.run_sync(report_page, request.state["library"].catalogue, today)
    return answer(request, page)
