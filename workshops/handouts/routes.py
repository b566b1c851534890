"""The prints of a topic, and the guide for a phone."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.rules import Curriculum, Form
from workshops.curricula.showing import Reader
from workshops.errors import Absent
from workshops.handouts.documents import Guide, Handout, print_name
from workshops.handouts.pages import GuidePage
from workshops.handouts.state import PrintsState
from workshops.handouts.typesetting import language_of as curriculum_language
from workshops.web.answers import answer, language_of
from workshops.web.memory import Ask, Document, Kept
from workshops.web.table import Audience, Declared, kept, shown

PDF = "application/pdf"


async def handout_pdf(ask: Ask[PrintsState]) -> Kept:
    """The handout, public."""
    curriculum = _curriculum(ask.state, ask.params["topic"], ask.language.code, ask.choice.get("edition", ""))
    settings, catalogue = ask.state["settings"], ask.state["library"].catalogue
    reader = Reader(settings, ask.now)
    there = reader.here(catalogue, curriculum, ask.choice.get("area", ""))
    document = Handout(curriculum, _form(curriculum, ask.choice.get("form", "")), there, settings.exposure)
    printed = await ask.state["prints"].pdf(document)
    return Kept(Document(printed, PDF, print_name(document)), reader.until(catalogue))


async def guide_pdf(request: Request[Any]) -> Response:
    """The guide on paper."""
    document = _guide(request)
    body = await request.state["prints"].pdf(document)
    return Response(body, 200, {"Content-Disposition": f'inline; filename="{print_name(document)}"'}, PDF)


async def guide(request: Request[Any]) -> Response:
    """The guide on a phone."""
    document = _guide(request)
    direction = curriculum_language(document.curriculum).direction
    reader = _reader(request)
    areas = reader.choices(request.state["library"].catalogue, document.curriculum, samples=True)
    edition = request.query_params.get("edition", "")
    return answer(request, GuidePage(document.curriculum, document, direction, areas, edition))


def _guide(request: Request[Any]) -> Guide:
    edition = request.query_params.get("edition", "")
    curriculum = _curriculum(request.state, request.path_params["topic"], language_of(request).code, edition)
    chosen = request.query_params.get("area", "")
    there = _reader(request).here(request.state["library"].catalogue, curriculum, chosen)
    return Guide(curriculum, _form(curriculum, request.query_params.get("form", "")), there)


def _reader(request: Request[Any]) -> Reader:
    return Reader(request.state["settings"], request.state["clock"]())


def _curriculum(state: PrintsState, short_id: str, language: str, edition: str) -> Curriculum:
    found = state["library"].catalogue.edition_of(short_id, language, edition)
    if found is None:
        raise Absent
    return found


def _form(curriculum: Curriculum, named: str) -> Form | None:
    if not named:
        return None
    if named not in set(curriculum.forms()):
        raise Absent
    return Form(named)


ROUTES: tuple[Declared, ...] = (
    kept("/topics/{topic:id}/handout.pdf", handout_pdf, query=("form", "area", "edition"), validated=True),
    shown("/topics/{topic:id}/guide.pdf", guide_pdf, audience=Audience.FACILITATOR),
    shown("/topics/{topic:id}/guide", guide, audience=Audience.FACILITATOR),
)
