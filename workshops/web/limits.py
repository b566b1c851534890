"""How much may be sent: whoever sends more is answered with a page, whether or not they said so beforehand."""

from starlette.middleware.body_limit import RequestBodyLimitResponder
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Refuse bodies of more than `most` bytes where they are read; a route may set another limit."""

    def __init__(self, app: ASGIApp, *, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await Limited(self._app, self._most)(scope, receive, send)


class Limited(RequestBodyLimitResponder):
    """Starlette's limit, without the bare line that it puts in the place of our page where the length was announced."""

    async def send_with_limit(self, message: Message) -> None:
        self.response_started = self.response_started or message["type"] == "http.response.start"
        await self.send(message)
