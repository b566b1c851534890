"""A server under measurement: on data and keys of its own, on this machine alone, ended when the measuring ends."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")


def work(pid: int) -> float:
    """Seconds that a process has computed, on whichever core."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def variables_of(folder: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a program whose data and keys lie in `folder`."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("WORKSHOPS_")},
        "WORKSHOPS_DATA_DIR": str(folder / "data"),
        "WORKSHOPS_KEY_DIR": str(folder / "keys"),
        "PORT": "0",
        **(more or {}),
    }


@contextmanager
def serving(
    folder: Path, command: Sequence[str], more: Mapping[str, str] | None = None
) -> "Iterator[tuple[subprocess.Popen[str], int]]":
    """A server on data and keys in `folder` until the block ends: its process and port."""
    variables = variables_of(folder, more)
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            port = next(int(found[1]) for line in process.stdout if (found := re.search(r"Serving at \S+:(\d+)", line)))
            yield process, port
        finally:
            process.terminate()
