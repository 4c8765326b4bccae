"""Running the web application under uvicorn."""

import gc
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import typer
import uvicorn
from uvicorn import _subprocess
from uvicorn.supervisors.multiprocess import SIGNALS

from app.errors import UsageError
from app.logs import log_config
from app.settings import settings

_SHARED_FIGURES = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own name for the folder that workers count in


def serve(host: str, port: int, workers: int) -> None:
    """Serve the configured database until interrupted or terminated; answers that were begun are finished.

    Raises UsageError where `host` and `port` are taken.
    """
    _check_address(host, port)
    typer.echo(f"Variorum is at http://{host}:{port} (Ctrl+C stops it).")
    with _shared_figures(workers):
        _load()
        if workers > 1 and sys.platform == "linux":  # elsewhere a library may not bear to be forked
            _fork_workers()
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


def _load() -> None:
    """Load the application and make what workers share, before there are any, and before a connection is open."""
    gc.disable()  # nearly all of what is made from here on stays
    from app.main import prepare

    prepare()
    gc.freeze()  # a collection would write to every page of memory that workers share with this process
    gc.enable()


def _fork_workers() -> None:
    """Have workers begin as copies of this process: at once, in little memory of their own, also after a crash.

    Uvicorn has no option for that: it starts each as a new Python, which loads everything again.
    """
    context = get_context("fork")

    class Worker(context.Process):  # type: ignore[name-defined,misc]
        def run(self) -> None:
            for number in SIGNALS:  # until a worker has handlers of its own; those of this process would do nothing
                signal.signal(number, signal.SIG_DFL)
            super().run()

    _subprocess.spawn = SimpleNamespace(Process=Worker)  # type: ignore[assignment]


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
