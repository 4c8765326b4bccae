"""HEAD for every address that answers GET: the same status and headers, and no body."""

from contextlib import suppress

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class _Enough(OSError):
    """What a server raises where nobody reads on: whatever makes the body ends with it."""


class HeadAsGet:
    """ASGI middleware: what is inside is asked by GET, and ends where the body begins, however long that would be."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def without_body(message: Message) -> None:
            if message["type"] != "http.response.body":
                await send(message)
                return
            await send({"type": "http.response.body", "body": b""})
            raise _Enough

        if scope["type"] == "http" and scope["method"] == "HEAD":
            with suppress(_Enough, ClientDisconnect):
                await self.app({**scope, "method": "GET"}, receive, without_body)
        else:
            await self.app(scope, receive, send)
