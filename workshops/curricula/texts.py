"""The files of a curricula folder as texts; what cannot be read is a fault and raises nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workshops.curricula.characters import LONGEST_FILE, too_long_fault
from workshops.curricula.findings import Fault

SOURCES = "sources.yaml"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file, how faults call it, and its text; without a text, why there is none."""

    name: str
    text: str
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class TeachingFile:
    """`<id>/<language>.md`, and the languages of all the files in its folder."""

    id: str
    language: str
    beside: frozenset[str]
    file: TextFile


def teaching_files(folder: Path) -> Iterator[TeachingFile]:
    """Every teaching file below `folder`, by id and language; hidden ones are left out."""
    for inside in sorted(folder.iterdir()) if folder.is_dir() else ():
        if inside.name.startswith(".") or not inside.is_dir():
            continue
        paths = sorted(path for path in inside.glob("*.md") if not path.name.startswith("."))
        languages = frozenset(path.stem for path in paths)
        for path in paths:
            yield TeachingFile(inside.name, path.stem, languages, read_text(path, folder))


def read_text(path: Path, folder: Path) -> TextFile:
    """A file's text with its line ends as they are; faults call it by its way from `folder`."""
    name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
    try:
        if not path.is_file():
            return TextFile(name, "", Fault(name, 1, "this is no file", "a text file"))
        with path.open("rb") as stream:
            found = stream.read(LONGEST_FILE + 1)
        if len(found) > LONGEST_FILE:
            return TextFile(name, "", too_long_fault(name))
        return TextFile(name, found.decode())
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return TextFile(name, "", Fault(name, line, "the file is not in UTF-8", "save it as UTF-8 text"))
    except OSError as error:
        return TextFile(name, "", Fault(name, 1, f"the file cannot be opened ({error.strerror})", "let us read it"))
