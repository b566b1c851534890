"""The texts of an installation as a catalogue; a broken file is listed with its faults and stops nothing."""

from collections.abc import Collection, Mapping

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.draft import Place
from workshops.curricula.findings import Broken
from workshops.curricula.reading import read_curriculum
from workshops.curricula.rules import Curriculum, Source
from workshops.curricula.sheets import read_sheets
from workshops.curricula.sources import Sources, read_sources
from workshops.curricula.texts import SOURCES, TeachingFile, Texts
from workshops.curricula.translating import beside_original


def read_catalogue(
    texts: Texts,
    *,
    older: Mapping[str, str] | None = None,
    former: Catalogue | None = None,
) -> Catalogue:
    """Read every curriculum there is, and what holds locally.

    Args:
        texts: What is taught now.
        older: Texts that only sessions still teach, by digest; broken ones are left out.
        former: The same library before, read by the same program: what has not changed is taken from it.
    """
    sources = kept_sources(texts)
    curricula: dict[str, dict[str, Curriculum]] = {}
    broken = [Broken(f"{texts.folder}/{SOURCES}", sources.faults)] if sources.faults else []
    for each in texts.teaching_files():
        found = _as_before(each, sources.by_id, former) or read_file(each, sources.by_id, texts.exposure)
        if isinstance(found, Broken):
            broken.append(found)
        else:
            curricula.setdefault(found.id, {})[found.language] = found
    curricula = {
        name: {language: beside_original(each, versions) for language, each in versions.items()}
        for name, versions in curricula.items()
    }
    editions = (read_curriculum(text, file=digest, sources=sources.by_id) for digest, text in (older or {}).items())
    taught = {
        each.digest: beside_original(each, curricula.get(each.id, {}))
        for each in editions
        if isinstance(each, Curriculum)
    }
    sheets = read_sheets(texts, curricula)
    overlays = tuple(overlay for _, overlay in sheets.overlays)
    facts = tuple(local for _, local in sheets.facts)
    return Catalogue(curricula, (*broken, *sheets.broken), sources.by_id, taught, overlays, facts)


def _as_before(each: TeachingFile, sources: Mapping[str, Source], former: Catalogue | None) -> Curriculum | None:
    """What was made of the same text beside the same sources."""
    found = former.curricula.get(each.id, {}).get(each.language) if former and former.sources == sources else None
    if found is None or found.digest != each.file.digest or each.file.fault:
        return None
    return found if found.translation.of is None or found.translation.of in each.beside else None


def read_file(each: TeachingFile, sources: Mapping[str, Source], exposure: Collection[str]) -> Curriculum | Broken:
    """Read one teaching file and hold it against the place where it stands."""
    if each.file.fault:
        return Broken(each.file.name, (each.file.fault,))
    place = Place(each.id, each.language, each.beside)
    return read_curriculum(each.file.text, file=each.file.name, sources=sources, exposure=exposure, place=place)


def kept_sources(texts: Texts) -> Sources:
    """The list of sources; an installation may have none."""
    file = texts.sources
    if file is None:
        return Sources({}, {}, ())
    return Sources({}, {}, (file.fault,)) if file.fault else read_sources(file.text, file=file.name)
