"""How long the server waits for a visitor: a group without a front server has nobody else to end slow connections."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from workshops.web.headers import FIXED

NO_REQUEST_SAID = "This request does not read.\n"
NO_REQUEST = {
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": str(len(NO_REQUEST_SAID)),
    "Cache-Control": "no-store",
    "Connection": "close",
    **FIXED,
    "X-Robots-Tag": "noindex",
}
HEAD_SECONDS = 10.0  # for all the lines before a body, from the first moment of waiting for them
HEAD_BYTES = 64 * 1024
BODY_SECONDS = 30.0  # for a whole form; 64 KB through a bad phone connection take that long
ANSWER_SECONDS = 60.0  # in which a visitor takes the rest of an answer, or at least
ANSWER_BYTES = 16 * 1024


class Patient(HttpToolsProtocol):
    """uvicorn's side of a connection, with an end to every wait; uvicorn's own end only the wait between requests.

    Nothing is timed for each request, which would cost more than reading it: the server calls
    `end_if_late` once a second.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head: int | None = 0  # bytes of it so far; None once it is whole
        self._request_due: float | None = None
        self._answer_due: float | None = None
        self._unsent = 0  # bytes, when the wait for an answer to be taken began

    def end_if_late(self, now: float) -> None:
        """End this connection if the visitor has kept it waiting; `now` is the event loop's time in seconds."""
        unsent = self.transport.get_write_buffer_size()
        if self._request_due is not None and now > self._request_due:
            self.transport.abort()
        elif not unsent:
            self._answer_due = None
        elif self._answer_due is None or (now > self._answer_due and unsent <= self._unsent - ANSWER_BYTES):
            self._answer_due, self._unsent = now + ANSWER_SECONDS, unsent
        elif now > self._answer_due:
            self.transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        if self._request_due is None and self.cycle is not None and self.cycle.response_complete:
            self._await_head()  # blank lines end the wait between requests, though they begin none
        super().data_received(data)
        if self._head is not None:
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self.transport.abort()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 (uvicorn's own sentence)
        """Answer what is no request, or one by a method that HTTP does not know, with the headers of every answer."""
        headers = "".join(f"{name}: {value}\r\n" for name, value in NO_REQUEST.items())
        self.transport.write(f"HTTP/1.1 400 Bad Request\r\n{headers}\r\n{NO_REQUEST_SAID}".encode())
        self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._await_head()

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._head = None
        self._request_due = self.loop.time() + BODY_SECONDS

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._request_due = None

    def _await_head(self) -> None:
        self._head = 0
        self._request_due = self.loop.time() + HEAD_SECONDS
