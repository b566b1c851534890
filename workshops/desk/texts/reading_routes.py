"""A revision as people will read it, before it stands on the pages."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.editing import units_of
from workshops.curricula.front_words import numbers_of, words_of
from workshops.curricula.looking import readings_of
from workshops.curricula.paths import TextKind, kind_of
from workshops.curricula.queries import revision_numbered
from workshops.curricula.state import CurriculaState
from workshops.desk.texts.edit_pages import Looked
from workshops.desk.texts.fault_views import fault_rows
from workshops.desk.texts.list_routes import number_in
from workshops.desk.texts.naming import named
from workshops.desk.texts.queries import kept_text
from workshops.desk.texts.reading_pages import ReadingPage
from workshops.desk.texts.sheet_pages import SheetLook
from workshops.desk.texts.sheet_views import sheet_look
from workshops.desk.texts.views import head_of, revision_row
from workshops.desk.views import today_of
from workshops.errors import Absent
from workshops.web.answers import answer

State = CurriculaState
SHEETS = {TextKind.OVERLAY, TextKind.FACTS}


async def read_revision(request: Request[State]) -> Response:
    """One revision as people will read it; a list of sources has no such page."""
    library, today = request.state["library"], today_of(request)
    number = number_in(request.path_params["number"])
    kept = await kept_text(request.path_params["text"], library)
    revision, kind = await revision_numbered(kept.path, number), kind_of(kept.path)
    if revision is None or kind is TextKind.SOURCES:
        raise Absent
    text, row, head = revision.edition.text, revision_row(revision), head_of(kept, library.catalogue)

    def read() -> ReadingPage:
        faults = fault_rows(library.faults_of(kept.path, text), text)
        words = (words_of(text) or {}) if kind is TextKind.TEACHING else {}
        return ReadingPage(
            head=head,
            revision=row,
            values=words,
            objectives=numbers_of(words, "objectives"),
            notes=numbers_of(words, "content_notes"),
            looked=Looked(
                faults,
                readings_of([named(each, library.catalogue.sources) for each in units_of(text)])
                if kind is TextKind.TEACHING
                else (),
                asked=True,
            ),
            sheet=sheet_look(kept.path, text, library, today) if kind in SHEETS else SheetLook((), ()),
        )

    return answer(request, await to_thread.run_sync(read))
