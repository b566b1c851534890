"""The catalogue kept between starts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.curricula.test_library import folder, write
from tests.curricula.written import curriculum_text
from workshops.curricula.catalogue import Catalogue
from workshops.curricula.kept import FILE, digest_of, read_or_kept
from workshops.curricula.library import read_catalogue
from workshops.curricula.texts import texts_in
from workshops.settings import ROOT

__all__ = ["folder"]


def digests(catalogue: Catalogue) -> list[str]:
    return [each.digest for versions in catalogue.curricula.values() for each in versions.values()]


@pytest.mark.parametrize("library", ["the house's own", "a small one with a broken file"])
def test_a_kept_catalogue_is_the_one_that_would_be_read(library: str, folder: Path, tmp_path: Path) -> None:
    texts = ROOT / "curricula" if library == "the house's own" else folder
    write(folder / "another" / "fr.md", "no curriculum")

    first = read_or_kept(texts_in(texts), tmp_path / "data")
    second = read_or_kept(texts_in(texts), tmp_path / "data")

    assert second is not first
    anew = read_catalogue(texts_in(texts))
    assert first == second == anew
    assert digests(second) == digests(anew)
    assert bool(second.broken) == (texts == folder)


def test_nothing_is_read_again_while_nothing_changes(folder: Path, tmp_path: Path) -> None:
    read_or_kept(texts_in(folder), tmp_path / "data")
    program = (
        "import sys; from pathlib import Path; from workshops.curricula.kept import read_or_kept\n"
        "from workshops.curricula.texts import texts_in\n"
        "assert read_or_kept(texts_in(Path(sys.argv[1])), Path(sys.argv[2])).curricula\n"
        "print([name for name in sys.modules if name in ('ruamel.yaml', 'markdown_it')])"
    )

    command = [sys.executable, "-c", program, str(folder), str(tmp_path / "data")]
    loaded = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    assert loaded.stdout == b"[]\n"


def test_a_changed_added_or_removed_text_is_read(folder: Path, tmp_path: Path) -> None:
    def title() -> str:
        return read_or_kept(texts_in(folder), tmp_path / "data").curricula["another"]["en"].title

    before = title()
    write(folder / "another" / "en.md", curriculum_text(id="another", title='"Another evening"'))
    changed = title()
    write(folder / "added" / "en.md", curriculum_text(id="added"))
    added = read_or_kept(texts_in(folder), tmp_path / "data")
    (folder / "added" / "en.md").unlink()
    (folder / "sources.yaml").unlink()
    removed = read_or_kept(texts_in(folder), tmp_path / "data")

    assert (before, changed) == ("Rest and routine", "Another evening")
    assert added.get("added", "en") is not None
    assert removed.get("added", "en") is None
    assert removed.sources == {}


def test_the_same_text_under_another_language_is_another_library(folder: Path) -> None:
    before = digest_of(texts_in(folder), {})

    (folder / "another" / "en.md").rename(folder / "another" / "es.md")

    assert digest_of(texts_in(folder), {}) != before


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"made_of": 1}', b"\xff\x00", "a folder"])
def test_a_damaged_file_is_made_anew(damage: bytes | str, folder: Path, tmp_path: Path) -> None:
    whole = read_or_kept(texts_in(folder), tmp_path)
    kept = tmp_path / FILE
    if isinstance(damage, bytes):
        kept.write_bytes(damage)
    else:
        kept.unlink()
        kept.mkdir()

    assert read_or_kept(texts_in(folder), tmp_path) == whole
    assert read_or_kept(texts_in(folder), tmp_path) == whole
    assert {path.name for path in tmp_path.iterdir()} == {FILE, folder.name}


def test_a_value_of_the_wrong_kind_is_not_believed(folder: Path, tmp_path: Path) -> None:
    read_or_kept(texts_in(folder), tmp_path)
    values = json.loads((tmp_path / FILE).read_text())
    values["catalogue"]["curricula"]["another"]["en"]["status"] = "trusted"
    (tmp_path / FILE).write_text(json.dumps(values))

    assert read_or_kept(texts_in(folder), tmp_path) == read_catalogue(texts_in(folder))


def test_only_its_owner_reads_the_file_and_nothing_is_left_beside_it(folder: Path, tmp_path: Path) -> None:
    read_or_kept(texts_in(folder), tmp_path / "data")

    assert [path.name for path in (tmp_path / "data").iterdir()] == [FILE]
    assert (tmp_path / "data" / FILE).stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_be_written_costs_time_only(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "data").touch()

    assert read_or_kept(texts_in(folder), tmp_path / "data") == read_catalogue(texts_in(folder))
