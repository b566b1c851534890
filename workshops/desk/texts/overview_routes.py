"""Pages over all texts: how translations stand, and what somebody has to look after."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.exposure import Neutral
from workshops.curricula.queries import newest_revisions, published_revisions
from workshops.curricula.state import CurriculaState
from workshops.desk.texts.overview_views import report_page, translations_page
from workshops.desk.views import today_of
from workshops.schedule.staff_queries import area_labels
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
    """What is due, how texts read, what ends, what statements rest on, and what tells strangers too much."""
    today = today_of(request)
    areas = [(Neutral.AREA, label) for label in await area_labels()]
    names = [(Neutral.SITE, request.state["settings"].site_name), *areas]
    page = await to_thread.run_sync(report_page, request.state["library"], today, names)
    return answer(request, page)
