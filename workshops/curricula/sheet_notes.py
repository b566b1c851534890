"""What should be said about local sheets that read well: what ends soon, and what prints nowhere."""

from collections.abc import Iterator
from datetime import date, timedelta

from workshops.curricula.days import warning
from workshops.curricula.findings import Note
from workshops.curricula.local_facts import Fact, LocalFacts
from workshops.curricula.notes import field_line
from workshops.curricula.overlays import Overlay, Standing
from workshops.curricula.sheets import Curricula, Sheets, slots_of
from workshops.curricula.texts import SheetFile

OLD_SOURCE = timedelta(days=365)
AGAIN = "let it be checked again, then set new days"


def sheet_notes(sheets: Sheets, curricula: Curricula, today: date) -> Iterator[Note]:
    """Everything there is to say, sheet by sheet."""
    for each, overlay in sheets.overlays:
        yield from _overlay_notes(each, overlay, today)
        yield from _slot_notes(each, overlay, curricula)
    slots = {slot for versions in curricula.values() for version in versions.values() for slot in version.overlays}
    for each, facts in sheets.facts:
        yield from _facts_notes(each, facts, slots, today)


def _overlay_notes(each: SheetFile, overlay: Overlay, today: date) -> Iterator[Note]:
    standing, ends = overlay.standing(today), overlay.expires_on
    if standing is Standing.DRAFT:
        yield _at(each, "status", "it is a draft and prints nowhere", "let it be checked, then `status: valid`")
    elif standing is Standing.WITHDRAWN:
        yield _at(each, "status", "it is withdrawn: guides ask to take its prints back", "write a new one")
    elif standing is Standing.EARLY:
        seen = f"it was reviewed on {overlay.law_last_reviewed}, which is to come, and prints nowhere until then"
        yield _at(each, "law_last_reviewed", seen, "correct the day")
    elif standing is Standing.EXPIRED:
        yield _at(each, _end(each), f"it expired on {ends} and prints nowhere", AGAIN)
    elif ends and warning(ends, today):
        yield _at(each, _end(each), f"it expires on {ends}, in {_days((ends - today).days)}", AGAIN)
    for source in overlay.sources:
        if today - source.read_on > OLD_SOURCE:
            yield _at(each, "sources", f"`{source.title[:40]}` was last read on {source.read_on}", "read it again")


def _slot_notes(each: SheetFile, overlay: Overlay, curricula: Curricula) -> Iterator[Note]:
    versions = curricula.get(overlay.curriculum, {})
    if overlay.language not in versions:
        yield _at(each, "language", f"there is no `{overlay.language}.md` that reads", "no print shows this sheet")
    for slot in slots_of(versions, overlay.language) or ():
        if slot not in overlay.texts:
            yield _at(
                each, "covers", f"it leaves `{slot}` empty", "fine if local facts fill it, or if nobody checked it"
            )


def _facts_notes(each: SheetFile, facts: LocalFacts, slots: set[str], today: date) -> Iterator[Note]:
    for fact in facts.facts:
        line = _line_of_fact(each, fact)
        if not (fact.phone or fact.web):
            yield Note(each.file.name, line, f"`{fact.id}` has no phone and no web", "how do people reach it?")
        if today < fact.checked_on:
            yield Note(
                each.file.name, line, f"`{fact.id}` was checked on {fact.checked_on}, to come", "correct the day"
            )
        elif today >= fact.expires_on:
            yield Note(each.file.name, line, f"`{fact.id}` expired on {fact.expires_on} and prints nowhere", AGAIN)
        elif warning(fact.expires_on, today):
            left = _days((fact.expires_on - today).days)
            yield Note(each.file.name, line, f"`{fact.id}` expires on {fact.expires_on}, in {left}", AGAIN)
        for slot in fact.fills:
            if slot not in slots:
                yield Note(each.file.name, line, f"no curriculum has a slot `{slot}`", "correct it, or leave it out")


def _end(each: SheetFile) -> str:
    """The field that says when an overlay ends."""
    return "expires_on" if field_line(each.file.text, "expires_on") > 1 else "law_last_reviewed"


def _days(left: int) -> str:
    return "1 day" if left == 1 else f"{left} days"


def _line_of_fact(each: SheetFile, fact: Fact) -> int:
    lines = [line.strip().removeprefix("- ").replace('"', "") for line in each.file.text.split("\n")]
    return next((number for number, line in enumerate(lines, 1) if line == f"id: {fact.id}"), 1)


def _at(each: SheetFile, name: str, seen: str, advice: str) -> Note:
    return Note(each.file.name, field_line(each.file.text, name), seen, advice)
