"""The catalogue as handlers find it in the state of the application."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from anyio import to_thread

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.findings import Fault
from workshops.curricula.kept import read_or_kept
from workshops.curricula.queries import published_editions, texts_of
from workshops.curricula.rules import Curriculum
from workshops.curricula.texts import digest_of_text, texts_in
from workshops.settings import Settings
from workshops.web.state import AppState

if TYPE_CHECKING:
    from workshops.curricula.looking import Value

MOST_REMEMBERED = 500  # texts of which it is known what they say


class Library:
    """Every text of this installation, released or published here, and the catalogue made of them."""

    def __init__(self, settings: Settings) -> None:
        self._keep_in = settings.data_dir
        self.released = texts_in(settings.curricula_dir, settings.exposure)
        self.texts = self.released
        self._older: Mapping[str, str] = {}
        self._catalogue: Catalogue | None = None
        self._values: dict[tuple[str, str], Value] = {}

    @property
    def catalogue(self) -> Catalogue:
        """Every curriculum as it stands now; broken ones are in it with their faults."""
        if self._catalogue is None:
            self._catalogue = read_or_kept(self.texts, self._keep_in, self._older)
        return self._catalogue

    def text_of(self, curriculum: Curriculum) -> str | None:
        """The text that a curriculum of the catalogue was read from."""
        file = self.texts.files.get(f"{curriculum.id}/{curriculum.language}.md")
        return file.text if file and file.digest == curriculum.digest else None

    def value_of(self, path: str, text: str) -> "Value":
        """What a text says that would stand among these, or its faults; read once until they turn."""
        from workshops.curricula.looking import value_of  # noqa: PLC0415 (most processes are never asked)

        key, known = (path, digest_of_text(text)), self._values
        if key not in known:
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            known[key] = value_of(path, text, self.texts, self.catalogue)
        return known[key]

    def faults_of(self, path: str, text: str) -> tuple[Fault, ...]:
        """What is wrong with a text that would stand among these."""
        value = self.value_of(path, text)
        return getattr(value, "faults", ())

    async def turn_to_newest(self, taught: Collection[str] = ()) -> None:
        """Read what was published since the last turn.

        Args:
            taught: Digests of the texts that sessions were published with.
        """
        published = await published_editions()
        kept = await texts_of({*published.values(), *taught})
        texts = self.released.with_local({path: kept[digest] for path, digest in published.items()})
        current = {file.digest for file in texts.files.values()}
        older = {digest: text for digest, text in sorted(kept.items()) if digest not in current}
        if (texts, older) != (self.texts, self._older):
            former = self._catalogue
            self._catalogue = await to_thread.run_sync(read_or_kept, texts, self._keep_in, older, former)
            self.texts, self._older = texts, older
            self._values = {}


class CurriculaState(AppState):
    """The edge's state and every text there is."""

    library: Library
