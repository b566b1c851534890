import base64
import contextlib
import io
import os
import resource
import socket
import sys
from pathlib import Path

import anyio
import pikepdf
import pytest
from anyio import to_process

from workshops.handouts.press import Press, PrintUnavailable
from workshops.handouts.worker import MEMORY, MOST_PAGES, NotRendered, render

pytestmark = pytest.mark.needs("prints")

SMALL = "<html lang=en><title>Small</title><p>Good evening"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect id="a" width="9" height="9" fill="#369"/></svg>'
)
DATA = "data:image/svg+xml;base64," + base64.b64encode(PICTURE.encode()).decode()
WAYS = (  # in which a page can ask for something else
    "<img alt=a src='%(there)s'>",
    "<object data='%(there)s'></object>",
    "<embed src='%(there)s'>",
    "<link rel=stylesheet href='%(there)s'>",
    "<link rel=attachment href='%(there)s'>",
    "<a rel=attachment href='%(there)s'>b</a>",
    "<style>@import url('%(there)s');</style>",
    "<style>@font-face { font-family: x; src: url('%(there)s') } p { font-family: x }</style>",
    "<style>p { background: url('%(there)s') }</style>",
    "<style>p { list-style-image: url('%(there)s'); display: list-item }</style>",
    "<style>p::before { content: url('%(there)s') }</style>",
    "<svg width=9 height=9><image href='%(there)s' width=9 height=9 /></svg>",
    "<svg width=9 height=9><use href='%(there)s#a' /></svg>",
)
SLOW = "<html lang=en><title>Slow</title>" + "<table>" + "<tr><td>a<td>b<td>c" * 30_000


async def test_a_print_that_takes_too_long_is_killed_and_the_next_one_works() -> None:
    worker = await to_process.run_sync(os.getpid)

    with pytest.raises(PrintUnavailable):
        await Press(seconds=2).pdf(SLOW)

    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
    assert (await Press().pdf(SMALL)).startswith(b"%PDF-")


async def test_a_worker_that_went_home_is_replaced() -> None:
    press = Press()
    await press.pdf(SMALL)
    with pytest.raises(anyio.BrokenWorkerProcess):
        await to_process.run_sync(os._exit, 0)

    assert (await press.pdf(SMALL)).startswith(b"%PDF-")


async def test_a_worker_that_dies_while_idle_is_replaced() -> None:
    press = Press()
    await press.pdf(SMALL)
    worker = await to_process.run_sync(os.getpid)
    os.kill(worker, 14)  # what its own alarm does when nobody prints

    assert (await press.pdf(SMALL)).startswith(b"%PDF-")
    assert await to_process.run_sync(os.getpid) != worker


async def test_a_print_with_too_many_pages_is_refused() -> None:
    pages = "<p style='break-after: page'>a" * (MOST_PAGES + 1)

    with pytest.raises(PrintUnavailable):
        await Press().pdf(f"<html lang=en><title>Long</title>{pages}")


async def test_the_worker_has_limits_and_the_program_itself_has_none() -> None:
    await Press().pdf(SMALL)

    soft, _ = await to_process.run_sync(limit_of_memory)

    assert soft == MEMORY
    assert limit_of_memory()[0] != MEMORY


async def test_of_a_failure_only_its_kind_leaves_the_worker() -> None:
    with pytest.raises(NotRendered) as caught:
        await to_process.run_sync(
            render, "<title>a secret</title>" + "<p style='break-after: page'>b" * (MOST_PAGES + 1)
        )

    assert caught.value.args == ("ValueError",)


async def test_same_input_gives_same_bytes_in_two_processes() -> None:
    first = await Press().pdf(SMALL)
    program = "import sys; from workshops.handouts.worker import render; sys.stdout.buffer.write(render(sys.argv[1]))"
    second = await anyio.run_process([sys.executable, "-c", program, SMALL])

    assert second.stdout == first


async def test_the_worker_reaches_no_file_and_no_network(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text(PICTURE)
    printed = 0
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        web = f"http://127.0.0.1:{server.getsockname()[1]}/x.svg"
        for attempt in (way % {"there": each} for way in WAYS for each in (secret.as_uri(), str(secret), web, DATA)):
            with contextlib.suppress(PrintUnavailable):
                body = await Press().pdf(f"<html lang=en><title>Hostile</title><p>a</p>{attempt}")
                printed += 1
                assert foreign(body) == set(), attempt
        with pytest.raises(BlockingIOError):
            server.accept()
    assert printed > 2 * len(WAYS)


def foreign(body: bytes) -> set[str]:
    """Whatever of a print can only have come from elsewhere."""
    with pikepdf.open(io.BytesIO(body)) as pdf:
        found = {
            str(each.get("/Subtype")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)
        }
        found |= {"names"} if "/Names" in pdf.Root else set()
        painted = b"".join(page.Contents.read_bytes() for page in pdf.pages)
        found |= {"colour"} if b"0.2 0.4 0.6" in painted else set()
    return found & {"/Image", "/Form", "/FileAttachment", "names", "colour"}


def limit_of_memory() -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_AS)
