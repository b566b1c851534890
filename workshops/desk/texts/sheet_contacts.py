"""The contacts of an area as one file: what was saved last of it, and keeping it changed."""

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.paths import TextKind, kind_of, text_id
from workshops.curricula.sheet_parts import SheetParts, facts_parts
from workshops.curricula.state import CurriculaState
from workshops.desk.texts import actions
from workshops.desk.texts.edited import Edited
from workshops.desk.texts.forms import note_in
from workshops.desk.texts.queries import Kept, kept_text
from workshops.desk.views import acting_of
from workshops.errors import Absent
from workshops.web.answers import see_other

State = CurriculaState


async def keep_contacts(request: Request[State], kept: Kept, written: SheetParts, edited: Edited) -> Response:
    """Keep a whole file of contacts, unless nothing of it changed.

    Raises:
        Overtaken: somebody saved in this very moment.
    """
    if written.says() != parts_of(kept).says():
        upon = actions.Upon(edited.seen, note_in(edited))
        await actions.save_file(kept.path, written.facts(), upon, acting_of(request))
    return see_other(request, "edit_sheet", text=text_id(kept.path))


async def contacts_of(request: Request[State], *, shown: bool = True) -> Kept:
    """The file of contacts that an address names.

    Raises:
        Absent: there is none, or none that a form can show, as far as one has to.
    """
    kept = await kept_text(request.path_params["text"], request.state["library"])
    if kind_of(kept.path) is not TextKind.FACTS:
        raise Absent
    if shown:
        parts_of(kept)
    return kept


def parts_of(kept: Kept) -> SheetParts:
    """The fields of the file.

    Raises:
        Absent: no form can show it.
    """
    parts = facts_parts(kept.text)
    if parts is None:
        raise Absent
    return parts
