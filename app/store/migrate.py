"""Bringing a database to the schema of this version."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, column, inspect, select, table

from app.errors import DatabaseError
from app.settings import resource
from app.store.engine import connect, database_errors, make_folder, name, writer

# Alembic is loaded only where a database has to be changed: that takes longer than to see that there is nothing to do.
_VERSIONS = table("alembic_version", column("version_num"))
UNFINISHED = "copy_progress"  # the table that a copy of a database has until it is whole


def schema_version() -> str:
    """Revision that this version of Variorum works with."""
    return _revisions()[-1]


@cache
def _revisions() -> list[str]:
    """All revisions in order: each migration begins the name of its file with its own."""
    return sorted(path.name.partition("_")[0] for path in (resource("migrations") / "versions").glob("[0-9]*_*.py"))


def check_schema(engine: Engine) -> None:
    """Raise DatabaseError where the database is not of the schema that this version works with, or can't be read."""
    with database_errors(engine):
        found = revision(engine)
    _refuse_newer(engine, found)
    if found != schema_version():
        raise DatabaseError(
            f"The database {name(engine)} has the schema {found}; this version works with {schema_version()}.",
            "Run variorum status on it: that brings it up to date, for good.",
        )


def migrate(engine: Engine) -> None:
    """Make the database where it is missing, and bring it to the current schema; quick and without a write where it has
    that already.

    Raises DatabaseError where the file is not a database, is read-only or locked, or its schema is newer.
    """
    make_folder(engine)
    with database_errors(engine):
        found = revision(engine)
        if found == schema_version():
            return
        _refuse_newer(engine, found)
        _use_write_ahead_log(engine)
        # A writer from the start: of two processes that find a new file, the second waits, and finds nothing to do.
        with writer(engine).begin() as connection:
            _upgrade(connection)


@contextmanager
def opened(database: str | None, new: bool = False, unchanged: bool = False) -> Iterator[Engine]:
    """The store at an address or path (default: the configured one), migrated, for as long as a command runs.

    Raises DatabaseError where it can't be used, and where there is none, unless a `new` one may be made: all is well
    with a database that a mistyped name has just made, and nothing is in it. With `unchanged` one of an older schema is
    refused instead of migrated.
    """
    engine = connect(database)
    try:
        if not new:
            refuse_missing(engine)
        check_schema(engine) if unchanged else migrate(engine)
        _refuse_unfinished(engine)
        with database_errors(engine):
            yield engine
    finally:
        engine.dispose()


def revision(engine: Engine) -> str | None:
    """Revision of the schema that a database has; None for an empty one."""
    with engine.connect() as connection:
        return connection.scalar(select(_VERSIONS)) if inspect(connection).has_table(_VERSIONS.name) else None


def refuse_missing(engine: Engine) -> None:
    """Raise DatabaseError where there is no database, or nothing in it; makes none."""
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    if file and not file.startswith("file:") and not Path(file).exists():
        raise DatabaseError(
            f"There is no database {file}.", "Give its file with --database, or make it: variorum ingest PATH."
        )
    with database_errors(engine):
        if revision(engine) is None:
            raise DatabaseError(f"The database {name(engine)} is empty.", "Take documents in: variorum ingest PATH.")


def _refuse_unfinished(engine: Engine) -> None:
    with database_errors(engine), engine.connect() as connection:
        if inspect(connection).has_table(UNFINISHED):
            raise DatabaseError(
                f"The database {name(engine)} is an unfinished copy.",
                "Give the same variorum copy-database again: it goes on where it stopped.",
            )


def _refuse_newer(engine: Engine, found: str | None) -> None:
    if found is not None and found not in _revisions():
        raise DatabaseError(
            f"The database {name(engine)} has the schema {found} of a newer Variorum; "
            f"this one knows {schema_version()}.",
            "Upgrade Variorum, or choose another file with --database.",
        )


def _use_write_ahead_log(engine: Engine) -> None:
    # Outside a transaction, once: the mode stays with the file. Readers then never wait for the writer.
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(resource("migrations")).replace("%", "%%"))
    command.upgrade(config, "head")
