"""Running the web application under uvicorn."""

import ctypes
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
from typing import Any

import typer
import uvicorn
from uvicorn import _subprocess
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors.multiprocess import SIGNALS, Multiprocess

from app.errors import UsageError
from app.logs import log_config
from app.receiving import BoundedProtocol
from app.settings import settings

_SIGNAL_AT_DEATH = 1  # PR_SET_PDEATHSIG of prctl(2): no worker outlives its master, and keeps the port from the next
_SHARED_FIGURES = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own name for the folder that workers count in


def address(host: str, port: int) -> str:
    """Where a browser finds what listens there; an IPv6 address goes in brackets (RFC 3986, 3.2.2)."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(host: str, port: int, workers: int) -> None:
    """Serve the configured database until interrupted or terminated; answers that were begun are finished.

    Raises UsageError where `host` and `port` are taken.
    """
    _check_address(host, port)
    typer.echo(f"Variorum is at {address(host, port)} (Ctrl+C stops it).")
    with _shared_figures(workers):
        _load()
        config = uvicorn.Config(
            "app.main:create_app",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            http=BoundedProtocol,
            ws="none",
            log_config=log_config(),
            access_log=False,  # ours says less about readers
            server_header=False,
            proxy_headers=False,  # create_app sees to them, where a setting trusts a proxy
            timeout_graceful_shutdown=settings().shutdown_seconds,
            timeout_worker_healthcheck=60,  # on a busy machine a worker takes longer than usual to load
        )
        if workers > 1:
            _serve_by_workers(config)
        else:
            _serve(uvicorn.Server(config))


def _serve(server: uvicorn.Server) -> None:
    server.run()
    if not server.started:
        raise SystemExit(STARTUP_FAILURE)


def _load() -> None:
    """Load the application and make what workers share, before there are any, and before a connection is open."""
    gc.disable()  # nearly all of what is made from here on stays
    from app.main import prepare

    prepare()
    gc.freeze()  # a collection would write to every page of memory that workers share with this process
    gc.enable()


def _serve_by_workers(config: uvicorn.Config) -> None:
    if sys.platform != "linux":  # elsewhere a library may not bear to be forked, nor the system share readers out
        Multiprocess(config, [config.bind_socket()]).run()
        return
    _fork_workers()
    with _socket(config.host, config.port) as held:  # nobody listens on it: it keeps the port for the workers
        Multiprocess(config, [held]).run()


def _fork_workers() -> None:
    """Have workers begin as copies of this process: at once, in little memory of their own, also after a crash. Each
    listens on a socket of its own, among which Linux shares out connections (socket(7), SO_REUSEPORT): of one socket
    a worker that is awake takes nearly all connections that wait, and the others have nothing to do.

    Uvicorn has no option for either: it starts each worker as a new Python, which loads everything again.
    """
    context = get_context("fork")

    def work(target: Any, kwargs: dict[str, Any]) -> None:
        ctypes.CDLL(None).prctl(_SIGNAL_AT_DEATH, signal.SIGTERM)
        for number in SIGNALS:  # until a worker has handlers of its own; those of this process would do nothing
            signal.signal(number, signal.SIG_DFL)
        own = [_socket(*held.getsockname()[:2]) for held in kwargs["sockets"]]
        target(**kwargs | {"sockets": own})

    def process(target: Any, kwargs: dict[str, Any]) -> Any:
        return context.Process(target=work, args=(target, kwargs))

    _subprocess.spawn = SimpleNamespace(Process=process)  # type: ignore[assignment]


def _socket(host: str, port: int) -> socket.socket:
    """A socket bound to an address that other sockets of this user may be bound to as well."""
    family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(family, kind)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.bind(place)
    return made


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
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise UsageError(
            f"Nothing can listen on {host}, port {port}: {error.strerror}.", "Choose another with --host and --port."
        ) from error
