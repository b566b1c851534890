"""Beginning a text: a translation, a local sheet, or a topic of the group's own."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.paths import TextKind, kind_of, text_id
from workshops.curricula.revising import NotRemovable, TopicTaken
from workshops.curricula.state import CurriculaState
from workshops.desk.texts import begin_actions as actions
from workshops.desk.texts.forms import KINDS, TOPIC, as_typed, read_new, read_topic
from workshops.desk.texts.languages import language_choices
from workshops.desk.texts.list_routes import show_text
from workshops.desk.texts.pages import NewTextPage
from workshops.desk.texts.queries import kept_text
from workshops.desk.texts.starts import start_of, start_of_topic
from workshops.desk.views import acting_of
from workshops.web.answers import answer, language_of, see_other
from workshops.web.forms import Fault, Rejected, Values, first, read_form

State = CurriculaState


async def new_text(request: Request[State]) -> Response:
    """The form for a text that is not there yet."""
    asked, language = request.query_params, language_of(request).code
    topic = request.state["library"].catalogue.by_short_id(asked.get("topic", ""), language)
    chosen = asked.get("language", language if asked.get("kind") != "translation" else "")
    values = {"kind": asked.get("kind", ""), "curriculum": topic.id if topic else "", "language": chosen}
    return _new(request, values, {})


async def begin_text(request: Request[State]) -> Response:
    """Begin a text from a template; nothing of it is published."""
    library, acting, values = request.state["library"], acting_of(request), await read_form(request)
    if first(values, "kind") == TOPIC:
        return await _begin_topic(request, values)
    path = read_new(values, library.catalogue.curricula)
    if isinstance(path, Rejected):
        return _new(request, path.values, path.faults)
    await actions.begin_text(path, start_of(path, library), "Started", acting)
    sheet = kind_of(path) is not TextKind.TEACHING
    return see_other(request, "edit_sheet" if sheet else "text", text=text_id(path))


async def remove_text(request: Request[State]) -> Response:
    """Take a text away that was begun by mistake."""
    kept = await kept_text(request.path_params["text"], request.state["library"])
    try:
        await actions.remove_text(kept.path, acting_of(request))
    except NotRemovable as refusal:
        return await show_text(request, notice=Fault(refusal.reason))
    return see_other(request, "texts")


async def _begin_topic(request: Request[State], values: Values) -> Response:
    topic = read_topic(values, request.state["settings"].exposure)
    if isinstance(topic, Rejected):
        return _new(request, topic.values, topic.faults)
    try:
        await actions.begin_topic(topic, start_of_topic(topic), "Started", acting_of(request))
    except TopicTaken as refusal:
        return _new(request, as_typed(values), {"name": Fault(refusal.reason)})
    return see_other(request, "text", text=text_id(topic.path))


def _new(request: Request[State], values: Mapping[str, Any], faults: Mapping[str, Fault]) -> Response:
    library = request.state["library"]
    curricula = [(each.id, each.title) for each in library.catalogue.in_language(request.scope["language"].code)]
    kind = values["kind"] if values["kind"] in (*KINDS, TOPIC) else ""
    languages = language_choices([each.code for each in request.state["languages"]], library.catalogue)
    return answer(request, NewTextPage(kind, curricula, languages, values, faults), 422 if faults else 200)
