"""The program with a log of everything, as nobody should run it: the control of the canary test."""

import sys
from functools import partial
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workshops.app import create_app
from workshops.serving import serve
from workshops.settings import load_settings


class Talkative:
    """Writes every header, body and answer into the data folder."""

    def __init__(self, app: ASGIApp, file: Path) -> None:
        self._app = app
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._write(str(scope.get("headers")))

        async def heard() -> Message:
            message = await receive()
            self._write(str(message.get("body")))
            return message

        async def said(message: Message) -> None:
            self._write(str(message.get("body")))
            await send(message)

        await self._app(scope, heard, said)

    def _write(self, text: str) -> None:
        with self._file.open("a") as file:
            file.write(text + "\n")


async def welcome(address: str) -> None:
    sys.stdout.write(f"Serving at {address}\n")
    sys.stdout.flush()


def main() -> None:
    settings = load_settings()
    app = create_app(settings)
    talkative = Talkative(app, settings.data_dir / "requests.log")
    serve(talkative, settings, partial(welcome))  # type: ignore[arg-type]  # an application around ours


if __name__ == "__main__":
    main()
