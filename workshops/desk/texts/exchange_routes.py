"""Texts as an archive to take along, and one that is brought back."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from workshops.curricula.exchange import ArchiveRefused, packed, unpacked
from workshops.curricula.state import CurriculaState
from workshops.desk.texts.exchange import LONGEST_ARCHIVE, take_in, texts_of_all
from workshops.desk.texts.list_routes import list_texts
from workshops.desk.views import acting_of
from workshops.web.answers import see_other
from workshops.web.forms import Fault, read_file

State = CurriculaState


async def export_texts(request: Request[State]) -> Response:
    """Every text as it stands on the pages, or as it was saved last."""
    texts = await texts_of_all(request.state["library"], drafts=request.query_params.get("drafts") == "yes")
    archive = await to_thread.run_sync(packed, texts)
    return Response(archive, 200, {"Content-Disposition": 'attachment; filename="texts.zip"'}, "application/zip")


async def import_texts(request: Request[State]) -> Response:
    """Take every text of an archive in as a revision, or none."""
    archive = await read_file(request, "archive", LONGEST_ARCHIVE)
    try:
        found = await to_thread.run_sync(unpacked, archive)
    except ArchiveRefused as refusal:
        return await list_texts(request, refused=Fault(refusal.reason, refusal.places))
    taken = await take_in(found, acting_of(request))
    response = see_other(request, "texts")
    return RedirectResponse(f"{response.headers['location']}?taken={taken}", 303)
