"""Words that tell strangers what the evenings are about, found in everything that shall be neutral."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workshops.curricula.characters import cleaned, too_long
from workshops.curricula.findings import Broken
from workshops.curricula.front import Front, read_front, split
from workshops.curricula.paths import TextKind, kind_of
from workshops.curricula.texts import Texts
from workshops.curricula.wordlists import telling_words


class Neutral(StrEnum):
    """What strangers read."""

    TITLE = "neutral_title"
    SUMMARY = "neutral_summary"
    SITE = "site_name"
    AREA = "area"  # a part of town, as venues name it


@dataclass(frozen=True, slots=True)
class Exposure:
    """Something neutral that tells."""

    kind: Neutral
    said: str
    words: tuple[str, ...]
    path: str = ""  # of the text that says so

    def __str__(self) -> str:
        """As `workshops check --report` prints it."""
        where = f"{self.path}: `{self.kind}`" if self.path else f"`{self.kind}`"
        return f"{where} says {', '.join(f'`{word}`' for word in self.words)} to strangers"


def exposed_fields(front: Front, own: Collection[str]) -> Iterator[tuple[Neutral, str, tuple[str, ...]]]:
    """The neutral fields of a teaching file that tell, what they say, and by which words."""
    for name in (Neutral.TITLE, Neutral.SUMMARY):
        said = str(getattr(front.fields, name)) if front.has(name) else ""
        if words := telling_words(said, own):
            yield name, said, words


def exposures(texts: Texts, broken: Collection[Broken], names: Collection[tuple[Neutral, str]]) -> Iterator[Exposure]:
    """Everything neutral that tells; what reads well says nothing, so that only broken texts have to be looked at.

    Args:
        texts: Of the installation, with the group's own words.
        broken: Those of them that do not read.
        names: Of the site and its areas.
    """
    for kind, said in names:
        if words := telling_words(said, texts.exposure):
            yield Exposure(kind, said, words)
    for path, text in _teaching(texts, {each.file for each in broken}).items():
        fields = [] if too_long(text, "") else split(cleaned(text, "")[0], "").fields
        for kind, said, words in exposed_fields(read_front(fields, ""), texts.exposure):
            yield Exposure(kind, said, words, path)


def _teaching(texts: Texts, names: Collection[str]) -> Mapping[str, str]:
    """The teaching files of these names, by their paths."""
    files = texts.files.items()
    return {path: file.text for path, file in files if file.name in names and kind_of(path) is TextKind.TEACHING}
