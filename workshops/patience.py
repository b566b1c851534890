"""How long the server waits for a visitor: a group without a front server has nobody else to end slow connections."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10.0  # for all the lines before a body, from the first moment of waiting for them
HEAD_BYTES = 64 * 1024
BODY_SECONDS = 30.0  # for a whole form; 64 KB through a bad phone connection take that long
ANSWER_SECONDS = 60.0  # in which a visitor takes the rest of an answer, or at least
ANSWER_BYTES = 16 * 1024


class Patient(HttpToolsProtocol):
    """uvicorn's side of a connection, with an end to every wait; uvicorn's own end only the wait between requests."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request_due: asyncio.TimerHandle | None = None
        self._answer_due: asyncio.TimerHandle | None = None
        self._unsent = 0  # bytes, when the wait for an answer to be taken began
        self._head: int | None = 0  # bytes of it so far; None once it is whole

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._request_within(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._request_within(None)
        self._stop_waiting_to_send()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._request_due is None and self.cycle is not None and self.cycle.response_complete:
            self._head = 0  # whatever this begins, even with blank lines that begin nothing
            self._request_within(HEAD_SECONDS)
        super().data_received(data)
        if self._head is not None:
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self.transport.abort()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head = 0
        self._request_within(HEAD_SECONDS)

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._head = None
        self._request_within(BODY_SECONDS)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._request_within(None)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait_to_send()  # the application has given all; the visitor has not yet taken it

    def pause_writing(self) -> None:
        super().pause_writing()
        self._wait_to_send()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_waiting_to_send()

    def _request_within(self, seconds: float | None) -> None:
        if self._request_due is not None:
            self._request_due.cancel()
        self._request_due = None if seconds is None else self.loop.call_later(seconds, self.transport.abort)

    def _wait_to_send(self) -> None:
        self._stop_waiting_to_send()
        self._unsent = self.transport.get_write_buffer_size()
        self._answer_due = self.loop.call_later(ANSWER_SECONDS, self._end_unless_taken)

    def _stop_waiting_to_send(self) -> None:
        if self._answer_due is not None:
            self._answer_due.cancel()
            self._answer_due = None

    def _end_unless_taken(self) -> None:
        unsent = self.transport.get_write_buffer_size()
        if unsent > max(0, self._unsent - ANSWER_BYTES):
            self.transport.abort()
        elif unsent:
            self._wait_to_send()
