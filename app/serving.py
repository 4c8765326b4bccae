"""Running the web application under uvicorn."""

import socket

import uvicorn
from rich.console import Console

from app.errors import UsageError


def serve(host: str, port: int, workers: int) -> None:
    """Serve the configured database until interrupted. Raises UsageError where `host` and `port` are taken."""
    _check_address(host, port)
    Console().print(f"Variorum is at http://{host}:{port} (Ctrl+C stops it).", highlight=False)
    uvicorn.run("app.main:create_app", factory=True, host=host, port=port, workers=workers, log_level="warning")


def _check_address(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise UsageError(
            f"Nothing can listen on {host}, port {port}: {error.strerror}.", "Choose another with --host and --port."
        ) from error
