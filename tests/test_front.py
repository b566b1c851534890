"""The front server that ships: it writes nothing down, ends slow visitors, and lets honest ones through."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.serving import ROOT, running
from workshops.settings import Settings

pytestmark = [pytest.mark.needs("nginx"), pytest.mark.data(only="sqlite")]

CONFIGURATION = ROOT / "deploy" / "nginx.conf"
UNPACKED = ROOT / ".cache" / "nginx" / "usr" / "sbin" / "nginx"
CANARY = "canary-7f3a"
HALF_OPEN = 300


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where nginx may write, were it to write anything."""
    (tmp_path / "front").mkdir()
    return tmp_path / "front"


@pytest.fixture
def front(settings: Settings, folder: Path) -> Iterator[int]:
    """The port of the configuration as it ships, but for names, certificates and paths of this machine."""
    nginx = shutil.which("nginx") or str(UNPACKED)
    with running(settings, WORKSHOPS_TRUSTED_PROXY="true") as address:
        port = _free_port()
        (folder / "nginx.conf").write_text(_for_this_machine(folder, address.rpartition(":")[2].strip("/"), port))
        with subprocess.Popen([nginx, "-p", str(folder), "-c", "nginx.conf", "-g", "daemon off;"]) as process:
            try:
                _wait_for(port)
                yield port
            finally:
                process.terminate()
                process.wait(timeout=20)


def test_pages_come_through_and_nothing_of_who_asks_is_written_down(front: int, folder: Path) -> None:
    headers = {"User-Agent": CANARY, "X-Forwarded-For": "203.0.113.9", "Referer": f"http://127.0.0.1/{CANARY}"}
    for path in ("/", f"/?when={CANARY}", "/place", f"/{CANARY}"):
        _status(front, path, headers=headers)
    _status(front, "/place", headers=headers, body=f"code={CANARY}".encode())

    written = [path for path in folder.rglob("*") if path.is_file()]

    assert _status(front, "/") == 200
    assert {path.name for path in written} == {"nginx.conf", "pid"}
    assert CANARY not in "".join(path.read_text() for path in written)


def test_a_form_of_a_visitor_that_is_too_long_ends_at_the_front(front: int) -> None:
    long = b"code=" + b"1" * 70_000

    visitor, staff = _asked(front, "/place", body=long), _asked(front, "/desk/texts/new", body=long)

    assert (visitor.status, "Content-Security-Policy" in visitor.headers) == (413, False)
    assert "Content-Security-Policy" in staff.headers


def test_an_honest_visitor_comes_through_beside_many_who_never_finish_asking(front: int) -> None:
    with ExitStack() as stack:
        for _ in range(HALF_OPEN):
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", front), timeout=5))
            slow.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-")

        status = _status(front, "/")
        patience = time.monotonic() + 20
        slow.settimeout(20)
        with suppress(ConnectionResetError):
            assert slow.recv(1000) == b""

    assert status == 200
    assert time.monotonic() < patience


def _for_this_machine(folder: Path, app_port: str, port: int) -> str:
    """The shipped file with one plain listener, this folder, and the program's port."""
    text = CONFIGURATION.read_text()
    text = re.sub(r"(?m)^\s*(user|ssl_\w+|add_header|include|server_name) .*\n", "", text)
    text = re.sub(r"server \{\s*listen 80;.*?\n  \}\n", "", text, count=1, flags=re.DOTALL)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};").replace("listen [::]:443 ssl http2;", "")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{app_port}").replace("/run/workshops-nginx.pid", f"{folder}/pid")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own = "\n".join(f"  {kind}_temp_path {folder}/{kind};" for kind in kinds)
    return text.replace("http {", f"http {{\n{own}", 1)


@dataclass(frozen=True)
class Asked:
    status: int
    headers: Message  # only the program's own answers have ours


def _status(port: int, path: str, **more: Any) -> int:
    return _asked(port, path, **more).status


def _asked(port: int, path: str, *, headers: dict[str, str] | None = None, body: bytes | None = None) -> Asked:
    request = Request(f"http://127.0.0.1:{port}{path}", data=body, headers=headers or {})
    try:
        with urlopen(request, timeout=20) as answer:
            return Asked(answer.status, answer.headers)
    except HTTPError as error:
        return Asked(error.code, error.headers)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("nginx does not listen")
