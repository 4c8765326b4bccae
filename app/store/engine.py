"""Engines: how Variorum opens its database."""

from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from app.errors import DatabaseError
from app.settings import settings


def connect(url: str | None = None) -> Engine:
    """Engine for `url` (default: the configured database); makes the folder of a SQLite file.

    Raises DatabaseError where the address is not understood or the folder can't be made.
    """
    try:
        address = make_url(url or settings().database_url)
    except ArgumentError as error:
        raise DatabaseError(
            f"The database address {url or settings().database_url!r} is not understood.",
            "Give one like sqlite:///var/variorum.db in VARIORUM_DATABASE_URL or --database.",
        ) from error
    if address.get_backend_name() != "sqlite":
        return create_engine(address)
    _make_folder(address.database)
    engine = create_engine(address, connect_args={"timeout": settings().busy_seconds})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _make_folder(database: str | None) -> None:
    if not database or database == ":memory:":
        return
    folder = Path(database).parent
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
    connection.exec_driver_sql("BEGIN")
