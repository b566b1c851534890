"""A small application on the program's server, whose patience is a second where the program's is a minute."""

import asyncio
import sys

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from workshops import patience, serving
from workshops.settings import load_settings

LARGE = b"-" * 12_000_000


async def ready(_: Request) -> Response:
    return PlainTextResponse("ready")


async def received(request: Request) -> Response:
    return PlainTextResponse(f"{len(await request.body())} bytes")


async def slow(_: Request) -> Response:
    print("working", flush=True)  # noqa: T201 (for the test to hear)
    await asyncio.sleep(2)
    return PlainTextResponse("done")


async def endless(_: Request) -> Response:
    print("working", flush=True)  # noqa: T201 (for the test to hear)
    await asyncio.sleep(3600)
    return PlainTextResponse("never")


async def large(_: Request) -> Response:
    return Response(LARGE)


async def streamed(_: Request) -> Response:
    return StreamingResponse(iter([LARGE, LARGE]))


async def welcome(address: str) -> None:
    sys.stdout.write(f"Serving at {address}\n")
    sys.stdout.flush()


def main() -> None:
    patience.HEAD_SECONDS = patience.BODY_SECONDS = patience.ANSWER_SECONDS = 1.0
    serving.GRACE_SECONDS = 3
    routes = [Route(f"/{each.__name__}", each) for each in (ready, slow, endless, large, streamed)]
    app = Starlette(routes=[*routes, Route("/received", received, methods=["POST"])])
    serving.serve(app, load_settings(), welcome)


if __name__ == "__main__":
    main()
