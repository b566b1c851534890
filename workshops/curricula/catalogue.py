"""Every curriculum that an installation has, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from workshops.curricula.findings import Broken
from workshops.curricula.local_facts import LocalFacts
from workshops.curricula.overlays import Overlay
from workshops.curricula.rules import Curriculum, Source

EDITION = 12  # digits of a digest that name a text in addresses


class Teaching(Protocol):
    """What a session says of the text that it teaches."""

    curriculum: str
    language: str
    revision: str  # digest of the text it was published with; empty for a draft


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a group can teach, and the files that are not ready for it."""

    curricula: Mapping[str, Mapping[str, Curriculum]]  # by id, then by language
    broken: tuple[Broken, ...]
    sources: Mapping[str, Source]
    editions: Mapping[str, Curriculum] = field(default_factory=dict)  # by digest: texts that only sessions still teach
    overlays: tuple[Overlay, ...] = ()
    facts: tuple[LocalFacts, ...] = ()

    @property
    def sheets(self) -> tuple[Overlay | LocalFacts, ...]:
        """Everything that holds in one area only."""
        return (*self.overlays, *self.facts)

    def get(self, curriculum_id: str, language: str) -> Curriculum | None:
        """The curriculum in `language`, else its original, else whichever there is."""
        versions = self.curricula.get(curriculum_id, {})
        originals = (each for each in versions.values() if each.translation.of is None)
        return versions.get(language) or next(originals, None) or next(iter(versions.values()), None)

    def taught(self, session: Teaching, language: str) -> Curriculum | None:
        """The text that a session was published with, or its translation where `language` is another one."""
        current = self.get(session.curriculum, language)
        edition = self.editions.get(session.revision)
        return edition if edition and (current is None or current.language == edition.language) else current

    def by_short_id(self, short_id: str, language: str) -> Curriculum | None:
        """The curriculum that an address names, in `language` as far as there is one."""
        found = (next(iter(versions.values())) for versions in self.curricula.values() if versions)
        return next((self.get(each.id, language) for each in found if each.short_id == short_id), None)

    def edition_of(self, short_id: str, language: str, digest: str) -> Curriculum | None:
        """What `taught` chose for a session, by the curriculum's word and the first digits of the session's text.

        Args:
            short_id: The opaque word that stands for the curriculum.
            language: Of the reader; a text in another one gives way to a translation.
            digest: `EDITION` digits; nothing for what is current.
        """
        current = self.by_short_id(short_id, language)
        older = (each for each in self.editions.values() if each.digest[:EDITION] == digest)
        edition = next((each for each in older if each.short_id == short_id), None)
        if edition is not None:
            return edition if current is None or current.language == edition.language else current
        versions = self.curricula.get(current.id, {}).values() if current else ()
        return current if not digest or any(each.digest[:EDITION] == digest for each in versions) else None

    def in_language(self, language: str) -> tuple[Curriculum, ...]:
        """Every curriculum once, in `language` as far as there is one, by id."""
        found = (self.get(curriculum_id, language) for curriculum_id in sorted(self.curricula))
        return tuple(curriculum for curriculum in found if curriculum)
