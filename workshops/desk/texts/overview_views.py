"""From the catalogue to the pages over all texts."""

from collections.abc import Collection, Iterator
from datetime import date

from workshops.curricula.account import Account, account_of, age_of, sheet_name
from workshops.curricula.catalogue import Catalogue
from workshops.curricula.check import OLD_SOURCE
from workshops.curricula.exposure import Neutral
from workshops.curricula.paths import text_id, unit_word
from workshops.curricula.rules import short_id
from workshops.curricula.sheet_notes import OLD_SOURCE as OLD_LAW
from workshops.curricula.state import Library
from workshops.curricula.translating import Cell, matrix_of
from workshops.desk.texts.overview_pages import (
    BrokenText,
    MatrixCell,
    MatrixRow,
    ReportedSource,
    ReportedText,
    ReportPage,
    Telling,
    TranslationsPage,
    UnitLink,
)
from workshops.desk.texts.sheet_ends import ends_of
from workshops.web.languages import direction_of


def translations_page(
    catalogue: Catalogue, languages: Collection[str], waiting: Collection[str], reader: str
) -> TranslationsPage:
    """Every curriculum against every language that it or the site has.

    Args:
        catalogue: Texts as they stand on the pages.
        languages: Of the site.
        waiting: Paths of texts of which something was saved that is not published.
        reader: The language in which titles are shown, as far as there is one.
    """
    columns, rows = matrix_of(catalogue.curricula, languages)
    found = [
        MatrixRow(
            _title(catalogue, name, reader),
            [_cell(catalogue, name, language, cell, waiting) for language, cell in zip(columns, cells, strict=True)],
        )
        for name, cells in rows.items()
    ]
    return TranslationsPage(columns, found)


def _cell(catalogue: Catalogue, name: str, language: str, cell: Cell, waiting: Collection[str]) -> MatrixCell:
    versions, path = catalogue.curricula[name], f"{name}/{language}.md"
    own = versions.get(language)
    original = versions.get(own.translation.of or "") if own else None
    titles = {unit.id: unit.title for text in (original, own) if text for unit in text.units}
    here = {unit.id for unit in own.units} if own else set()
    units = [UnitLink(titles[each], unit_word(each) if each in here else "") for each in cell.outdated]
    begin = "" if own or path in waiting else short_id(name)
    return MatrixCell(
        language,
        direction_of(language),
        text_id(path) if own or path in waiting else "",
        cell,
        units,
        path in waiting,
        begin,
    )


def report_page(library: Library, today: date, names: Collection[tuple[Neutral, str]]) -> ReportPage:
    """What somebody has to look after; reads every text, so it is not for the event loop."""
    catalogue = library.catalogue
    account = account_of(catalogue, library.texts, today, names)
    texts = sorted(_texts(account), key=lambda each: (not each.is_due, each.due or date.max))
    ends = sorted(ends_of(catalogue, today, age_of), key=lambda each: each.ends or date.max)
    sources = sorted([*_sources(account, catalogue, today), *_provisions(account, catalogue, today)], key=_read_on)
    return ReportPage(texts, ends, sources, [*_broken(account, library)], [*_telling(account)])


def _read_on(source: ReportedSource) -> date:
    return source.read_on


def _broken(account: Account, library: Library) -> Iterator[BrokenText]:
    paths = {file.name: path for path, file in library.texts.files.items()}
    for each in account.broken:
        path = paths.get(each.file, "")
        yield BrokenText(text_id(path) if path else "", each.file, len(each.faults))


def _telling(account: Account) -> Iterator[Telling]:
    for each in account.exposed:
        yield Telling(each.kind, each.said, each.words, text_id(each.path) if each.path else "")


def _texts(account: Account) -> Iterator[ReportedText]:
    for each in account.texts:
        text, review = each.curriculum, each.curriculum.review
        titles = {unit.id: unit.title for unit in text.units}
        yield ReportedText(
            text=text_id(f"{text.id}/{text.language}.md"),
            title=text.title,
            language=text.language,
            direction=direction_of(text.language),
            version=text.version,
            status=text.status.value,
            peer=review.peer,
            content=review.content,
            due=review.next_due,
            is_due=each.is_due,
            behind=text.translation.is_behind,
            age=each.age,
            target=text.reading_age_target,
            above=[UnitLink(titles[unit], unit_word(unit), age) for unit, age in each.oldest.items()],
        )


def _sources(account: Account, catalogue: Catalogue, today: date) -> Iterator[ReportedSource]:
    for each in account.sources:
        source = each.source
        users = (name.split("/") for name in each.used_by)
        yield ReportedSource(
            title=source.title,
            organisation=source.organisation,
            address=source.address,
            read_on=source.read_on,
            is_old=today - source.read_on > OLD_SOURCE,
            used_by=[
                (text_id(f"{name}/{language}.md"), catalogue.curricula[name][language].title, language)
                for name, language in users
            ],
        )


def _provisions(account: Account, catalogue: Catalogue, today: date) -> Iterator[ReportedSource]:
    """What law sheets rest on."""
    for each in account.provisions:
        source, sheet = each.provision, each.overlay
        yield ReportedSource(
            title=f"{source.title}, {source.provision}",
            organisation=source.organisation,
            address=source.address,
            read_on=source.read_on,
            is_old=today - source.read_on > OLD_LAW,
            used_by=[
                (
                    text_id(f"{sheet_name(sheet)}.md"),
                    _title(catalogue, sheet.curriculum, sheet.language),
                    sheet.language,
                )
            ],
        )


def _title(catalogue: Catalogue, name: str, language: str) -> str:
    found = catalogue.get(name, language)
    return found.title if found else name
