"""From texts of local sheets to what their forms show."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date

from anyio import to_thread
from markupsafe import Markup

from workshops.curricula.areas import cards_of
from workshops.curricula.catalogue import Catalogue
from workshops.curricula.days import months_after, warning
from workshops.curricula.findings import Fault as Finding
from workshops.curricula.law_cards import HELP, LawCard
from workshops.curricula.lined_yaml import Path
from workshops.curricula.looking import report_on
from workshops.curricula.markdown import to_html
from workshops.curricula.overlay_reading import MONTHS
from workshops.curricula.overlays import Overlay
from workshops.curricula.paths import fact_word, part_of
from workshops.curricula.rules import Curriculum
from workshops.curricula.sheet_parts import SheetParts, places_of
from workshops.curricula.sheets import read_sheets
from workshops.curricula.state import Library
from workshops.curricula.texts import TextFile
from workshops.desk.texts.fault_views import fault_rows
from workshops.desk.texts.naming import first_words
from workshops.desk.texts.pages import FaultRow
from workshops.desk.texts.sheet_days import typed_day
from workshops.desk.texts.sheet_fact_forms import fact_values, facts_in
from workshops.desk.texts.sheet_pages import FactRow, SheetLook, SlotField
from workshops.web.forms import Fault

SAID = "%(said)s"  # what the reader says is not translated


def overlay_slots(path: str, kept: Collection[str], catalogue: Catalogue) -> list[SlotField]:
    """The law slots of a curriculum in their order, and those that a sheet fills besides."""
    curriculum = catalogue.get(part_of(path, "id"), part_of(path, "language"))
    listed = curriculum.overlays if curriculum else ()
    return [_slot(slot, curriculum) for slot in (*listed, *(each for each in kept if each not in listed))]


def fact_slots(path: str, kept: Collection[str], catalogue: Catalogue) -> list[SlotField]:
    """Every slot of every curriculum in the language of a file of contacts, as far as there is one."""
    found: dict[str, SlotField] = {}
    for curriculum in catalogue.in_language(part_of(path, "language")):
        for slot in curriculum.overlays:
            found.setdefault(slot, replace(_slot(slot, curriculum), topic="" if slot == HELP else curriculum.title))
    for slot in kept:
        found.setdefault(slot, _slot(slot, None))
    return sorted(found.values(), key=lambda each: (each.slot != HELP, each.topic.casefold()))


def fact_rows(parts: SheetParts, today: date) -> list[FactRow]:
    """Contacts in a list; of two that share an id only the first can be opened."""
    rows: list[FactRow] = []
    seen: set[str] = set()
    for fact in facts_in(parts):
        name, values = str(fact.get("id") or ""), fact_values(fact, today)
        ends = typed_day(values["expires_on"])
        word = fact_word(name) if name and name not in seen else ""
        over = ends is not None and ends <= today
        within = warning(ends, today) if ends else None
        rows.append(FactRow(word, values["name"] or name, values["kind"], ends, over, within))
        seen.add(name)
    return rows


async def looked_at(  # noqa: PLR0913 (what a preview is made of)
    path: str, text: str, field_of: Callable[[Path], str], library: Library, today: date, *, asked: bool
) -> tuple[dict[str, Fault], SheetLook]:
    """The faults of a sheet by the fields of its form, with what stands in none of them, and how it will be printed.

    Args:
        path: Where it stands.
        text: As it was written of the form.
        field_of: The name of the field in which a part of a sheet stands.
        library: The texts that it stands among.
        today: For days that are to come.
        asked: Whether somebody wants to see how it will be printed.
    """

    def read() -> tuple[dict[str, Fault], SheetLook]:
        findings = report_on(path, text, library.texts, library.catalogue, today).faults
        faults, others = _by_field(text, findings, field_of)
        seen = sheet_look(path, text, library, today) if asked else SheetLook((), ())
        return faults, replace(seen, asked=asked, others=others, faulty=bool(findings))

    return await to_thread.run_sync(read)


def _by_field(
    text: str, findings: Sequence[Finding], field_of: Callable[[Path], str]
) -> tuple[dict[str, Fault], list[FaultRow]]:
    faults: dict[str, Fault] = {}
    others = []
    rows = fault_rows(findings, text)
    for row, finding, (path, line) in zip(rows, findings, places_of(text, findings), strict=True):
        name = field_of(path)
        if not name:
            others.append(row)
            continue
        at = f"{line}: " if line > 1 else ""
        said = Markup('<bdi lang="en" dir="ltr">{}</bdi>').format(f"{at}{finding.wrong}: {finding.right}")
        faults.setdefault(name, Fault(SAID, {"said": said}))
    return faults, others


def sheet_look(path: str, text: str, library: Library, today: date) -> SheetLook:
    """How a sheet will be printed, as far as it reads."""
    sheets = read_sheets(replace(library.texts, files={path: TextFile(path, text)}), library.catalogue.curricula)
    cards = [card for _, each in sheets.overlays for card in _cards(each, library.catalogue, today)]
    return SheetLook(cards, tuple(fact for _, each in sheets.facts for fact in each.facts))


def _cards(overlay: Overlay, catalogue: Catalogue, today: date) -> list[tuple[str, LawCard, Markup]]:
    """The cards of a sheet; one that nobody has reviewed is shown as if somebody had done so today."""
    dated = replace(overlay, expires_on=overlay.expires_on or months_after(today, MONTHS))
    curriculum = catalogue.get(overlay.curriculum, overlay.language)
    return [(_slot(slot, curriculum).name, card, to_html(card.text)) for slot, card in cards_of(dated).items()]


def _slot(slot: str, curriculum: Curriculum | None) -> SlotField:
    box = curriculum.box(slot) if curriculum else None
    return SlotField(slot, first_words(box.text) if box else slot, to_html(box.text) if box else None)
