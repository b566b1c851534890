"""Requests run in another task than the lifespan, so each steps inside the database that the lifespan opened."""

from starlette.types import ASGIApp, Receive, Scope, Send


class InDatabase:
    """Make the open database the one that models use while a request is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with scope["state"]["database"].entered():
            await self._app(scope, receive, send)
