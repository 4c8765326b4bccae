"""What every answer carries: security headers; and static files that may be kept for ever by their hash."""

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
        "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
}


def security_headers(public_url: str | None, hsts_seconds: int) -> Mapping[str, str]:
    """SECURITY, and that browsers insist on TLS where the public address has it."""
    if hsts_seconds and (public_url or "").startswith("https:"):
        return {**SECURITY, "Strict-Transport-Security": f"max-age={hsts_seconds}"}
    return SECURITY


class SecurityHeaders:
    """ASGI middleware that adds security headers to every answer, errors included; a view may set its own first.

    A 304 gets none: its headers replace those of the answer that a cache holds (RFC 9111, 3.2), which has its own.
    """

    def __init__(self, app: ASGIApp, added: Mapping[str, str] = SECURITY) -> None:
        self.app = app
        self._added = [(name.lower().encode(), value.encode()) for name, value in added.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] != 304:
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in self._added if pair[0] not in own)]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class VersionedFiles(StaticFiles):
    """Static files that have an address (`static_addresses`): kept for a year under that, else asked for again."""

    def __init__(self, directory: Path, addresses: Mapping[str, str]) -> None:
        super().__init__(directory=directory)
        self._addresses = addresses

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        return super().lookup_path(path) if path in self._addresses else ("", None)

    def file_response(self, full_path: str, stat_result: object, scope: Scope, status_code: int = 200) -> Response:  # type: ignore[override]
        response = super().file_response(full_path, stat_result, scope, status_code)  # type: ignore[arg-type]
        versioned = self._addresses[self.get_path(scope)].partition("?")[2].encode() == scope["query_string"]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if versioned else "no-cache"
        return response


def static_files(folder: Path) -> list[Path]:
    """The files under `folder` that pages use."""
    return sorted(path for pattern in ("*.css", "*.svg", "*.js", "vendor/*.js") for path in folder.glob(pattern))


def static_addresses(folder: Path) -> dict[str, str]:
    """Address with hash of each file that pages use, by its path under `folder`."""
    names = {path.relative_to(folder).as_posix(): path for path in static_files(folder)}
    return {name: f"/static/{name}?v={_hash(path)}" for name, path in names.items()}


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]
