"""A site that a browser can be pointed at: served in a thread, on a port of its own."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from app.main import create_app
from app.receiving import BoundedProtocol
from app.settings import resource

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

in_a_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"needs Debian's chromium at {CHROMIUM}"),
]
needs_htmx = pytest.mark.skipif(
    not (resource("static") / "vendor" / "htmx.min.js").exists(),
    reason="needs static/vendor/htmx.min.js (make setup fetches it by npm)",
)


@contextmanager
def listening(app: Any) -> Iterator[int]:
    """Port at which an application answers, as `variorum serve` would have it, for as long as the block runs."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(app, http=BoundedProtocol, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(10)


@contextmanager
def served(database: str) -> Iterator[str]:
    """Address of the site over a database, for as long as the block runs."""
    with listening(create_app(database)) as port:
        yield f"http://127.0.0.1:{port}"
