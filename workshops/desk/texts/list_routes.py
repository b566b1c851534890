"""The list of texts, one text with its history, and what changed between two of its revisions."""

import re

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.differences import Difference, difference
from workshops.curricula.looking import report_on
from workshops.curricula.paths import TextKind, kind_of
from workshops.curricula.queries import hands_since_published, revision_numbered, revisions_of, texts_of
from workshops.curricula.revising import may_read, needs_second_person, read_by_others
from workshops.curricula.state import CurriculaState
from workshops.curricula.vouching import awaits_people
from workshops.desk.texts.fault_views import fault_rows, faults_by_form
from workshops.desk.texts.grouping import grouped
from workshops.desk.texts.list_views import row_of, rows_of
from workshops.desk.texts.pages import RevisionPage, TextPage, TextsPage
from workshops.desk.texts.queries import Kept, kept_text, kept_texts, may_remove
from workshops.desk.texts.views import head_of, parts_behind, revision_row, unit_rows
from workshops.desk.views import today_of
from workshops.errors import Absent
from workshops.web.answers import answer, language_of
from workshops.web.forms import Fault

State = CurriculaState
NUMBER = re.compile("[1-9][0-9]{0,8}", re.ASCII)
COUNT = re.compile("[0-9]{1,4}", re.ASCII)


async def texts(request: Request[State]) -> Response:
    """Every text there is."""
    return await list_texts(request)


async def list_texts(request: Request[State], *, refused: Fault | None = None) -> Response:
    """Every text, with why nothing was taken in as far as something was sent."""
    library, today = request.state["library"], today_of(request)
    rows = await rows_of(await kept_texts(library), library, today)
    taken = request.query_params.get("taken", "")
    page = TextsPage(
        grouped(rows, library.catalogue, language_of(request).code), refused, taken if COUNT.fullmatch(taken) else ""
    )
    return answer(request, page, 422 if refused else 200)


async def text(request: Request[State]) -> Response:
    """One text."""
    return await show_text(request)


async def show_text(request: Request[State], *, notice: Fault | None = None) -> Response:
    """One text, with why something was not done as far as something was asked."""
    library, today = request.state["library"], today_of(request)
    kept = await kept_text(request.path_params["text"], library)
    found = await to_thread.run_sync(report_on, kept.path, kept.text, library.texts, library.catalogue, today)
    row = await to_thread.run_sync(row_of, kept, library, today)
    teaching, revisions = kind_of(kept.path) is TextKind.TEACHING, await revisions_of(kept.path)
    hands, handle = await hands_since_published(kept.path), request.scope["handle"]
    page = TextPage(
        head=row.head,
        row=row,
        units=unit_rows(kept.text),
        faults=(faults_by_form if teaching else fault_rows)(found.faults, kept.text),
        notes=found.notes,
        revisions=[revision_row(each) for each in revisions],
        behind=await to_thread.run_sync(parts_behind, kept, library) if teaching else [],
        by_machine=teaching and awaits_people(kept.text),
        may_read=may_read(kept.path, hands, handle),
        seen=kept.seen,
        change=await _change(kept),
        may_publish=not needs_second_person(kept.path) or read_by_others(hands, handle),
        may_remove=may_remove(kept, revisions, handle),
        notice=notice,
    )
    return answer(request, page, 409 if notice else 200)


async def text_revision(request: Request[State]) -> Response:
    """What a revision changed: its text against the one before it, or against the released file."""
    library, number = request.state["library"], number_in(request.path_params["number"])
    kept = await kept_text(request.path_params["text"], library)
    revision, before = await revision_numbered(kept.path, number), await revision_numbered(kept.path, number - 1)
    if revision is None:
        raise Absent
    beside = await texts_of([revision.released_id]) if revision.released_id else {}
    former = before.edition.text if before else beside.get(revision.released_id or "", "")
    changed = await to_thread.run_sync(difference, former, revision.edition.text)
    page = RevisionPage(head_of(kept, library.catalogue), revision_row(revision), number - 1, changed)
    return answer(request, page)


async def text_release(request: Request[State]) -> Response:
    """What a later release changed in the file beside which the group's own text was saved."""
    library = request.state["library"]
    kept = await kept_text(request.path_params["text"], library)
    if kept.newest is None or kept.released is None:
        raise Absent
    former = kept.newest.released_id
    beside = (await texts_of([former])).get(former, "") if former else ""
    changed = await to_thread.run_sync(difference, beside, kept.released)
    return answer(request, RevisionPage(head_of(kept, library.catalogue), None, 0, changed))


async def _change(kept: Kept) -> Difference | None:
    """What publishing would change on the pages; None where nothing waits, or nothing stands there yet."""
    if kept.newest is None or kept.newest.number == kept.published:
        return None
    published = await revision_numbered(kept.path, kept.published) if kept.published else None
    before = published.edition.text if published else kept.released
    return await to_thread.run_sync(difference, before, kept.text) if before else None


def number_in(typed: str) -> int:
    """The number of a revision.

    Raises:
        Absent: it is none.
    """
    if not NUMBER.fullmatch(typed):
        raise Absent
    return int(typed)
