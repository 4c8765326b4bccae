"""Answers in gzip for readers who take it: by igzip, for zlib takes four times as long to make pages as small."""

from isal import isal_zlib
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.wanted import takes_gzip

_SMALL = 1000  # bytes: a shorter answer is sent as it is
_GZIP = 16 + isal_zlib.MAX_WBITS  # the format, with the window that every reader has
_PACKED = "image/png"  # all else that is sent here is text


class Gzipped:
    """ASGI middleware: packs whole answers at once, and those that come in pieces piece by piece."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, _Sending(scope, send) if scope["type"] == "http" else send)


class _Sending:
    """Sends one answer on; its start is held until the body begins, for what it says depends on that."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self._start: Message | None = None
        self._packer: isal_zlib.Compress | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _may_be_packed(message):
            self._start = message
            return
        if message["type"] == "http.response.body":
            if self._start is not None:
                message = self._first(self._start, message)
                await self._send(self._start)
                self._start = None
            elif self._packer is not None:
                message = {**message, "body": _packed(self._packer, message)}
        await self._send(message)

    def _first(self, start: Message, message: Message) -> Message:
        """The body's first piece or the whole, packed where it is worth it; what starts the answer then says so."""
        whole = not message.get("more_body")
        if whole and len(message.get("body", b"")) < _SMALL:
            return message
        headers = MutableHeaders(raw=start["headers"])
        headers.add_vary_header("Accept-Encoding")
        if not takes_gzip(self._scope["headers"]):
            return message
        self._packer = isal_zlib.compressobj(wbits=_GZIP)
        packed = _packed(self._packer, message)
        headers["Content-Encoding"] = "gzip"
        del headers["Accept-Ranges"]  # ranges are those of the file as it is
        if headers.get("ETag", "").startswith('"'):
            headers["ETag"] = f"W/{headers['ETag']}"  # the same content, and not the same bytes
        if whole:
            headers["Content-Length"] = str(len(packed))
        else:
            del headers["Content-Length"]
        return {**message, "body": packed}


def _may_be_packed(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return start["status"] != 206 and "content-encoding" not in headers and headers.get("content-type") != _PACKED


def _packed(packer: isal_zlib.Compress, message: Message) -> bytes:
    more = message.get("more_body")
    data = packer.compress(message.get("body", b""))
    return data + packer.flush(isal_zlib.Z_SYNC_FLUSH if more else isal_zlib.Z_FINISH)
