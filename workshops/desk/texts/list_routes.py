"""The list of texts, one text with its history, and what changed between two of its revisions."""

import re

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.differences import difference
from workshops.curricula.looking import report_on
from workshops.curricula.paths import TextKind, kind_of
from workshops.curricula.queries import hands_since_published, revision_numbered, revisions_of, texts_of
from workshops.curricula.revising import may_read
from workshops.curricula.state import CurriculaState
from workshops.curricula.vouching import awaits_people
from workshops.desk.texts.list_views import row_of, rows_of
from workshops.desk.texts.pages import RevisionPage, TextPage, TextsPage
from workshops.desk.texts.queries import kept_text, kept_texts
from workshops.desk.texts.views import fault_rows, head_of, revision_row, unit_rows
from workshops.desk.views import today_of
from workshops.errors import Absent
from workshops.web.answers import answer
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
    page = TextsPage(rows, refused, taken if COUNT.fullmatch(taken) else "")
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
    page = TextPage(
        head=row.head,
        row=row,
        units=unit_rows(kept.text),
        faults=fault_rows(found.faults),
        notes=found.notes,
        revisions=[revision_row(each) for each in await revisions_of(kept.path)],
        by_machine=kind_of(kept.path) is TextKind.TEACHING and awaits_people(kept.text),
        may_read=may_read(kept.path, await hands_since_published(kept.path), request.scope["handle"]),
        seen=kept.seen,
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


def number_in(typed: str) -> int:
    """The number of a revision.

    Raises:
        Absent: it is none.
    """
    if not NUMBER.fullmatch(typed):
        raise Absent
    return int(typed)
