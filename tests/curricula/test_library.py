"""A folder of teaching files as a catalogue."""

from pathlib import Path

import pytest

from tests.curricula.test_sources import ENTRY
from tests.curricula.written import curriculum_text
from workshops.curricula.catalogue import Catalogue
from workshops.curricula.library import read_catalogue
from workshops.curricula.rules import short_id
from workshops.curricula.texts import texts_in

SPANISH = {
    "language": "es",
    "translation": "{of: en, source_version: 0.1.0}",
    "objectives": "[{id: o1, verb: elegir, text: elegir, unit: m1}]",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of one curriculum in two languages and one more in one."""
    library = tmp_path / "curricula"
    write(library / "sources.yaml", ENTRY)
    write(library / "rest-and-routine" / "en.md", curriculum_text())
    write(library / "rest-and-routine" / "es.md", curriculum_text(**SPANISH))
    write(library / "another" / "en.md", curriculum_text(id="another"))
    return library


def write(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def broken(catalogue: Catalogue) -> dict[str, list[str]]:
    return {each.file: [fault.wrong for fault in each.faults] for each in catalogue.broken}


def test_curricula_are_found_by_id_language_and_the_word_of_their_address(folder: Path) -> None:
    catalogue = read_catalogue(texts_in(folder))

    spanish = catalogue.by_short_id(short_id("rest-and-routine"), "es")

    assert catalogue.broken == ()
    assert spanish is catalogue.curricula["rest-and-routine"]["es"]
    assert list(catalogue.curricula["rest-and-routine"]) == ["en", "es"]


def test_without_a_translation_the_original_stands_in(folder: Path) -> None:
    catalogue = read_catalogue(texts_in(folder))

    assert [(each.id, each.language) for each in catalogue.in_language("es")] == [
        ("another", "en"),
        ("rest-and-routine", "es"),
    ]
    assert catalogue.get("rest-and-routine", "fr") is catalogue.curricula["rest-and-routine"]["en"]


def test_unknown_words_of_an_address_lead_to_nothing(folder: Path) -> None:
    assert read_catalogue(texts_in(folder)).by_short_id("00000000", "en") is None
    assert read_catalogue(texts_in(folder)).by_short_id("", "en") is None


def test_a_broken_file_is_listed_with_its_faults_and_the_others_stay(folder: Path) -> None:
    write(folder / "another" / "en.md", curriculum_text(id="another", level="expert"))

    catalogue = read_catalogue(texts_in(folder))

    assert broken(catalogue) == {"curricula/another/en.md": ["`level` has a value that is not known"]}
    assert list(catalogue.curricula) == ["rest-and-routine"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "the file does not start with its fields"),
        (b"---\n\xff\xfe\n", "the file is not in UTF-8"),
        (b"x" * 2_000_000, "the file is longer than 1 MB"),
        ("é".encode() * 600_000, "the file is longer than 1 MB"),
    ],
)
def test_files_that_are_no_teaching_files_are_broken(folder: Path, content: bytes, fault: str) -> None:
    write(folder / "another" / "en.md", content)

    assert fault in broken(read_catalogue(texts_in(folder)))["curricula/another/en.md"]


def test_a_folder_with_a_file_s_name_is_broken(folder: Path) -> None:
    (folder / "another" / "fr.md").mkdir()

    assert broken(read_catalogue(texts_in(folder))) == {"curricula/another/fr.md": ["this is no file"]}


def test_folder_and_file_name_are_id_and_language(folder: Path) -> None:
    write(folder / "another" / "notes.md", curriculum_text())

    assert broken(read_catalogue(texts_in(folder))) == {
        "curricula/another/notes.md": [
            "`id` is `rest-and-routine`, but the file stands elsewhere",
            "`language` is `en`, but the file stands elsewhere",
        ]
    }


def test_a_slip_in_the_sources_breaks_only_what_names_them(folder: Path) -> None:
    write(folder / "sources.yaml", ENTRY.replace("guide\n", "Guide\n"))
    plain = curriculum_text(id="another", sources=None).replace("::: source {id=guide}", "::: facilitator")
    write(folder / "another" / "en.md", plain)

    catalogue = read_catalogue(texts_in(folder))

    assert list(catalogue.curricula) == ["another"]
    assert list(broken(catalogue)) == [
        "curricula/sources.yaml",
        "curricula/rest-and-routine/en.md",
        "curricula/rest-and-routine/es.md",
    ]


def test_other_files_and_folders_are_left_alone(folder: Path) -> None:
    write(folder / "README.md", "words")
    write(folder / ".git" / "en.md", "words")
    write(folder / "another" / ".en.md.swp", "words")
    write(folder / "another" / "overlays" / "north.en.txt", "words")
    write(folder / "another" / "glossary.en.yaml", "words")

    assert read_catalogue(texts_in(folder)).broken == ()


def test_no_folder_is_an_empty_catalogue(tmp_path: Path) -> None:
    assert read_catalogue(texts_in(tmp_path / "nowhere")) == Catalogue({}, (), {})


def test_the_group_s_own_words_hold_for_every_file(folder: Path) -> None:
    assert len(read_catalogue(texts_in(folder, ["evening class"])).broken) == 3


def test_what_has_not_changed_is_taken_from_the_catalogue_before(folder: Path) -> None:
    before = read_catalogue(texts_in(folder))
    write(folder / "another" / "en.md", curriculum_text(id="another", version="0.2.0"))

    after = read_catalogue(texts_in(folder), former=before)

    def is_the_same(name: str) -> bool:
        return after.curricula[name]["en"].units is before.curricula[name]["en"].units

    assert (is_the_same("rest-and-routine"), is_the_same("another")) == (True, False)
    assert after == read_catalogue(texts_in(folder))


def test_other_sources_let_every_text_be_read_again(folder: Path) -> None:
    before = read_catalogue(texts_in(folder))
    (folder / "sources.yaml").unlink()

    after = read_catalogue(texts_in(folder), former=before)

    assert len(after.broken) == 3


def test_a_translation_whose_original_went_is_read_again(folder: Path) -> None:
    before = read_catalogue(texts_in(folder))
    (folder / "rest-and-routine" / "en.md").unlink()

    assert read_catalogue(texts_in(folder), former=before) == read_catalogue(texts_in(folder))
