"""Bringing a database to the schema of this version, and saying clearly why it can't be used."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.errors import DatabaseError
from app.settings import resource

# What SQLite says, what it means, what to do.
_CAUSES = (
    ("readonly", "is read-only", "Make the file and its folder writable, or choose another with --database."),
    ("locked", "is locked by another process", "Wait until it has finished, or raise VARIORUM_BUSY_SECONDS."),
    ("not a database", "is not a database", "Choose another file with --database."),
    ("malformed", "is damaged", "Restore it from a copy, or ingest into a new file with --database."),
    ("unable to open", "can't be opened", "Check that the folder exists and may be written to."),
    ("disk is full", "can't grow: the disk is full", "Free some space and run the same command again."),
)


def schema_version() -> str:
    """Revision that this version of Variorum works with."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def migrate(engine: Engine) -> None:
    """Bring the database to the current schema; quick and without a write where it is there already.

    Raises DatabaseError where the file is not a database, is read-only or locked, or its schema is newer.
    """
    with database_errors(engine):
        found = _revision(engine)
        if found == schema_version():
            return
        _refuse_newer(engine, found)
        _use_write_ahead_log(engine)
        with engine.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


@contextmanager
def database_errors(engine: Engine) -> Iterator[None]:
    """Turn the driver's errors about the database itself into DatabaseError; let all others pass."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig)
        for sign, what, hint in _CAUSES:
            if sign in said:
                raise DatabaseError(f"The database {_name(engine)} {what}.", hint) from error
        raise


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(engine: Engine, found: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise DatabaseError(
            f"The database {_name(engine)} has the schema {found} of a newer Variorum; "
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


def _name(engine: Engine) -> str:
    return engine.url.database or engine.url.render_as_string(hide_password=True)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resource("migrations")).replace("%", "%%"))
    return config
