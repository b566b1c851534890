"""The texts of an installation, by their paths; what cannot be read is a fault and raises nothing."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from workshops.curricula.characters import LONGEST_FILE, too_long_fault
from workshops.curricula.findings import Fault

SOURCES = "sources.yaml"
KINDS = (SOURCES, "*/*.md", "*/overlays/*.md", "local/*.yaml")  # of files below the folder


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file, how faults call it, and its text; without a text, why there is none."""

    name: str
    text: str
    fault: Fault | None = None

    @property
    def digest(self) -> str:
        return digest_of_text(self.text)


@dataclass(frozen=True, slots=True)
class TeachingFile:
    """`<id>/<language>.md`, and the languages of all the files in its folder."""

    id: str
    language: str
    beside: frozenset[str]
    file: TextFile


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """Where a local sheet stands, as the names of its file and its folder say."""

    curriculum: str  # empty for local facts
    area: str
    language: str


@dataclass(frozen=True, slots=True)
class SheetFile:
    """`<id>/overlays/<area>.<language>.md` or `local/<area>.<language>.yaml`."""

    place: SheetPlace
    file: TextFile


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text of an installation by its path below the folder, such as `rest-and-routine/en.md`."""

    folder: str  # its name, with which faults begin
    files: Mapping[str, TextFile]
    exposure: tuple[str, ...] = ()  # the group's own words that strangers must not read in neutral titles

    def with_local(self, local: Mapping[str, str]) -> "Texts":
        """The same with a group's own texts in the place of released ones, or beside them."""
        own = {path: TextFile(f"{self.folder}/{path}", text) for path, text in local.items()}
        return replace(self, files=dict(sorted({**self.files, **own}.items()))) if own else self

    @property
    def sources(self) -> TextFile | None:
        """The list of sources; an installation may have none."""
        return self.files.get(SOURCES)

    def teaching_files(self) -> Iterator[TeachingFile]:
        """Every teaching file, by id and language."""
        paths = [PurePosixPath(path) for path in self.files if PurePosixPath(path).match("*/*.md")]
        ours = [path for path in paths if len(path.parts) == len(("id", "language.md"))]
        for path in ours:
            beside = frozenset(other.stem for other in ours if other.parent == path.parent)
            yield TeachingFile(path.parts[0], path.stem, beside, self.files[str(path)])

    def overlay_files(self) -> Iterator[SheetFile]:
        """Every overlay, by curriculum, area and language."""
        yield from self._sheets("*/overlays/*.md", of_curricula=True)

    def fact_files(self) -> Iterator[SheetFile]:
        """Every file of local facts, by area and language."""
        yield from self._sheets("local/*.yaml", of_curricula=False)

    def _sheets(self, pattern: str, *, of_curricula: bool) -> Iterator[SheetFile]:
        for name, file in self.files.items():
            path = PurePosixPath(name)
            if path.match(pattern) and len(path.parts) == pattern.count("/") + 1:
                area, _, language = path.stem.rpartition(".")
                yield SheetFile(SheetPlace(path.parts[0] if of_curricula else "", area, language), file)


def texts_in(folder: Path, exposure: Collection[str] = ()) -> Texts:
    """Read every text below `folder`, to be held against these words too; hidden files and folders are left out."""
    paths = sorted(path for kind in KINDS for path in folder.glob(kind))
    ways = {path.relative_to(folder): path for path in paths}
    shown = {way: path for way, path in ways.items() if not any(part.startswith(".") for part in way.parts)}
    files = {way.as_posix(): read_text(path, folder) for way, path in sorted(shown.items())}
    return Texts(folder.name, files, tuple(exposure))


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


def digest_of_text(text: str) -> str:
    """What names a text: 32 hexadecimal digits made of its bytes alone."""
    return blake2b(text.encode(), digest_size=16).hexdigest()
