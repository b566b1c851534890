"""Texts as an archive or a folder, byte for byte; what comes from outside is taken in as a whole or not at all."""

import stat
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from workshops.curricula.characters import LONGEST_FILE
from workshops.curricula.looking import can_be_kept
from workshops.curricula.paths import kind_of
from workshops.errors import N_, Refusal

MOST_FILES = 1_000
MOST_BYTES = 32_000_000  # of all texts together
TIGHTEST = 100  # times that a text may shrink when it is packed: prose shrinks three or four times
BEFORE_ALL_DAYS = (1980, 1, 1, 0, 0, 0)  # archives cannot hold an earlier one, and need one
UNREADABLE = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError)


class ArchiveRefused(Refusal):
    """Something in an archive or a folder may not be taken in, so nothing of it is."""

    reason = N_("Nothing was taken in: %(why)s.")

    def __str__(self) -> str:
        return self.reason % self.places


def packed(texts: Mapping[str, str]) -> bytes:
    """An archive of texts by their paths; equal texts give equal bytes, without days and names of people."""
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as packing:
        for path, text in sorted(texts.items()):
            entry = ZipInfo(path, BEFORE_ALL_DAYS)
            entry.create_system = 3  # whatever machine packs it
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            packing.writestr(entry, text.encode(), ZIP_DEFLATED)
    return archive.getvalue()


def unpacked(archive: bytes) -> Mapping[str, str]:
    """The texts of an archive by their paths.

    Raises:
        ArchiveRefused: something in it is no text of ours, or it is no archive.
    """
    try:
        with ZipFile(BytesIO(archive)) as packed_files:
            entries = packed_files.infolist()
            _ensure_few(len(entries))
            files = [entry for entry in _files_of(entries) if not _is_left_by_a_system(entry.orig_filename)]
            above = _folder_around([entry.orig_filename for entry in files])
            return _texts((entry.orig_filename.removeprefix(above), _unpack(packed_files, entry)) for entry in files)
    except UNREADABLE:
        raise ArchiveRefused(why="it is no ZIP archive that can be read") from None


def write_folder(texts: Mapping[str, str], folder: Path) -> None:
    """Write texts into a folder that is not there yet, or is empty.

    Raises:
        OSError: it cannot be written.
        ArchiveRefused: something is in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise ArchiveRefused(why=f"{folder} is not empty")
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())


def read_folder(folder: Path) -> Mapping[str, str]:
    """The texts below a folder by their paths; hidden files are left out.

    Raises:
        OSError: it cannot be read.
        ArchiveRefused: something in it is no text of ours.
    """
    shown = (path for path in sorted(folder.rglob("*")) if not _is_hidden(folder, path))
    return _texts(_read(folder, path) for path in shown if not stat.S_ISDIR(path.lstat().st_mode))


def _texts(files: Iterator[tuple[str, bytes]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    size = 0
    for path, content in files:
        size += len(content)
        _ensure_few(len(found) + 1)
        if kind_of(path) is None:
            raise ArchiveRefused(why=f"{_named(path)} is no place where a text stands")
        if path in found:
            raise ArchiveRefused(why=f"{_named(path)} stands in it twice")
        if size > MOST_BYTES:
            raise ArchiveRefused(why=f"it holds more than {MOST_BYTES // 1_000_000} MB")
        found[path] = _text(path, content)
    return found


def _text(path: str, content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise ArchiveRefused(why=f"{_named(path)} is not in UTF-8") from None
    if not can_be_kept(text):
        raise ArchiveRefused(why=f"{_named(path)} is longer than 1 MB, or holds a character that nothing can keep")
    return text


def _files_of(entries: list[ZipInfo]) -> Iterator[ZipInfo]:
    """The files of an archive; folders are passed over, and anything else is refused before it is opened."""
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        name = _named(entry.orig_filename)
        if not entry.filename:  # zipfile itself stumbles over it
            raise ArchiveRefused(why="a file in it has no name")
        if entry.is_dir() and ".." not in entry.filename and not entry.filename.startswith("/"):
            continue
        if kind not in {0, stat.S_IFREG}:
            raise ArchiveRefused(why=f"{name} is a link or a device, not a file")
        if entry.flag_bits & 1:
            raise ArchiveRefused(why=f"{name} is encrypted")
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise ArchiveRefused(why=f"{name} is packed in a way that is not read here")
        yield entry


def _is_left_by_a_system(path: str) -> bool:
    """Whether a file is none of ours but what a computer puts beside files that somebody packs."""
    return path.startswith("__MACOSX/") or path.rpartition("/")[2] in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _folder_around(paths: list[str]) -> str:
    """The one folder in which everything was packed, with its `/`; nothing where texts stand in their places."""
    above = {path.partition("/")[0] + "/" for path in paths}
    folder = next(iter(above), "")
    inside = [path.removeprefix(folder) for path in paths]
    alone = len(above) == 1 and not all(map(kind_of, paths)) and all(map(kind_of, inside))
    return folder if alone and folder.rstrip("/") not in {"", ".", ".."} else ""


def _unpack(packed_files: ZipFile, entry: ZipInfo) -> bytes:
    """At most as many bytes of a file as a text may have, whatever the archive says of it."""
    with packed_files.open(entry) as stream:
        content = stream.read(LONGEST_FILE + 1)
    if len(content) > LONGEST_FILE:
        raise ArchiveRefused(why=f"{_named(entry.filename)} is longer than 1 MB")
    if len(content) > TIGHTEST * max(entry.compress_size, 100):
        raise ArchiveRefused(why=f"{_named(entry.filename)} is packed tighter than any text")
    return content


def _read(folder: Path, path: Path) -> tuple[str, bytes]:
    """A file below a folder, opened only where a text may stand."""
    name = path.relative_to(folder).as_posix()
    if not stat.S_ISREG(path.lstat().st_mode):
        raise ArchiveRefused(why=f"{_named(name)} is a link or a device, not a file")
    if kind_of(name) is None:
        return name, b""
    with path.open("rb") as stream:
        return name, stream.read(LONGEST_FILE + 1)


def _is_hidden(folder: Path, path: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _ensure_few(count: int) -> None:
    if count > MOST_FILES:
        raise ArchiveRefused(why=f"it holds more than {MOST_FILES} files")


def _named(path: str) -> str:
    """A name from outside, short and with nothing in it that moves text around."""
    return "`" + "".join(each if each.isprintable() else "\ufffd" for each in path[:80]) + "`"
