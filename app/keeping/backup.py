"""A copy of a SQLite database as of one moment, made while others read and write it."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Engine

from app.errors import DatabaseError, UsageError
from app.store.engine import SECRET, name


def backup(engine: Engine, target: Path, force: bool = False) -> int:
    """Write a copy of the database to `target` and give its size in bytes; all or nothing.

    The copy is of one moment, whatever is written meanwhile, and nobody waits for it. It is checked before it gets
    its name. Raises UsageError where the file is there already (unless `force`) or the database is PostgreSQL's,
    DatabaseError where the database is not there or damaged, or the copy can't be written.
    """
    _refuse(engine, target, force)
    made = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _write(engine, made)
        _check(made)
        _to_disk(made)
        os.replace(made, target)
    except sqlite3.Error as error:
        raise DatabaseError(
            f"The database {name(engine)} can't be copied to {target}: {error}.",
            "Check that there is room for the copy, and run variorum verify.",
        ) from error
    except OSError as error:
        raise DatabaseError(f"{target} can't be written: {error.strerror}.", "Choose another place.") from error
    finally:
        made.unlink(missing_ok=True)
    return target.stat().st_size


def _refuse(engine: Engine, target: Path, force: bool) -> None:
    if engine.dialect.name != "sqlite":
        bare = engine.url._replace(drivername="postgresql", password=None)
        address = bare.difference_update_query(SECRET).render_as_string()
        raise UsageError(
            f"{name(engine)} is PostgreSQL's to back up.", f"Run pg_dump --format=custom --file='{target}' '{address}'."
        )
    if not Path(engine.url.database or "").is_file():
        raise DatabaseError(f"There is no database {name(engine)}.", "Give its file with --database.")
    if target.exists() and (not force or target.samefile(engine.url.database or "")):
        raise UsageError(f"{target} is there already.", "Choose another name, or add --force to write over a copy.")
    for left in (Path(f"{target}{end}") for end in ("-wal", "-shm", "-journal")):
        if left.exists():  # SQLite would take it for a part of the copy
            raise UsageError(
                f"{left} belongs to a database that was there before.",
                "End what uses that, move it away, or choose another name.",
            )
    if not target.parent.is_dir():
        raise UsageError(f"The folder {target.parent} is not there.", "Make it, or choose another.")


def _write(engine: Engine, made: Path) -> None:
    # VACUUM reads in one transaction, where the backup interface begins anew with each write of another process.
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(made),))
    finally:
        raw.close()


def _check(made: Path) -> None:
    copy = sqlite3.connect(made)
    try:
        said = copy.execute("PRAGMA quick_check").fetchone()[0]
        copy.execute("PRAGMA journal_mode = WAL")  # it stays with the file, so that the copy serves as the original did
    finally:
        copy.close()
    if said != "ok":
        raise DatabaseError(f"The copy is damaged: {said}.", "Run variorum verify on the original.")


def _to_disk(made: Path) -> None:
    with made.open("rb") as file:
        os.fsync(file.fileno())
