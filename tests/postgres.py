"""A throw-away PostgreSQL server: private folder, no network, no care for power cuts."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STARTS_WITHIN = 30  # seconds
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, reached through the socket in its own folder."""

    programs: Path
    folder: Path

    def address(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def run(self, statement: str, *, name: str = "postgres") -> str:
        """Run one statement outside of any transaction."""
        command = [f"{self.programs}/psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", self.address(name), "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def create(self, name: str, *, template: str = "template1") -> str:
        """Make a database and return its address."""
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.address(name)

    def drop(self, name: str) -> None:
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def running_server(options: Sequence[str] = CARELESS) -> Iterator[Server]:
    """Start a server of our own and end it, and only it, afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="workshops-pg-"))  # a socket's path has to be short
    owner = _owner()
    server = Server(_programs(), folder)
    try:
        if owner:
            shutil.chown(folder, owner["user"], owner["group"])
        how = ["-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N", "--no-locale"]
        subprocess.run([f"{server.programs}/initdb", *how], check=True, capture_output=True, cwd="/", **owner)
        with (folder / "log").open("w") as log, _process(server, log, owner, options):
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _process(server: Server, log: Any, owner: dict[str, Any], options: Sequence[str]) -> Iterator[None]:
    settings = [part for each in options for part in ("-c", each)]
    command = [f"{server.programs}/postgres", "-D", f"{server.folder}/data", "-k", str(server.folder), *settings]
    process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **owner)
    try:
        _wait_until_ready(server, process)
        yield
    finally:
        process.send_signal(2)  # SIGINT, which PostgreSQL calls a fast shutdown
        process.wait(STARTS_WITHIN)


def _wait_until_ready(server: Server, process: subprocess.Popen[Any]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while subprocess.run([server.programs / "pg_isready", "-q", "-h", server.folder], check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError((server.folder / "log").read_text())
        time.sleep(0.05)


def _programs() -> Path:
    """Find the newest PostgreSQL: Debian keeps each version apart, others put one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    program = str(found[-1]) if found else shutil.which("initdb")
    if program is None:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    return Path(program).parent


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root, so root starts it as somebody else."""
    if os.geteuid() != 0:
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}
