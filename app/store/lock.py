"""One writer of runs at a time: who holds the lock of a database, and how long to wait for them.

The lock is the operating system's (on the file NAME.lock beside a SQLite database) or PostgreSQL's, and ends with the
process that holds it, however that ends. Pages, reports and decisions don't take it.
"""

import fcntl
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, text

from app.errors import DatabaseError
from app.store.engine import database_errors, name

_KEY = 0x7661_7269  # of PostgreSQL's advisory lock
_EVERY = 0.2  # seconds between tries
_LONGEST_NAME = 63  # characters that PostgreSQL keeps of a connection's name


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock."""

    command: str
    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"`variorum {self.command}` (process {self.pid} on {self.host}, since {self.since} UTC)"


@contextmanager
def held(engine: Engine, command: str, seconds: float, waits: Callable[[str], None]) -> Iterator[None]:
    """Hold the database's lock for as long as the block runs.

    Waits up to `seconds` for another process, after telling `waits` who that is. Raises DatabaseError then.
    """
    me = Holder(command, os.getpid(), socket.gethostname(), f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}")
    with database_errors(engine), engine.connect() as connection:
        kind = _server_lock if engine.dialect.name == "postgresql" else _file_lock
        with kind(connection, me) as take:
            _wait(take, engine, seconds, waits)
            yield


def _wait(take: Callable[[], str | None], engine: Engine, seconds: float, waits: Callable[[str], None]) -> None:
    end, told = monotonic() + seconds, False
    while (other := take()) is not None:
        if monotonic() >= end:
            raise DatabaseError(
                f"The database {name(engine)} is being written by {other}.",
                "Wait until that has finished (--wait SECONDS), or end it: nothing is lost.",
            )
        if not told:
            waits(other)
            told = True
        sleep(_EVERY)


@contextmanager
def _file_lock(connection: Connection, me: Holder) -> Iterator[Callable[[], str | None]]:
    file = connection.exec_driver_sql("SELECT file FROM pragma_database_list WHERE name = 'main'").scalar()
    connection.rollback()
    if not file:  # in memory: nobody else can see it
        yield lambda: None
        return
    path = Path(f"{file}.lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise DatabaseError(
            f"The database {file} is read-only: {path} can't be written ({error.strerror}).",
            "Make the file and its folder writable, or choose another with --database.",
        ) from error
    try:
        yield lambda: _taken(descriptor, path, me)
        _note(descriptor, b"")
    finally:
        os.close(descriptor)  # and with it goes the lock


def _taken(descriptor: int, path: Path, me: Holder) -> str | None:
    """None where the lock is ours now, else who has it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with suppress(OSError, ValueError, TypeError):
            return str(Holder(**json.loads(path.read_bytes())))
        return "another process"
    except OSError as error:
        raise DatabaseError(
            f"The database can't be locked: {path} takes no lock ({error.strerror}).",
            "Choose a place on a disk of this machine with --database, or PostgreSQL.",
        ) from error
    _note(descriptor, json.dumps(asdict(me)).encode())
    return None


def _note(descriptor: int, holder: bytes) -> None:
    with suppress(OSError):  # on a full disk the lock holds too, and the database itself says what is wrong
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, holder, 0)


@contextmanager
def _server_lock(connection: Connection, me: Holder) -> Iterator[Callable[[], str | None]]:
    free = connection.execution_options(isolation_level="AUTOCOMMIT")  # no transaction stays open meanwhile
    named = f"{me.pid} {me.command} {me.host}"[:_LONGEST_NAME]
    free.execute(text("SELECT set_config('application_name', :named, false)"), {"named": named})
    yield lambda: _taken_on_server(free)
    free.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})


def _taken_on_server(connection: Connection) -> str | None:
    if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}):
        return None
    holder = text(
        "SELECT application_name, to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') "
        "FROM pg_stat_activity JOIN pg_locks USING (pid) WHERE locktype = 'advisory' AND granted AND objid = :key "
        "AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    for named, since in connection.execute(holder, {"key": _KEY}):
        pid, command, host = named.split(" ", 2)
        return str(Holder(command, int(pid), host, since))
    return "another process"
