"""Names in a teaching file: each stands for one thing, and leads to something that is there."""

from collections.abc import Callable, Iterator, Sequence

from workshops.curricula.draft import Draft, one_of
from workshops.curricula.findings import Fault
from workshops.curricula.rules import BlockKind
from workshops.curricula.units import LEGAL


def loose_ends(draft: Draft) -> Iterator[Fault]:
    """Every name that stands twice or leads nowhere."""
    for compare in COMPARISONS:
        yield from compare(draft)


def _ids_stand_once(draft: Draft) -> Iterator[Fault]:
    objectives = draft.front.fields.objectives if draft.front.has("objectives") else ()
    named = [(each.id, draft.front.line("objectives", index, "id")) for index, each in enumerate(objectives)]
    named += [(unit.id, unit.line) for unit in draft.units]
    references = {BlockKind.LAW_SLOT, BlockKind.SOURCE}
    named += [(block.id, block.line) for block in draft.blocks() if block.kind not in references]
    first: dict[str, int] = {}
    for name, line in named:
        if name in first:
            yield draft.fault(line, f"`{name}` is already the id of line {first[name]}", "an id of its own")
        elif name:
            first[name] = line


def _law_slots_are_listed(draft: Draft) -> Iterator[Fault]:
    if not draft.front.has("overlays"):
        return
    listed = draft.front.fields.overlays
    for block in draft.blocks():
        slot = block.id if block.kind is BlockKind.LAW_SLOT else block.attributes.get(LEGAL, "")
        if slot and slot not in listed:
            yield draft.fault(block.line, f"`overlays` does not list the law slot `{slot}`", one_of(listed))


def _sources_are_kept(draft: Draft) -> Iterator[Fault]:
    listed = draft.front.fields.sources if draft.front.has("sources") else ()
    named = [(name, draft.front.line("sources", index)) for index, name in enumerate(listed)]
    named += [(block.id, block.line) for block in draft.blocks(BlockKind.SOURCE)]
    for name, line in named:
        if name and name not in draft.sources:
            yield draft.fault(line, f"there is no source `{name}`", "add it to `sources.yaml`, or correct the id")


def _content_notes_name_units(draft: Draft) -> Iterator[Fault]:
    if not draft.front.has("content_notes"):
        return
    units = {unit.id: unit for unit in draft.units}
    for index, note in enumerate(draft.front.fields.content_notes):
        unit = units.get(note.where)
        if unit is None:
            line = draft.front.line("content_notes", index, "where")
            yield draft.fault(line, f"there is no unit `{note.where}`", one_of(units))
        elif note.minutes > max(unit.minutes.values(), default=0):
            line = draft.front.line("content_notes", index, "minutes")
            yield draft.fault(line, f"the topic takes longer than its unit `{unit.id}`", "fewer minutes")


def _file_stands_in_its_place(draft: Draft) -> Iterator[Fault]:
    if draft.place is None:
        return
    for name, expected in (("id", draft.place.id), ("language", draft.place.language)):
        written = getattr(draft.front.fields, name)
        if draft.front.has(name) and written != expected:
            right = f"`{name}: {expected}`, or another name for the {'folder' if name == 'id' else 'file'}"
            yield draft.fault(draft.front.line(name), f"`{name}` is `{written}`, but the file stands elsewhere", right)


def _translations_have_an_original(draft: Draft) -> Iterator[Fault]:
    original = draft.front.fields.translation.of
    if not draft.front.has("language", "translation") or original is None:
        return
    line = draft.front.line("translation", "of")
    if original == draft.front.fields.language:
        yield draft.fault(line, "a file cannot translate itself", "the language of the original")
    elif draft.place and original not in draft.place.beside:
        yield draft.fault(line, f"there is no `{original}.md` beside this file", one_of(draft.place.beside))


COMPARISONS: Sequence[Callable[[Draft], Iterator[Fault]]] = (
    _ids_stand_once,
    _law_slots_are_listed,
    _sources_are_kept,
    _content_notes_name_units,
    _file_stands_in_its_place,
    _translations_have_an_original,
)
