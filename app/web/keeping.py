"""Pages that did not change: told so (304) by the version of the data, or sent again as they were made."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.store.data_version import Version, VersionReader
from app.web.metrics import Metrics
from app.web.wanted import by_htmx, takes_gzip

_VARY = "HX-Request, HX-Request-Type, Accept-Encoding"
_NEVER = ("/static/", "/healthz", "/readyz", "/metrics")
_OF_QUOTES = ("/quotes/", "/share/quotes/", "/around/quotes/")  # what stands there changes only where quotes do
_LARGEST = 256_000  # bytes of one page
_OVERHEAD = 1_000  # bytes that headers and keys take, at most


@dataclass(frozen=True, slots=True)
class _Kept:
    start: Message
    body: Message
    routed: Mapping[str, object]  # what log and metrics name it by


class Keeper:
    """Finished answers of one worker by their ETag, those used last; never more than `most` bytes."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def find(self, etag: str) -> _Kept | None:
        """The answer under this ETag."""
        if etag not in self._kept:
            return None
        self._kept.move_to_end(etag)
        return self._kept[etag]

    def keep(self, etag: str, start: Message, body: Message, routed: Mapping[str, object]) -> None:
        """Keep an answer, and let go of those used least lately."""
        if etag in self._kept or len(body["body"]) > _LARGEST:
            return
        self._kept[etag] = _Kept(start, body, routed)
        self._bytes += _size(body)
        while self._bytes > self._most:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= _size(oldest.body)


class Revalidated:
    """ASGI middleware: an ETag on every page that was found, 304 where the reader has it, kept pages at once.

    The tag is made of the version of the data, read before the page is: a page may be newer than its tag says, never
    older. It also covers the build and the settings, the address, and what pages read of the request.
    """

    def __init__(self, app: ASGIApp, reader: VersionReader, keeper: Keeper, metrics: Metrics, build: bytes) -> None:
        self.app = app
        self._reader, self._keeper, self._metrics, self._build = reader, keeper, metrics, build

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] == "GET"
        version = await self._version() if asked and not scope["path"].startswith(_NEVER) else None
        if version is None:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        etag = self._etag(scope, headers, version)
        kept = self._keeper.find(etag)
        if etag in headers.get("if-none-match", ""):
            self._metrics.page("not modified")
            await _not_modified(etag, send)
        elif kept:
            self._metrics.page("kept")
            scope.update(kept.routed)
            await send({**kept.start, "headers": list(kept.start["headers"])})
            await send(dict(kept.body))
        else:
            self._metrics.page("made")
            await self.app(scope, receive, _Sending(scope, send, self._keeper, etag))

    async def _version(self) -> Version | None:
        return self._reader.read() if self._reader.instant else await run_in_threadpool(self._reader.read)

    def _etag(self, scope: Scope, headers: Headers, version: Version) -> str:
        documents, quotes = version
        parts = (
            str(quotes if scope["path"].startswith(_OF_QUOTES) else documents),
            scope["scheme"],
            scope.get("raw_path") or scope["path"].encode(),
            scope["query_string"],
            headers.get("host", ""),
            str(by_htmx(headers)),
            headers.get("hx-request-type", ""),
            str(headers.get("hx-source", "").startswith("input#q")),
            str(takes_gzip(scope["headers"])),
        )
        digest = blake2b(self._build, digest_size=12)
        for part in parts:
            data = part if isinstance(part, bytes) else part.encode()
            digest.update(len(data).to_bytes(4) + data)
        return f'W/"{digest.hexdigest()}"'


class _Sending:
    """Sends an answer on with its ETag, and keeps it where it is a page, and whole."""

    def __init__(self, scope: Scope, send: Send, keeper: Keeper, etag: str) -> None:
        self._scope, self._send, self._keeper, self._etag = scope, send, keeper, etag
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._begin(message)
        elif self._start is not None and message["type"] == "http.response.body":
            if not message.get("more_body"):
                routed = {name: self._scope[name] for name in ("route", "path_params") if name in self._scope}
                self._keeper.keep(self._etag, self._start, {**message, "body": message.get("body", b"")}, routed)
            self._start = None
        await self._send(message)

    def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        if message["status"] != 200 or "etag" in headers:
            return
        headers["ETag"] = self._etag
        if headers.get("cache-control") == "no-cache":
            self._start = {**message, "headers": list(message["headers"])}


async def _not_modified(etag: str, send: Send) -> None:
    headers = [(b"etag", etag.encode()), (b"vary", _VARY.encode())]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _size(body: Message) -> int:
    return len(body["body"]) + _OVERHEAD
