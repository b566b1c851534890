"""`workshops curricula export` and `import`: with a server running and without."""

from pathlib import Path

import pytest

from tests.curricula.test_sources import ENTRY
from tests.curricula.written import curriculum_text
from tests.serving import run_command, running
from workshops.settings import Settings

pytestmark = pytest.mark.data

ODD = "\ufeff" + curriculum_text().replace("\n", "\r\n")


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A folder of released texts that nobody can write to."""
    folder = tmp_path / "released"
    (folder / "rest-and-routine").mkdir(parents=True)
    (folder / "rest-and-routine" / "en.md").write_bytes(curriculum_text().encode())
    (folder / "sources.yaml").write_text(ENTRY)
    for path in (folder / "rest-and-routine", folder):
        path.chmod(0o555)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_texts_go_out_and_come_in_byte_for_byte(settings: Settings, released: Path, tmp_path: Path) -> None:
    where = {"WORKSHOPS_CURRICULA_DIR": str(released)}
    folder, archive, again = tmp_path / "folder", tmp_path / "texts.zip", tmp_path / "again"

    out = run_command(settings, "curricula", "export", str(folder), **where)
    exported = files(folder)
    (folder / "rest-and-routine" / "en.md").write_bytes(ODD.encode())
    taken = run_command(settings, "curricula", "import", str(folder), **where)
    with running(settings, **where):
        packed = run_command(settings, "curricula", "export", str(archive), "--drafts", **where)
        none = run_command(settings, "curricula", "import", str(archive), **where)
        written = run_command(settings, "curricula", "export", str(again), "--drafts", **where)

    assert [each.returncode for each in (out, taken, packed, none, written)] == [0] * 5, taken.stderr + none.stderr
    assert exported == files(released)
    assert files(again) == files(folder)
    assert taken.stdout.startswith("1 of 2 texts")
    assert none.stdout.startswith("0 of 2 texts")


def test_what_cannot_be_taken_in_is_one_clear_line(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "strange").mkdir()
    (tmp_path / "strange" / "notes.txt").touch()
    (tmp_path / "bad.zip").write_bytes(b"PK")

    answers = [
        run_command(settings, "curricula", "import", str(tmp_path / name)) for name in ("strange", "bad.zip", "nowhere")
    ]

    assert [each.returncode for each in answers] == [2] * 3
    assert [each.stderr.count("\n") for each in answers] == [1] * 3
    assert "`notes.txt` is no place where a text stands" in answers[0].stderr
