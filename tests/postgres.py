"""A PostgreSQL of the tests' own: a cluster in a temporary folder, a database for whoever asks for one.

The server listens on a socket in its folder alone, keeps nothing safe on disk (it is thrown away), and ends with the
process that started it.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from app.store.engine import connect
from app.store.migrate import migrate

_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "listen_addresses=")
_SECONDS = 60


def programs() -> Path | None:
    """Folder of PostgreSQL's programs: Debian's newest, else where `initdb` is on the path; None without any."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    initdb = found[-1] if found else shutil.which("initdb")
    return Path(initdb).parent if initdb else None


needs_postgresql = pytest.mark.skipif(programs() is None, reason="needs PostgreSQL (Debian's package postgresql)")


class Server:
    """A running cluster."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)
        self._templates: set[str] = set()

    def url(self, database: str) -> str:
        """Address of one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def empty(self) -> str:
        """Address of a new database without any table."""
        return self._create("template0")

    def migrated(self) -> str:
        """Address of a new, empty database with the current schema: a copy, which is quick."""
        if not self._templates:
            template = self.empty()
            engine = connect(template)
            migrate(engine)
            engine.dispose()
            self._templates.add(engine.url.database or "")
        return self._create(*self._templates)

    def _create(self, template: str) -> str:
        name = f"variorum_{next(self._numbers)}"
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        engine.dispose()
        return self.url(name)


@contextmanager
def running() -> Iterator[Server]:
    """A cluster for as long as the block runs."""
    found = programs()
    assert found is not None
    folder = Path(tempfile.mkdtemp(prefix="variorum-postgresql-"))
    owner = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    if owner:
        shutil.chown(folder, owner)
    folder.chmod(0o755)
    data = folder / "data"
    initdb = [found / "initdb", "--pgdata", data, "--username=postgres", "--auth=trust", "--encoding=UTF8"]
    subprocess.run([*initdb, "--locale=C.UTF-8", "--no-sync"], check=True, capture_output=True, user=owner, cwd=folder)
    settings = [part for setting in (*_QUICK, f"unix_socket_directories={folder}") for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        command = [*_ending_with_us(), str(found / "postgres"), "-D", str(data), *settings]
        process = subprocess.Popen(command, user=owner, cwd=folder, stdout=log, stderr=log)
    try:
        _wait(found, folder, process)
        yield Server(folder)
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing is kept
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def _ending_with_us() -> list[str]:
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "INT"] if setpriv else []


def _wait(found: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _SECONDS
    while subprocess.run([found / "pg_isready", "-q", "-h", folder], check=False).returncode != 0:
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text('utf-8', 'replace')}")
        time.sleep(0.05)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """The cluster of this run of the tests; skips where PostgreSQL is absent."""
    if programs() is None:
        pytest.skip("needs PostgreSQL (Debian's package postgresql)")
    with running() as server:
        yield server
