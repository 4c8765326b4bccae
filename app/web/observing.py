"""One line of log and one count for each request: what was asked in general, never by whom or in which words."""

import logging
import re
from random import getrandbits
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.metrics import Metrics
from app.web.routing import ids, route_of

LOG = logging.getLogger("variorum.requests")
HEADER = "x-request-id"
_RAW = HEADER.encode()
_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")
_PROBES = ("/healthz", "/readyz", "/metrics")


class Observed:
    """ASGI middleware: gives each request an id (or takes a sane X-Request-ID), counts it and logs it."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = _request_id(scope)
        state["error"] = state["reason"] = None
        started, status = perf_counter(), 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (_RAW, state["request_id"].encode())]
            await send(message)

        self._metrics.begin()
        try:
            await self.app(scope, receive, send_with_id)
        finally:
            self._note(scope, status, perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        state = scope["state"]
        route, parameters = route_of(scope)
        self._metrics.end(route, status, seconds, state["error"])
        values = {
            "request": state["request_id"],
            "method": scope["method"],
            "route": route,
            **ids(parameters),
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
        }
        if state["error"]:
            values["error"] = state["error"]
        if state["reason"]:
            values["reason"] = state["reason"]
        level = logging.DEBUG if route in _PROBES and status < 400 else logging.INFO if status < 500 else logging.ERROR
        LOG.log(level, "request", extra={"values": values})


def _request_id(scope: Scope) -> str:
    given = next((value.decode("latin-1") for name, value in scope["headers"] if name == _RAW), "")
    return given if _SANE.fullmatch(given) else f"{getrandbits(64):016x}"
