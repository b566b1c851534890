"""What stands between the network and the application: slow visitors, a stop in mid-answer, and what is told."""

import resource
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.serving import Served, running, serving
from workshops.settings import Settings
from workshops.web.headers import FIXED

HEAD = b"GET /ready HTTP/1.1\r\nHost: localhost\r\n"
FORM = b"POST /received HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n"


@pytest.fixture
def server(settings: Settings) -> Iterator[Served]:
    with serving(settings, ["tests.hasty"]) as served:
        yield served


@contextmanager
def connection(address: str) -> Iterator[socket.socket]:
    parts = urlsplit(address)
    assert parts.hostname is not None
    assert parts.port is not None
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as opened:
        yield opened


def until_closed(connection: socket.socket) -> bytes:
    """All that comes until the other side ends the connection, one way or another."""
    received = b""
    try:
        while part := connection.recv(65536):
            received += part
    except ConnectionResetError:
        pass
    return received


def until(connection: socket.socket, ending: bytes) -> bytes:
    """One answer on a connection that stays open."""
    received = b""
    while not received.endswith(ending):
        part = connection.recv(65536)
        assert part, received
        received += part
    return received


def ask(address: str, request: bytes) -> bytes:
    with connection(address) as visitor:
        visitor.sendall(request)
        return until_closed(visitor)


def seconds_until_dropped(connection: socket.socket, *, every: float = 0.0, piece: bytes = b"") -> float:
    """How long a visitor is borne with who sends `piece` every so many seconds, if anything."""
    began = time.monotonic()
    connection.settimeout(every or 10)
    while True:
        try:
            if not connection.recv(65536):
                return time.monotonic() - began
        except TimeoutError:
            assert every, "never dropped"
            connection.sendall(piece)
        except ConnectionError:
            return time.monotonic() - began
        assert time.monotonic() - began < 10, "never dropped"


def files_open(server: Served) -> int:
    """How many files and connections the server holds."""
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


@pytest.mark.parametrize(
    "said",
    [b"", b"GET", HEAD, b"\r\n" * 8, HEAD + b"\r\n" + HEAD],
    ids=["nothing", "a word", "half a head", "blank lines", "one request and half of another"],
)
def test_whoever_never_finishes_a_request_is_dropped(said: bytes, server: Served) -> None:
    with connection(server.address) as visitor:
        visitor.sendall(said)

        waited = seconds_until_dropped(visitor)

    assert 0.8 < waited < 4


@pytest.mark.parametrize("begun", [HEAD + b"X-Word: ", FORM], ids=["head", "form"])
def test_a_byte_now_and_then_is_no_excuse(begun: bytes, server: Served) -> None:
    with connection(server.address) as visitor:
        visitor.sendall(begun)

        waited = seconds_until_dropped(visitor, every=0.2, piece=b"a")

    assert 0.8 < waited < 4


def test_blank_lines_between_two_requests_are_no_excuse(server: Served) -> None:
    with connection(server.address) as visitor:
        visitor.sendall(HEAD + b"\r\n")
        until(visitor, b"ready")

        waited = seconds_until_dropped(visitor, every=0.2, piece=b"\r\n")

    assert 0.8 < waited < 4


def test_a_head_without_end_is_dropped_before_it_fills_the_memory(server: Served) -> None:
    sent = 0
    with connection(server.address) as visitor:
        visitor.sendall(HEAD + b"X-Word: ")
        with suppress(ConnectionError):
            while sent < 100_000_000:
                sent += visitor.send(b"a" * 65_536)

    assert sent < 20_000_000  # the network between holds some millions


def test_a_slow_but_honest_visitor_is_answered(server: Served) -> None:
    body = b"a" * 100
    with connection(server.address) as visitor:
        for request in (FORM + body, HEAD + b"\r\n", FORM + body):
            for start in range(0, len(request), len(request) // 4):
                visitor.sendall(request[start : start + len(request) // 4])
                time.sleep(0.1)

            answer = until(visitor, b"100 bytes" if request.startswith(b"POST") else b"ready")

            assert answer.startswith(b"HTTP/1.1 200 OK\r\n")


def test_requests_sent_all_at_once_are_answered_in_turn(server: Served) -> None:
    answers = ask(server.address, FORM + b"a" * 100 + HEAD + b"\r\n" + HEAD + b"Connection: close\r\n\r\n")

    assert answers.count(b"HTTP/1.1 200 OK") == 3
    assert answers.index(b"100 bytes") < answers.index(b"ready") < answers.rindex(b"ready")


def test_an_answer_that_takes_its_time_is_awaited(server: Served) -> None:
    answer = ask(server.address, b"GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert answer.endswith(b"done")


@pytest.mark.parametrize("path", [b"/large", b"/streamed"])
@pytest.mark.parametrize("ending", [b"keep-alive", b"close"])
def test_whoever_takes_no_answer_is_dropped(path: bytes, ending: bytes, server: Served) -> None:
    before = files_open(server)
    with connection(server.address) as visitor:
        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        visitor.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: " + ending + b"\r\n\r\n")
        began = time.monotonic()
        visitor.recv(1)

        while files_open(server) > before:
            time.sleep(0.1)
            assert time.monotonic() - began < 8, "never dropped"

    assert time.monotonic() - began > 0.8


def test_whoever_takes_an_answer_slowly_gets_it_whole(server: Served) -> None:
    with connection(server.address) as visitor:
        visitor.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        received = 0
        while part := visitor.recv(100_000):
            received += len(part)
            time.sleep(0.05)

    assert received > 12_000_000


def test_hundreds_of_half_open_connections_keep_nobody_waiting(server: Served) -> None:
    with ExitStack() as opened:
        for _ in range(400):
            opened.enter_context(connection(server.address)).sendall(HEAD)
        began = time.monotonic()

        answer = ask(server.address, HEAD + b"Connection: close\r\n\r\n")

        assert answer.endswith(b"ready")
        assert time.monotonic() - began < 1


def test_a_system_that_allows_few_connections_is_asked_for_more(settings: Settings) -> None:
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, most))
    try:
        with serving(settings, ["tests.hasty"]) as served:
            asked, _ = resource.prlimit(served.process.pid, resource.RLIMIT_NOFILE)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))

    assert asked == (8192 if most < 0 else min(8192, most))


def stop(process: subprocess.Popen[str], address: str, path: str) -> tuple[bytes, float]:
    """Ask for a page, stop the server while it works on it; the answer and the seconds until the end."""
    assert process.stdout is not None
    with connection(address) as visitor:
        visitor.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert process.stdout.readline() == "working\n"
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        answer = until_closed(visitor)
    process.wait(timeout=15)
    return answer, time.monotonic() - began


def test_a_stop_lets_an_answer_that_is_under_way_be_finished(server: Served) -> None:
    answer, _ = stop(server.process, server.address, "/slow")

    assert answer.endswith(b"done")
    assert server.process.returncode == -signal.SIGTERM


def test_a_stop_waits_no_longer_than_its_grace(server: Served) -> None:
    answer, waited = stop(server.process, server.address, "/endless")

    assert b"200 OK" not in answer
    assert 2 < waited < 8


def test_a_stop_waits_for_nobody_who_only_holds_a_connection(server: Served) -> None:
    with connection(server.address) as idle, connection(server.address) as half:
        idle.sendall(HEAD + b"\r\n")
        until(idle, b"ready")
        half.sendall(HEAD)
        began = time.monotonic()

        server.process.send_signal(signal.SIGTERM)
        server.process.wait(timeout=15)

    assert time.monotonic() - began < 2


def test_no_answer_names_the_server(settings: Settings) -> None:
    with running(settings) as address:
        answers = [
            ask(address, request + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            for request in (b"GET / HTTP/1.1", b"GET /nowhere HTTP/1.1", b"BREW / HTTP/1.1", b"no request at all")
        ]

    assert [answer.split(b"\r\n", 1)[0].split(b" ")[1] for answer in answers] == [b"200", b"404", b"400", b"400"]
    for answer in answers:
        head = answer.split(b"\r\n\r\n")[0].lower()
        assert b"\r\nserver:" not in head
        assert b"uvicorn" not in answer.lower()


@pytest.mark.long
def test_the_programs_own_patience_has_an_end(settings: Settings) -> None:
    with running(settings) as address, connection(address) as visitor:
        visitor.settimeout(20)
        visitor.sendall(HEAD)
        began = time.monotonic()

        assert until_closed(visitor) == b""

    assert 9 < time.monotonic() - began < 15


@pytest.mark.parametrize("request_", [b"FOO / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET\r\n\r\n", b"\0\xff\r\n\r\n"])
def test_what_is_no_request_is_answered_with_the_headers_of_every_answer(server: Served, request_: bytes) -> None:
    head, _, body = ask(server.address, request_).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 400 ")
    assert body == b"This request does not read.\n"
    for name, value in FIXED.items():
        assert f"\r\n{name}: {value}\r\n".encode() in head + b"\r\n"
    assert b"uvicorn" not in head
