"""The front server that ships: it writes nothing down, ends slow visitors, and lets honest ones through."""

import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

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
    """The port of the configuration as it ships, but for names, paths and a certificate of this machine."""
    nginx = shutil.which("nginx") or str(UNPACKED)
    with running(settings, WORKSHOPS_TRUSTED_PROXY="true") as address:
        port = _free_port()
        _certify(folder)
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
    assert {path.name for path in written} == {"nginx.conf", "pid", "evenings.pem", "evenings.key"}
    assert CANARY not in "".join(path.read_text() for path in written)


def test_it_speaks_tls_as_it_ships_and_tells_browsers_to_keep_to_it(front: int) -> None:
    with socket.create_connection(("127.0.0.1", front), timeout=5) as plain, TRUSTING.wrap_socket(plain) as secured:
        version, ticket = secured.version(), secured.session

    assert version in {"TLSv1.2", "TLSv1.3"}
    assert ticket is None or not ticket.has_ticket
    assert _asked(front, "/").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_form_of_a_visitor_that_is_too_long_ends_at_the_front(front: int) -> None:
    long = b"code=" + b"1" * 70_000

    visitor, staff = _asked(front, "/place", body=long), _asked(front, "/desk/texts/new", body=long)

    assert (visitor.status, "Content-Security-Policy" in visitor.headers) == (413, False)
    assert "Content-Security-Policy" in staff.headers


def test_an_honest_visitor_comes_through_beside_many_who_never_finish_asking(front: int) -> None:
    with ExitStack() as stack:
        for _ in range(HALF_OPEN):
            slow = TRUSTING.wrap_socket(socket.create_connection(("127.0.0.1", front), timeout=5))
            stack.callback(slow.close)
            slow.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-")

        status = _status(front, "/")
        patience = time.monotonic() + 20
        slow.settimeout(20)
        with suppress(ConnectionResetError, ssl.SSLError):
            assert slow.recv(1000) == b""

    assert status == 200
    assert time.monotonic() < patience


def _for_this_machine(folder: Path, app_port: str, port: int) -> str:
    """The shipped file with one listener, this folder, its certificate, and the program's port."""
    text = CONFIGURATION.read_text()
    text = re.sub(r"(?m)^\s*(user|include) .*\n", "", text).replace("/etc/ssl/evenings", f"{folder}/evenings")
    text = re.sub(r"server \{\s*listen 80;.*?\n  \}\n", "", text, count=1, flags=re.DOTALL)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;").replace(
        "listen [::]:443 ssl http2;", ""
    )
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
    request = Request(f"https://127.0.0.1:{port}{path}", data=body, headers=headers or {})
    try:
        with urlopen(request, timeout=20, context=TRUSTING) as answer:
            return Asked(answer.status, answer.headers)
    except HTTPError as error:
        return Asked(error.code, error.headers)


def _certify(folder: Path) -> None:
    """A certificate that only this test trusts."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "front")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(now + timedelta(1))
    (folder / "evenings.pem").write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "evenings.key").write_bytes(kept)


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


TRUSTING = _trusting()


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
