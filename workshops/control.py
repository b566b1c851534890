"""Commands handed to the running server over a socket that only its own user can open."""

import asyncio
import json
import logging
import os
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from workshops.commands import COMMANDS, Tools
from workshops.database.away import DatabaseAway, away_line
from workshops.database.connection import Database
from workshops.errors import CannotStart, Refusal
from workshops.settings import Settings
from workshops.web.errors import where

log = logging.getLogger("workshops")

SOCKET = "control.sock"
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said, and whether it did what was asked."""

    text: str
    done: bool


@asynccontextmanager
async def control_socket(tools: Tools, database: Database) -> AsyncIterator[None]:
    """Listen for commands for as long as the program serves."""

    async def serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            answer = await _run(await reader.readline(), tools, database)
            writer.write(json.dumps({"text": answer.text, "done": answer.done}).encode() + b"\n")
            await writer.drain()
        writer.close()

    data_dir = tools.settings.data_dir
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    server = await asyncio.start_unix_server(serve_one, sock=_listening(data_dir))
    async with server:
        yield
    (data_dir / SOCKET).unlink(missing_ok=True)


def hand_over(settings: Settings, command: str, arguments: Sequence[str]) -> Answer | None:
    """Let the running server do it; None when no server runs on this data folder.

    Raises:
        CannotStart: the server ended or fell silent before it said what became of it.
    """
    with socket.socket(socket.AF_UNIX) as connection, _folder(settings.data_dir) as folder:
        connection.settimeout(PATIENCE_SECONDS)
        try:
            connection.connect(f"{folder}/{SOCKET}")
        except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
            return None
        return _asked(connection, json.dumps([command, *arguments]).encode() + b"\n")


def _asked(connection: socket.socket, question: bytes) -> Answer:
    try:
        connection.sendall(question)
        with connection.makefile("rb") as answers:
            line = answers.readline()
    except OSError:  # of a server that is being ended, or that waits for something
        line = b""
    if not line:
        raise CannotStart("the server did not say what became of it; see whether it still runs, then ask again")
    return Answer(**json.loads(line))


async def _run(line: bytes, tools: Tools, database: Database) -> Answer:
    command, *arguments = json.loads(line)
    with database.entered():
        try:
            return Answer(await COMMANDS[command](tools, arguments), done=True)
        except (CannotStart, Refusal) as refusal:
            return Answer(str(refusal), done=False)
        except DatabaseAway as away:
            return Answer(away_line(away), done=False)
        except Exception as error:  # noqa: BLE001 (whoever asked is waiting for a line, and the log says where)
            log.error("A bug in %s: %s", command, where(error))  # noqa: TRY400 (its own text may hold data)
            return Answer(f"{command}: something broke in the server; its log says where", done=False)


def _listening(data_dir: Path) -> socket.socket:
    """A listening socket that nobody but this program's user can open.

    Raises:
        CannotStart: the data folder cannot be written.
    """
    listening = socket.socket(socket.AF_UNIX)
    former = os.umask(0o177)
    try:
        with _folder(data_dir) as folder:
            (data_dir / SOCKET).unlink(missing_ok=True)
            listening.bind(f"{folder}/{SOCKET}")
    except OSError as error:
        listening.close()
        raise CannotStart(f"{data_dir}: cannot be written ({error.strerror}); set WORKSHOPS_DATA_DIR") from None
    finally:
        os.umask(former)
    return listening


@contextmanager
def _folder(path: Path) -> Iterator[str]:
    """A short path to a folder: the path of a socket ends at 107 bytes, that of a folder does not."""
    if not path.is_dir():
        yield str(path)
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}"
    finally:
        os.close(descriptor)
