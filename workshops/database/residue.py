"""What deleting leaves behind, and getting rid of it: SQLite's log, PostgreSQL's dead rows.

SQLite zeroes what it deletes in its file (`secure_delete`), but its log keeps the pages as they
were, and shrinking the log would give its blocks back to the disk unwritten. So the log is
emptied into the file, overwritten where it lies, and only then cut.
"""

import asyncio
import logging
import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tortoise.connection import get_connection

from workshops.database.away import DatabaseAway
from workshops.database.config import ALIAS, database_file
from workshops.settings import Settings

PIECE = 32  # of a digest's 64 letters: found even where its ends were written over
CHUNK = 1 << 18
VACUUMED = ("registration", "place", "feed", "slip", "slip_batch", "used_nonce", "session", "venue")

log = logging.getLogger("workshops")
_letters = re.compile(rb"[0-9a-f]{%d,}" % PIECE)


@dataclass(frozen=True, slots=True)
class Traces:
    """What was deleted, as it stood in the database: to be looked for, never to be shown."""

    digests: Sequence[str] = ()
    sealed: Sequence[bytes] = ()

    def __add__(self, other: "Traces") -> "Traces":
        return Traces((*self.digests, *other.digests), (*self.sealed, *other.sealed))

    def __bool__(self) -> bool:
        return bool(self.digests or self.sealed)


async def remove_residue(settings: Settings, traces: Traces, *, thoroughly: bool = False) -> None:
    """Overwrite what was deleted, look for it, and warn when some of it is still there.

    Args:
        settings: Where the database lies.
        traces: What was deleted since.
        thoroughly: On PostgreSQL write the tables anew, which stops everybody else meanwhile.
    """
    try:
        if settings.on_postgresql:
            await _vacuum(VACUUMED if traces else await _with_dead_rows(), thoroughly=thoroughly)
        else:
            await get_connection(ALIAS).overwrite_log()  # type: ignore[attr-defined]  # our own backend's
            if traces:
                _report(await asyncio.to_thread(count_left, database_file(settings), traces))
    except (DatabaseAway, OSError) as error:
        log.warning("What was deleted may still lie in the database's files until the next sweep: %s", error)


def _report(left: int) -> None:
    if left:
        log.warning("%d traces of what was deleted are still in the database's files", left)


def count_left(file: Path, traces: Traces) -> int:
    """How often something of what was deleted is still in SQLite's files."""
    pieces = {
        digest[start : start + PIECE].encode()
        for digest in traces.digests
        for start in range(0, len(digest) - PIECE + 1, PIECE // 2)
    }
    files = [file.with_name(file.name + ending) for ending in ("", "-wal", "-shm", "-journal")]
    return sum(_found(chunk, pieces, traces.sealed) for each in files if each.exists() for chunk in _chunks(each))


def _chunks(file: Path) -> Iterator[bytes]:
    """The bytes of a file in pieces that overlap by as much as a trace is long."""
    with file.open("rb") as opened:
        end = b""
        while read := opened.read(CHUNK):
            yield end + read
            end = read[-4 * PIECE :]


def _found(chunk: bytes, pieces: Collection[bytes], sealed: Collection[bytes]) -> int:
    windows = (
        run[start : start + PIECE] in pieces for run in _letters.findall(chunk) for start in range(len(run) - PIECE + 1)
    )
    return sum(windows) + sum(text[:PIECE] in chunk for text in sealed)


def overwrite(file: Path) -> None:
    """Write zeros over a file where it lies on the disk, and see them through to it."""
    with suppress(FileNotFoundError), file.open("r+b") as opened:
        left = opened.seek(0, os.SEEK_END)
        opened.seek(0)
        while left > 0:
            left -= opened.write(bytes(min(left, CHUNK)))
        opened.flush()
        os.fsync(opened.fileno())


async def _with_dead_rows() -> Sequence[str]:
    """Tables in which something was changed or undone, such as a press that was refused.

    Only these: an empty table that was vacuumed is planned for as if it stayed empty.
    """
    counts = "SELECT relname FROM pg_stat_user_tables WHERE n_dead_tup > 0"
    dead = {row["relname"] for row in await get_connection(ALIAS).execute_query_dict(counts)}
    return [table for table in VACUUMED if table in dead]


async def _vacuum(tables: Sequence[str], *, thoroughly: bool) -> None:
    """Give dead rows' room free; PostgreSQL's log files and the raw disk keep them all the same."""
    how = "(FULL)" if thoroughly else ""
    for table in tables:
        await get_connection(ALIAS).execute_query(f'VACUUM {how} "{table}"')
