"""Engines and transactions: how Variorum opens its database, and says why it can't."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from app.errors import DatabaseError
from app.settings import settings
from app.store import postgresql
from app.store.data_version import Changes, renew

_MISTYPED = re.compile(r"(?:sqlite|postgres)[\w+]*(?::/|//)")
_PASSWORD = re.compile(r"(?<=:)[^/:@][^@]*(?=@)|(?<=password=)[^&\s]+")
SECRET = ("password", "sslpassword")  # in the query of an address of PostgreSQL

# What SQLite says, what it means, what to do.
_CAUSES = (
    ("readonly", "is read-only", "Make the file and its folder writable, or choose another with --database."),
    ("locked", "is locked by another process", "Wait until it has finished, or raise VARIORUM_BUSY_SECONDS."),
    ("not a database", "is not a database", "Choose another file with --database."),
    ("malformed", "is damaged", "Restore it from a copy, or ingest into a new file with --database."),
    ("unable to open", "can't be opened", "Check that the folder exists and may be written to."),
    ("disk I/O error", "can't be read or written", "Check the disk that it is on: it may be full, or failing."),
    ("disk is full", "can't grow: the disk is full", "Free some space and run the same command again."),
)


def connect(url: str | None = None, busy_seconds: float | None = None, **options: Any) -> Engine:
    """Engine for `url`, an address or the path of a SQLite file (default: the configured database).

    Makes nothing and opens nothing yet. A write waits up to `busy_seconds` (default: the setting) for that of another
    process; `options` go to SQLAlchemy's `create_engine`.

    Raises DatabaseError where the address is not understood.
    """
    given = database_address(url)
    try:
        address = make_url(given)
    except (ArgumentError, ValueError):  # a port that is no number
        raise _not_understood(given) from None
    busy = settings().busy_seconds if busy_seconds is None else busy_seconds
    if address.get_backend_name() != "sqlite":
        return postgresql.connect(address, busy, **options)
    engine = create_engine(address, connect_args={"timeout": busy}, **options)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def writer(engine: Engine) -> Engine:
    """The same database, with transactions that write: one at a time, each seeing what the others left."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(writes=True)
    return engine.execution_options(writes=True, isolation_level="READ COMMITTED")


def database_address(given: str | None) -> str:
    """SQLAlchemy address for what was given: an address, the path of a SQLite file, or nothing (settings).

    Raises DatabaseError for what was meant as an address and is none.
    """
    if not given:
        return settings().database_url
    if "://" not in given and _MISTYPED.match(given):
        raise _not_understood(given)
    return given if "://" in given else f"sqlite:///{given}"


def _not_understood(address: str) -> DatabaseError:
    return DatabaseError(
        f"The database address {_PASSWORD.sub('***', address)!r} is not understood.",
        "Give one like sqlite:///var/variorum.db in VARIORUM_DATABASE_URL or --database.",
    )


def make_folder(engine: Engine) -> None:
    """Make the folder of a SQLite file. Raises DatabaseError where it can't be made."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    folder = Path(engine.url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(
            f"The folder {folder} for the database can't be made: {error.strerror}.",
            "Choose another place with VARIORUM_DATABASE_URL or --database.",
        ) from error


def _set_pragmas(connection: SQLiteConnection, _record: Any) -> None:
    # The driver's own transactions start late and end at schema changes; ours start with BEGIN (_begin).
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL", "cache_size = -32000", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    # A writer takes the lock at once: taking it at its first write would fail without waiting (SQLITE_BUSY).
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif not connection.connection.driver_connection.in_transaction:  # as that of a page is already
        connection.connection.driver_connection.execute("BEGIN")


@contextmanager
def writing(engine: Engine, changes: Changes = "quotes") -> Iterator[Session]:
    """A session in one write transaction: committed at the end, rolled back on an error.

    `changes` says which pages may look different then: all of them, all but those of a quote, or none.

    Raises DatabaseError where the database is read-only, locked for too long, full or damaged.
    """
    with database_errors(engine), Session(writer(engine)) as session, session.begin():
        yield session
        renew(session, changes)


@contextmanager
def database_errors(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors about the database itself into DatabaseError; let all others pass."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig)
        for sign, what, hint in _CAUSES if engine.dialect.name == "sqlite" else postgresql.CAUSES:
            if re.search(sign, said):
                told = what.format(reason=_reason(said, engine))
                raise DatabaseError(f"The database {name(engine)} {told}.", hint) from error
        raise


def _reason(said: str, engine: Engine) -> str:
    """Why there is no connection, as the driver says it, without address and password."""
    reason = re.split(" (?:failed|is bad): ", said.partition("\n")[0])[-1].rstrip(". ")
    for secret in filter(None, (engine.url.password, *map(engine.url.query.get, SECRET))):
        reason = reason.replace(str(secret), "***")
    return reason


def name(engine: Engine) -> str:
    """How messages name a database: its file, or its address without the password."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        return engine.url.database
    return engine.url.difference_update_query(SECRET).render_as_string(hide_password=True)
