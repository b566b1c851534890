"""Whole registrations a second, beside the least that could be done for one.

One registration is three requests on a connection that stays open: the form, the press that takes the place, and
a look at it with its number. The bare application answers the same three requests with as many bytes. Its press is
one transaction with the two statements without which no seat can be given, the conditional UPDATE and an INSERT,
through Tortoise, on our backends. So the ratio is the price of everything else: forms that cannot be forged,
budgets, codes that are derived and digested, queues that are settled at each look, pages in many languages.
"""

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench_serving import PYTHON, ROOT, serving, variables_of, work

sys.path.insert(0, str(ROOT))
from tests.postgres import running_server

ROUNDS = 7
SECONDS = 2.0  # of each round
VISITORS = (1, 16)
PLENTY = {"WORKSHOPS_SESSION_BUDGET": "1000000000", "WORKSHOPS_SITE_BUDGET": "1000000000"}
SESSION = "bench0000000"
DURABLE = ("listen_addresses=", "max_connections=60")  # unlike in tests every commit reaches the disk, as on SQLite

# One coming evening with more seats than can be taken meanwhile.
FILL = """
import asyncio
from datetime import timedelta
from workshops.clock import utc_now
from workshops.database.connection import open_database
from workshops.database.migrate import migrate
from workshops.schedule.models import Area, Session, Venue
from workshops.settings import load_settings

async def fill():
    settings, now = load_settings(), utc_now()
    await migrate(settings)
    async with open_database(settings):
        venue = await Venue.create(name="Room", area=await Area.create(label="Harbour"), zone="UTC")
        times = {"starts_at": now + timedelta(days=5), "ends_at": now + timedelta(days=5, hours=2), "modified_at": now}
        seats = {"capacity": 10**8, "registrable": 10**8, "queue_limit": 10}
        words = {"curriculum": "know-your-rights", "language": "en", "state": "published"}
        await Session.create(id="bench0000000", venue=venue, **times, **seats, **words)

asyncio.run(fill())
"""

BARE = """
import secrets
from contextlib import asynccontextmanager
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route
from tortoise.expressions import F
from workshops.database.connection import open_database, transaction
from workshops.registration.models import Registration
from workshops.schedule.models import Session
from workshops.serving import serve
from workshops.settings import load_settings
from workshops.web.inside import InDatabase

settings = load_settings()

def page(text):
    return Response(text.encode().ljust(16384), media_type="text/html")

async def form(request):
    return page('<input name="nonce" value="nonce">')

async def take(request):
    await request.form()
    async with transaction():
        free = Session.filter(id=request.path_params["id"], waiting=0, taken__lt=F("registrable"))
        assert await free.update(taken=F("taken") + 1)
        await Registration.create(digest=secrets.token_hex(32), key_id="c1")
    return page("<span>1234</span>" * 4)

async def look(request):
    await request.form()
    return page("confirmed")

async def welcome(address):
    print("Serving at", address, flush=True)

@asynccontextmanager
async def lifespan(app):
    async with open_database(settings) as database:
        yield {"database": database}

path = "/sessions/{id}/take"
routes = [Route(path, form), Route(path, take, methods=["POST"]), Route("/place", look, methods=["POST"])]
serve(Starlette(routes=routes, middleware=[Middleware(InDatabase)], lifespan=lifespan), settings, welcome)
"""


def places(folder: Path) -> None:
    """Measure on SQLite and on PostgreSQL, one process each, for one visitor and for many."""
    _beside("SQLite", folder / "sqlite", {}, {})
    with running_server(DURABLE) as server:
        ours, bare = ({"WORKSHOPS_DATABASE_URL": server.create(name)} for name in ("ours", "bare"))
        _beside("PostgreSQL", folder / "postgresql", ours, bare)


def _beside(database: str, folder: Path, ours: Mapping[str, str], bare: Mapping[str, str]) -> None:
    with ExitStack() as stack:
        commands = {"places": ([PYTHON, "-m", "workshops", "serve"], ours), "bare": ([PYTHON, "-c", BARE], bare)}
        servers = {}
        for name, (command, on) in commands.items():
            more = {**on, **PLENTY}
            (folder / name).mkdir(parents=True)
            subprocess.run([PYTHON, "-c", FILL], cwd=ROOT, env=variables_of(folder / name, more), check=True)
            servers[name] = stack.enter_context(serving(folder / name, command, more))
            asyncio.run(_rush(*servers[name], 1, seconds=0.5))  # some is loaded when it is asked for first
        for visitors in VISITORS:
            rounds = [
                {name: asyncio.run(_rush(process, port, visitors)) for name, (process, port) in servers.items()}
                for _ in range(ROUNDS)
            ]
            _tell(f"{database}, {visitors} at once", rounds)


def _tell(what: str, rounds: Sequence[Mapping[str, Sequence[float]]]) -> None:
    for name in ("places", "bare"):
        rate, p99, slowest, worked = (median(column) for column in zip(*(each[name] for each in rounds), strict=True))
        print(
            f"{what}: {name:>6}: {rate:5.0f} registrations a second, {worked * 1e3:5.2f} ms of work for one; "
            f"99 % of requests within {p99 * 1e3:3.0f} ms, of registrations within {slowest * 1e3:3.0f} ms"
        )
    print(f"{what}:  ratio: {median(each['places'][0] / each['bare'][0] for each in rounds):.2f}")


async def _rush(
    process: "subprocess.Popen[str]", port: int, visitors: int, *, seconds: float = SECONDS
) -> Sequence[float]:
    """Registrations a second, seconds of all but 1 % of requests and of registrations, and seconds of work for one."""
    requests: list[float] = []
    whole: list[float] = []
    began, worked = time.perf_counter(), work(process.pid)
    await asyncio.gather(*(_visitor(port, began + seconds, requests, whole) for _ in range(visitors)))
    lasted = time.perf_counter() - began
    return len(whole) / lasted, _p99(requests), _p99(whole), (work(process.pid) - worked) / len(whole)


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[len(times) * 99 // 100]


async def _visitor(port: int, ends: float, requests: list[float], whole: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)

    async def ask(path: str, form: str = "") -> str:
        began = time.perf_counter()
        head = f"{'POST' if form else 'GET'} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(form)}\r\n"
        writer.write(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}".encode())
        received = await reader.readuntil(b"\r\n\r\n")
        assert received.startswith(b"HTTP/1.1 200 "), received
        length = re.search(rb"(?i)content-length: (\d+)", received)
        assert length
        body = await reader.readexactly(int(length[1]))
        requests.append(time.perf_counter() - began)
        return body.decode()

    while (began := time.perf_counter()) < ends:
        nonce = (await ask(f"/sessions/{SESSION}/take")).partition('name="nonce" value="')[2].partition('"')[0]
        receipt = await ask(f"/sessions/{SESSION}/take", f"nonce={nonce}")
        code = "".join(re.findall(r"<span>(\d{4})</span>", receipt))
        assert "confirmed" in await ask("/place", f"code={code}")
        whole.append(time.perf_counter() - began)
    writer.close()
