"""Real servers: the program as its own process, on a port of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from workshops.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The variables that make a process work with these settings."""
    url = settings.database_url
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("WORKSHOPS_")},
        "WORKSHOPS_DATA_DIR": str(settings.data_dir),
        "WORKSHOPS_KEY_DIR": str(settings.key_dir),
        "WORKSHOPS_SESSION_BUDGET": str(settings.session_budget),
        "WORKSHOPS_SITE_BUDGET": str(settings.site_budget),
        **({"WORKSHOPS_DATABASE_URL": url.get_secret_value()} if url else {}),
        "PORT": "0",
        **more,
    }


def run_command(settings: Settings, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """One command of the program, to its end."""
    command = [sys.executable, "-m", "workshops", *arguments]
    variables = environment(settings, **more)
    return subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@dataclass
class Served:
    """A running server: where it is, and what it has said."""

    process: subprocess.Popen[str]
    address: str = ""
    said: list[str] = field(default_factory=list)


@contextmanager
def serving(
    settings: Settings, module: Sequence[str] = ("workshops", "serve", "--empty"), **more: str
) -> Iterator[Served]:
    """A server of these settings until the block ends; all it printed is known afterwards."""
    with subprocess.Popen(
        [sys.executable, "-m", *module],
        env=environment(settings, **more),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        served = Served(process)
        try:
            served.address = _address(process.stdout, served.said)
            yield served
        finally:
            process.terminate()
            served.said += process.stdout
            process.wait(timeout=20)


@contextmanager
def running(settings: Settings, *arguments: str, **more: str) -> Iterator[str]:
    """A server of these settings until the block ends; yields its address."""
    with serving(settings, ["workshops", "serve", *(arguments or ["--empty"])], **more) as served:
        yield served.address


def _address(lines: Iterable[str], said: list[str]) -> str:
    for line in lines:
        said.append(line)
        found = re.search(r"Serving at (http://\S+)", line)
        if found:
            return found[1]
    raise AssertionError("the server never served: " + "".join(said))
