"""What a connection may send until it is answered, a head of bounded length within a bounded time, and how long it may
leave an answer untaken."""

import socket
from asyncio import BaseTransport, TimerHandle, Transport
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.settings import settings

_HEADERS = 64_000  # bytes of a head, besides those that its address may have
_SECONDS = 10.0  # between two looks at a connection
_UNTAKEN = 300  # seconds that a reader's window may stay shut: it does too while one takes very little
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class BoundedProtocol(HttpToolsProtocol):
    """Uvicorn's HTTP, which keeps what it was sent of a head without limit, and waits for the rest for ever.

    A connection is closed where more bytes came than a head may have, without a head being complete or a body going
    on (lines after a body count too), where one look after the other finds it without a request: none is complete
    within 10 to 20 seconds, and none is being answered, and, by Linux itself (tcp(7), TCP_USER_TIMEOUT), where a reader
    neither goes away nor takes what it asked for, or next to nothing of it. One timer for a connection is enough.
    """

    _timer: TimerHandle

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._most = settings().max_url_bytes + _HEADERS
        self._waiting = 0  # bytes that came since a head was complete, or a piece of a body
        self._answered: object = self  # the request answered last, where the last look found none under way

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(cast(Transport, transport))
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            connection: socket.socket = transport.get_extra_info("socket")
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNTAKEN * 1000)
        self._timer = self.loop.call_later(_SECONDS, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        before = self.cycle
        self._waiting += len(data)
        super().data_received(data)
        if self.cycle is not before:
            self._waiting = 0
        elif self._waiting > self._most:
            self._refuse()

    def on_body(self, body: bytes) -> None:
        self._waiting = 0
        super().on_body(body)

    def _look(self) -> None:
        idle = self._is_idle()
        if idle and self._answered is self.cycle:
            self.transport.close()
            return
        self._answered = self.cycle if idle else self
        self._timer = self.loop.call_later(_SECONDS, self._look)

    def _refuse(self) -> None:
        if self._is_idle() and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
        self.transport.close()

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete
