"""Serving: one web process, its address told, nothing logged of who asks."""

import asyncio
import logging
import resource
import socket
from collections.abc import Awaitable, Callable

import uvicorn
from starlette.applications import Starlette

from workshops.errors import CannotStart
from workshops.patience import Patient
from workshops.settings import Settings

GRACE_SECONDS = 10
KEEP_ALIVE_SECONDS = 15
TICKS_A_SECOND = 10  # of uvicorn's
MOST_OPEN = 8192  # connections and files at once; systems often allow 1024 unless asked


class Server(uvicorn.Server):
    """uvicorn, saying where it listens once it does, and ending connections that keep it waiting."""

    def __init__(self, config: uvicorn.Config, welcome: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(config)
        self._welcome = welcome

    async def startup(self, sockets: object = None) -> None:
        await super().startup(sockets)  # type: ignore[arg-type]  # uvicorn's own argument, passed on as it came
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            await self._welcome(address_of(host, port))

    async def on_tick(self, counter: int) -> bool:
        if counter % TICKS_A_SECOND == 0:
            now = asyncio.get_running_loop().time()
            for each in tuple(self.server_state.connections):
                assert isinstance(each, Patient)
                each.end_if_late(now)
        return await super().on_tick(counter)


def address_of(host: str, port: int) -> str:
    """The address of a host as browsers open it: one with colons stands in brackets.

    Source: RFC 3986, 3.2.2.
    """
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(app: Starlette, settings: Settings, welcome: Callable[[str], Awaitable[None]]) -> None:
    """Serve until told to stop.

    Raises:
        CannotStart: the application says why, or the port is taken.
    """
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # its lines hold addresses of visitors
    _allow_many_connections()
    config = uvicorn.Config(
        app,
        http=Patient,
        host=settings.host,
        port=settings.port,
        lifespan="on",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = Server(config, welcome)
    try:
        server.run()
    except SystemExit:
        raise CannotStart(_why_not(settings.host, settings.port)) from None
    fault = getattr(app.state, "cannot_start", None)
    if fault is not None:
        raise fault
    if not server.started:
        raise CannotStart("the program stopped before it had started")


def _why_not(host: str, port: int) -> str:
    """Which of the two settings is the reason that nothing could be listened on."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.bind(address)  # on any port
    except OSError as error:
        return f"WORKSHOPS_HOST: this machine has no address {host} ({error.strerror}); take 127.0.0.1 or one it has"
    return f"PORT: {port} cannot be listened on; is something else serving there?"


def _allow_many_connections() -> None:
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= allowed < MOST_OPEN:
        resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_OPEN if most < 0 else min(MOST_OPEN, most), most))
