"""The first words of a teaching file in a plain form, so that nobody who translates has to write field names."""

from collections.abc import Mapping
from dataclasses import replace

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.beside import original_of
from workshops.curricula.differences import Difference, difference
from workshops.curricula.front_words import Words, numbers_of, places_in_front, with_words, words_of
from workshops.curricula.looking import can_be_kept
from workshops.curricula.paths import TextKind, kind_of, text_id
from workshops.curricula.revising import CHANGE_NOTES, Overtaken
from workshops.curricula.state import CurriculaState, Library
from workshops.desk.texts import actions
from workshops.desk.texts.edit_pages import Looked
from workshops.desk.texts.edited import Edited
from workshops.desk.texts.fault_views import fault_rows
from workshops.desk.texts.forms import TOO_MUCH, note_in, read_edited
from workshops.desk.texts.queries import Kept
from workshops.desk.texts.sent import LOOK, answered, asked_of, kept_of, opened_with, sent
from workshops.desk.texts.views import head_of
from workshops.desk.texts.word_forms import in_order, read_words
from workshops.desk.texts.word_pages import WordsPage
from workshops.desk.views import acting_of
from workshops.errors import Absent
from workshops.web.answers import see_other
from workshops.web.forms import Fault, first, ticked
from workshops.web.languages import direction_of

State = CurriculaState
SAID = "%(said)s"  # what the reader says is not translated


async def edit_words(request: Request[State]) -> Response:
    """The first words of a text, as they were saved last; a file that no form can show is edited as a whole."""
    kept = await _kept(request)
    words = words_of(kept.text)
    if words is None:
        return see_other(request, "edit_file", text=text_id(kept.path))
    original = original_of(kept.path, kept.text, request.state["library"].catalogue)
    edited = Edited(kept.seen, "Translation" if original else CHANGE_NOTES[0], "")
    return _page(request, kept, edited, words)


async def save_words(request: Request[State]) -> Response:
    """Save the first words of a text, or only look at what they would be."""
    values = await sent(request)
    kept, library = await _kept(request), request.state["library"]
    faults: dict[str, Fault] = {}
    edited, now = read_edited(values, faults), words_of(kept.text)
    opened = now if edited.seen == kept.seen else words_of(await opened_with(request, kept, edited.seen))
    if now is None:
        return see_other(request, "edit_file", text=text_id(kept.path))
    words, typed = read_words(values, now, faults), {name: first(values, name) for name in now}
    text = with_words(kept.text, words)
    if opened != now:
        changed = await to_thread.run_sync(difference, kept.text, text)
        anew = replace(edited, seen=kept.seen)
        return _page(request, kept, anew, typed, notice=Fault(Overtaken.reason), changed=changed)
    if not can_be_kept(text):
        return _page(request, kept, edited, typed, notice=Fault(TOO_MUCH))
    asked = ticked(values, LOOK)
    if asked or faults:
        found, looked = await _looked(kept.path, text, library)
        return _page(request, kept, edited, typed, faults={**found, **faults}, looked=looked, wrong=not asked)
    if text != kept.text:
        upon = actions.Upon(kept.seen, note_in(edited), bool(edited.meaning))
        try:
            await actions.save_file(kept.path, text, upon, acting_of(request))
        except Overtaken:  # in this very moment
            return await save_words(request)
    return see_other(request, "text", text=text_id(kept.path))


async def _kept(request: Request[State]) -> Kept:
    """The teaching file that an address names.

    Raises:
        Absent: there is none.
    """
    kept = await kept_of(request)
    if kind_of(kept.path) is not TextKind.TEACHING:
        raise Absent
    return kept


async def _looked(path: str, text: str, library: Library) -> tuple[dict[str, Fault], Looked]:
    """The faults by the fields of the form, and those that stand in none."""
    found = await to_thread.run_sync(library.faults_of, path, text)
    faults: dict[str, Fault] = {}
    others = []
    for each, name in zip(found, places_in_front(text, found), strict=True):
        if name:
            faults.setdefault(name, Fault(SAID, {"said": f"{each.wrong}: {each.right}"}))
        else:
            others.append(each)
    return faults, Looked(fault_rows(others, text), (), asked=True)


def _page(  # noqa: PLR0913 (what a form may be shown again with)
    request: Request[State],
    kept: Kept,
    edited: Edited,
    values: Words,
    *,
    faults: Mapping[str, Fault] | None = None,
    looked: Looked | None = None,
    notice: Fault | None = None,
    changed: Difference | None = None,
    wrong: bool = False,
) -> Response:
    library = request.state["library"]
    original = original_of(kept.path, kept.text, library.catalogue)
    theirs = library.text_of(original) if original else None
    page = WordsPage(
        head=head_of(kept, library.catalogue),
        edited=asked_of(kept, edited),
        values=values,
        objectives=numbers_of(values, "objectives"),
        notes=numbers_of(values, "content_notes"),
        faults=in_order(faults or {}),
        looked=looked or Looked((), (), asked=False),
        notice=notice,
        difference=changed,
        original=(words_of(theirs) or {}) if theirs else {},
        original_language=original.language if original else "",
        original_direction=direction_of(original.language) if original else "ltr",
    )
    status = 409 if changed else 422 if notice or wrong else 200
    return answered(request, page, status)
