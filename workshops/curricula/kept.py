"""The catalogue as it was read last, kept as a file of values: a start has no time to read every text anew."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile

from pydantic import TypeAdapter, ValidationError

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.texts import Texts
from workshops.settings import ROOT

FILE = "catalogue.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A catalogue, and the digest of all that it was made of."""

    made_of: str
    catalogue: Catalogue


def read_or_kept(
    texts: Texts, keep_in: Path, older: Mapping[str, str] | None = None, former: Catalogue | None = None
) -> Catalogue:
    """What `read_catalogue` makes of the texts, read anew only if one of them or the program has changed.

    Args:
        texts: What is taught now.
        keep_in: Folder of the file.
        older: Texts that only sessions still teach, by digest.
        former: What this process read before; spares reading what has not changed.
    """
    made_of = digest_of(texts, older or {})
    form = TypeAdapter(Kept)
    with suppress(OSError, ValidationError):
        kept = form.validate_json((keep_in / FILE).read_bytes())
        if kept.made_of == made_of:
            return kept.catalogue
    from workshops.curricula.library import read_catalogue  # noqa: PLC0415 (the readers of YAML and Markdown take 0.1 s)

    catalogue = read_catalogue(texts, older=older or {}, former=former)
    with suppress(OSError):  # nothing is lost but time
        _write(form.dump_json(Kept(made_of, catalogue)), keep_in)
    return catalogue


def digest_of(texts: Texts, older: Mapping[str, str]) -> str:
    """The digest of every text, and of the program and the packages that read them."""
    digest = blake2b(digest_size=16)
    for part in (*_program(), *_texts(texts), *map(str.encode, older)):
        digest.update(f"{len(part)} ".encode() + part)
    return digest.hexdigest()


def _program() -> Iterator[bytes]:
    own = Path(__file__).parent
    for path in sorted([*own.glob("*.py"), *own.glob("words/*.txt"), *ROOT.glob("requirements.lock")]):
        yield path.name.encode()
        yield path.read_bytes()


def _texts(texts: Texts) -> Iterator[bytes]:
    yield repr(texts.exposure).encode()
    for path, file in texts.files.items():
        yield path.encode()
        yield repr(file.fault).encode()
        yield file.text.encode()


def _write(values: bytes, keep_in: Path) -> None:
    """Put the file there as a whole: other processes see the former one or this one."""
    keep_in.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=keep_in, delete=False) as file:
        new = Path(file.name)
        try:
            file.write(values)
            file.flush()
            new.replace(keep_in / FILE)
        finally:
            new.unlink(missing_ok=True)
