"""The topics that are taught here, and the page of each."""

from markupsafe import Markup

from workshops.curricula.markdown import to_html
from workshops.curricula.pages import TopicPage, TopicsPage, UnitView
from workshops.curricula.rules import BlockKind, Curriculum, Form, Unit
from workshops.curricula.state import CurriculaState
from workshops.errors import Absent
from workshops.web.memory import Ask, Kept
from workshops.web.table import Declared, kept


async def topics(ask: Ask[CurriculaState]) -> Kept:
    """Every topic."""
    return Kept(TopicsPage(ask.state["library"].catalogue.in_language(ask.language.code)))


async def topic(ask: Ask[CurriculaState]) -> Kept:
    """One topic."""
    found = ask.state["library"].catalogue.by_short_id(ask.params["topic"], ask.language.code)
    if found is None:
        raise Absent
    return Kept(TopicPage(found, found.forms(), _units(found)))


def _units(curriculum: Curriculum) -> list[UnitView]:
    form = Form.STANDARD if Form.STANDARD in curriculum.minutes else curriculum.forms()[0]
    return [_unit(unit, form) for unit in curriculum.units_in(form)]


def _unit(unit: Unit, form: Form) -> UnitView:
    def read(kind: BlockKind) -> list[Markup]:
        return [to_html(block.text) for block in unit.blocks if block.kind is kind]

    texts, key_messages = read(BlockKind.PARTICIPANT), read(BlockKind.KEY_MESSAGE)
    return UnitView(unit.title, unit.kind, unit.minutes[form], texts, key_messages)


ROUTES: tuple[Declared, ...] = (kept("/topics", topics), kept("/topics/{topic:id}", topic))
