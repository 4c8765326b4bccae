"""Running the web application under uvicorn."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import uvicorn
from rich.console import Console

from app.errors import UsageError
from app.logs import log_config
from app.settings import settings

_SHARED_FIGURES = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own name for the folder that workers count in


def serve(host: str, port: int, workers: int) -> None:
    """Serve the configured database until interrupted or terminated; answers that were begun are finished.

    Raises UsageError where `host` and `port` are taken.
    """
    _check_address(host, port)
    Console().print(f"Variorum is at http://{host}:{port} (Ctrl+C stops it).", highlight=False)
    with _shared_figures(workers):
        uvicorn.run(
            "app.main:create_app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            log_config=log_config(),
            access_log=False,  # ours says less about readers
            server_header=False,
            proxy_headers=False,  # create_app sees to them, where a setting trusts a proxy
            timeout_graceful_shutdown=settings().shutdown_seconds,
            timeout_worker_healthcheck=60,  # on a busy machine a worker takes longer than usual to load
        )


@contextmanager
def _shared_figures(workers: int) -> Iterator[None]:
    if workers < 2:
        yield
        return
    with TemporaryDirectory(prefix="variorum-") as folder:
        os.environ[_SHARED_FIGURES] = folder
        yield


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
