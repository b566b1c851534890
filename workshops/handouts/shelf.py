"""Rendered prints on disk, named by what they were made from; the least used go when there are too many."""

import os
from hashlib import blake2b
from pathlib import Path
from tempfile import mkstemp

HALF_WRITTEN = ".half-"


class Shelf:
    """A bounded folder of prints. A disk that cannot be written only means rendering again.

    What was used last is remembered in memory alone: a time of use on disk would tell when
    somebody fetched a print.
    """

    def __init__(self, folder: Path, limit: int = 200_000_000) -> None:
        self._folder = folder
        self._limit = limit
        self._uses = 0
        self._last_use: dict[str, int] = {}

    def find(self, key: str) -> bytes | None:
        """The print of that key, if it lies here whole."""
        try:
            body = self._file(key).read_bytes()
        except OSError:
            return None
        if not is_whole(body):
            return None
        self._use(key)
        return body

    def keep(self, key: str, body: bytes) -> None:
        """Lay a print down in one move, and take away what is too much."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self._file(key), body)
            self._use(key)
            self._make_room()
        except OSError:
            return  # the print was made all the same

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.pdf"

    def _use(self, key: str) -> None:
        self._uses += 1
        self._last_use[key] = self._uses

    def _write(self, file: Path, body: bytes) -> None:
        handle, name = mkstemp(dir=self._folder, prefix=HALF_WRITTEN)
        try:
            with os.fdopen(handle, "wb") as half:
                half.write(body)
                half.flush()
                os.fsync(half.fileno())
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _make_room(self) -> None:
        for half in self._folder.glob(HALF_WRITTEN + "*"):
            half.unlink(missing_ok=True)  # an interrupted process left it
        files = [(file, file.stat()) for file in self._folder.glob("*.pdf")]
        oldest_first = sorted(files, key=lambda each: (self._last_use.get(each[0].stem, 0), each[1].st_mtime_ns))
        size = sum(stat.st_size for _, stat in files)
        for file, stat in oldest_first:
            if size <= self._limit:
                break
            file.unlink(missing_ok=True)
            self._last_use.pop(file.stem, None)
            size -= stat.st_size


def is_whole(body: bytes) -> bool:
    """Whether a file was written to its end; a power cut can leave less."""
    return body.startswith(b"%PDF-") and body.rstrip().endswith(b"%%EOF")


def key_of(html: str, edition: str) -> str:
    """The name of a print: a digest of all that its bytes depend on."""
    return blake2b(html.encode(), digest_size=20, key=edition.encode()).hexdigest()
