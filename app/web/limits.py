"""What a request may cost: the length of its address, the size of its body, and how often it may come."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import TooLarge, TooLong, TooMany, VariorumError
from app.settings import Settings
from app.web.filters import number, plural
from app.web.limiter import Limiter

MINUTE = 60.0  # seconds
_SUGGESTED = 2  # suggestions for each search: whoever types asks at every letter, and for less than a search finds
Answer = Callable[[Request, VariorumError], Response]


def limiters(chosen: Settings) -> Mapping[str, Limiter]:
    """A limiter for each kind of request that is counted; kinds without a limit are left out."""
    most = {
        "searches": chosen.searches_per_minute,
        "requests for suggestions": chosen.searches_per_minute * _SUGGESTED,
        "checks": chosen.checks_per_minute,
    }
    return {kind: Limiter(count, None, window=MINUTE) for kind, count in most.items() if count}


class Limits:
    """ASGI middleware: answers 414, 413 or 429 before any work is done.

    A body of unknown length is counted as it comes: the view that reads it meets TooLarge.
    """

    def __init__(self, app: ASGIApp, chosen: Settings, limiters: Mapping[str, Limiter], answer: Answer) -> None:
        self.app = app
        self._url, self._body = chosen.max_url_bytes, chosen.max_body_bytes
        self._limiters, self._answer = limiters, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        error = self._too_long(scope) or self._too_large(scope) or self._too_many(scope)
        if error is not None:
            await self._answer(Request(scope), error)(scope, receive, send)
            return
        await self.app(scope, self._counted(receive), send)

    def _too_long(self, scope: Scope) -> VariorumError | None:
        length = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
        if length <= self._url:
            return None
        return TooLong(f"This address has {number(length)} bytes; at most {number(self._url)} are read.", "Shorten it.")

    def _too_large(self, scope: Scope) -> VariorumError | None:
        length = Headers(scope=scope).get("content-length", "0")
        return self._large() if length.isdecimal() and int(length) > self._body else None

    def _large(self) -> TooLarge:
        return TooLarge(f"This request is larger than {number(self._body)} bytes.", "Send less at a time.")

    def _too_many(self, scope: Scope) -> VariorumError | None:
        kind = _kind(scope)
        limiter = self._limiters.get(kind) if kind else None
        client = scope.get("client")
        seconds = limiter.wait(client[0] if client else "") if limiter else 0
        if not seconds:
            return None
        return TooMany(f"Too many {kind} came from your address.", f"Wait {plural(seconds, 'second')}.", seconds)

    def _counted(self, receive: Receive) -> Receive:
        taken = 0

        async def counting() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._body:
                raise self._large()
            return message

        return counting


def _kind(scope: Scope) -> str | None:
    """Which limit a request counts against; lists of quotes count as a search where they are sought by words."""
    name = scope["path"].partition(".")[0]
    if name == "/search" or (name == "/quotes" and "q" in dict(parse_qsl(scope["query_string"].decode("latin-1")))):
        return "searches"
    return {"/suggest": "requests for suggestions", "/check": "checks"}.get(name)
