"""The topics that are taught here, and the page of each."""

from markupsafe import Markup

from workshops.curricula.boxes import box_of
from workshops.curricula.law_cards import HELP, Here
from workshops.curricula.listing import for_people_who_come
from workshops.curricula.markdown import to_html
from workshops.curricula.metadata import as_json, learning_resource
from workshops.curricula.pages import TextView, TopicPage, TopicsPage, UnitView
from workshops.curricula.rules import Block, BlockKind, Curriculum, Form, Unit
from workshops.curricula.showing import Reader
from workshops.curricula.state import CurriculaState
from workshops.errors import Absent
from workshops.web.memory import Ask, Kept
from workshops.web.table import Declared, kept

SHOWN = (BlockKind.PARTICIPANT, BlockKind.KEY_MESSAGE)
BOX_HEADING = 3


async def topics(ask: Ask[CurriculaState]) -> Kept:
    """Every topic for people who come."""
    found = ask.state["library"].catalogue.in_language(ask.language.code)
    return Kept(TopicsPage(for_people_who_come(found)))


async def topic(ask: Ask[CurriculaState]) -> Kept:
    """One topic."""
    found = ask.state["library"].catalogue.by_short_id(ask.params["topic"], ask.language.code)
    if found is None:
        raise Absent
    catalogue, reader = ask.state["library"].catalogue, Reader(ask.state["settings"], ask.now)
    there = reader.here(catalogue, found, ask.choice.get("area", ""))
    page = TopicPage(
        topic=found,
        forms=found.forms(),
        units=_units(found, there),
        local=there,
        help=box_of(HELP, found, there, heading=BOX_HEADING),
        areas=reader.choices(catalogue, found),
        described=_described(found, ask),
        review_missed=reader.review_missed(found),
    )
    return Kept(page, reader.until(catalogue, found))


def _described(curriculum: Curriculum, ask: Ask[CurriculaState]) -> Markup:
    """What machines may read of a text; nothing unless the site wants to be found by them."""
    settings = ask.state["settings"]
    if not settings.indexing:
        return Markup()
    address = f"{settings.origin}{ask.language.prefix}{ask.here}" if settings.origin else None
    translates = curriculum.translation.of
    prefix = "" if translates == settings.default_language else f"/{translates}"
    told = translates in settings.languages and settings.origin
    original = f"{settings.origin}{prefix}{ask.here}" if told else None
    return as_json(learning_resource(curriculum, address, original))


def _units(curriculum: Curriculum, there: Here) -> list[UnitView]:
    form = Form.STANDARD if Form.STANDARD in curriculum.minutes else curriculum.forms()[0]
    return [_unit(unit, form, curriculum, there) for unit in curriculum.units_in(form)]


def _unit(unit: Unit, form: Form, curriculum: Curriculum, there: Here) -> UnitView:
    warned: set[str] = set()

    def view(block: Block) -> TextView:
        """A text with its warning, which is given once in a unit for each slot."""
        check_first = there.needs_check(block) and block.legal_interaction not in warned
        warned.add(block.legal_interaction)
        return TextView(to_html(block.text), check_first)

    def read(kind: BlockKind) -> list[TextView]:
        return [view(block) for block in unit.blocks if block.kind is kind]

    own = [block.id for block in unit.blocks if block.kind is BlockKind.LAW_SLOT and block.id != HELP]
    needed = [block.legal_interaction for block in unit.blocks if block.kind in SHOWN]
    boxes = (box_of(slot, curriculum, there, heading=BOX_HEADING) for slot in dict.fromkeys((*own, *needed)))
    return UnitView(
        title=unit.title,
        kind=unit.kind,
        minutes=unit.minutes[form],
        texts=read(BlockKind.PARTICIPANT),
        key_messages=read(BlockKind.KEY_MESSAGE),
        boxes=[box for box in boxes if box.card or box.facts],
    )


ROUTES: tuple[Declared, ...] = (kept("/topics", topics), kept("/topics/{topic:id}", topic, query=("area",)))
