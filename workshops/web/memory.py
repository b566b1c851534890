"""Public pages and feeds, rendered once per revision and kept ready to send, bounded in bytes."""

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, Generic, TypeVar

from workshops.web.languages import Language
from workshops.web.rendering import Page

State = TypeVar("State")
Answer = TypeVar("Answer")
MOST_ANSWERS = 1000  # a handful of rows each


@dataclass(frozen=True, slots=True)
class Ask(Generic[State]):
    """All that a kept answer may depend on; nothing here belongs to one visitor."""

    here: str  # the path without a language's prefix
    params: Mapping[str, str]
    choice: Mapping[str, str]  # the declared query words that were given
    language: Language
    now: datetime
    state: State


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes that are not a page: a feed, a print."""

    body: bytes
    media_type: str
    file_name: str = ""  # neutral; a browser saves it under this name


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept answer, and the moment at which it would change by itself."""

    content: Page | Document
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """Bytes ready to send, plain and compressed, each with its ETag."""

    plain: bytes
    compressed: bytes  # the plain bytes where compression gains nothing
    media_type: str
    file_name: str = ""
    until: datetime | None = None

    @property
    def size(self) -> int:
        return len(self.plain) + (len(self.compressed) if self.is_compressed else 0)

    @property
    def is_compressed(self) -> bool:
        return self.compressed is not self.plain

    def etag(self, *, compressed: bool) -> str:
        return strong_etag(self.compressed if compressed else self.plain)


def strong_etag(body: bytes) -> str:
    """The strong ETag of exactly these bytes."""
    return f'"{blake2b(body, digest_size=12).hexdigest()}"'


def ready(body: bytes, media_type: str, *, file_name: str = "", until: datetime | None = None) -> Ready:
    """Compress `body` once; the gzip header carries no time, so equal input gives equal bytes."""
    compressed = body if media_type == "application/pdf" else gzip.compress(body, 6, mtime=0)
    return Ready(body, compressed, media_type, file_name, until)


NOTHING = "-"  # a value that names nothing, whatever was sent
Words = Mapping[str, Collection[str]]  # by words of a query: the values that name something
Known = Callable[[Any, datetime], Awaitable[Words]]
Key = tuple[str, str, str, str]  # path, canonical query, language, fragment


class Memory:
    """The kept answers of one process; a new revision empties it."""

    def __init__(self, limit: int = 32_000_000) -> None:
        self._limit = limit
        self._size = 0
        self._revision = 0
        self._ready: OrderedDict[Key, Ready] = OrderedDict()
        self._making: dict[Key, asyncio.Future[Ready]] = {}
        self._words: dict[Known, Words] = {}
        self._answers: dict[str, Any] = {}

    @property
    def size(self) -> int:
        """Bytes kept at present."""
        return self._size

    @property
    def revision(self) -> int:
        """What the kept answers were made from."""
        return self._revision

    def turn_to(self, revision: int) -> None:
        """Forget everything rendered from an older revision of the schedule."""
        if revision != self._revision:
            self._revision = revision
            self._ready.clear()
            self._making.clear()
            self._words.clear()
            self._answers.clear()
            self._size = 0

    async def known(self, question: str, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """What a question about the public schedule was answered since that changed last; else it is asked."""
        if question in self._answers:
            kept: Answer = self._answers[question]
            return kept
        revision, answer = self._revision, await ask()
        if revision == self._revision:
            if len(self._answers) >= MOST_ANSWERS:
                self._answers.clear()
            self._answers[question] = answer
        return answer

    async def words(self, known: Known, state: Any, now: datetime) -> Words:
        """The values that name something, asked for once per revision: whoever makes values up costs no question."""
        revision = self._revision
        found = self._words.get(known)
        if found is None:
            found = await known(state, now)
            if revision == self._revision:
                self._words[known] = found
        return found

    async def get(self, key: Key, now: datetime, make: Callable[[], Awaitable[Ready]]) -> Ready:
        """Answer from memory, or make it once however many ask at the same time."""
        found = self._ready.get(key)
        if found is not None and (found.until is None or now < found.until):
            self._ready.move_to_end(key)
            return found
        making = self._making.get(key)
        if making is None:
            making = asyncio.ensure_future(self._make(key, self._revision, make))
            self._making[key] = making
            making.add_done_callback(lambda done: self._made(key, done))
        return await asyncio.shield(making)

    async def _make(self, key: Key, revision: int, make: Callable[[], Awaitable[Ready]]) -> Ready:
        made = await make()
        if revision == self._revision:
            self._keep(key, made)
        return made

    def _made(self, key: Key, done: "asyncio.Future[Ready]") -> None:
        if self._making.get(key) is done:
            del self._making[key]
        if not done.cancelled():
            done.exception()  # whoever waits is told; nobody waiting is no news

    def _keep(self, key: Key, made: Ready) -> None:
        replaced = self._ready.pop(key, None)
        self._size += made.size - (replaced.size if replaced else 0)
        self._ready[key] = made
        while self._size > self._limit and self._ready:
            _, oldest = self._ready.popitem(last=False)
            self._size -= oldest.size
