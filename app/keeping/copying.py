"""Moving everything from one database to another, of the same kind or the other kind, resumable at any moment.

Tables are gone through in the order in which they refer to each other, rows by primary key, in batches that are
committed together with how far they came. What refers onward (a table to itself, or in a circle) is written last. The
version of the data stays behind: every database draws its own. Search is copied where its rows are ours (of quotes);
of the rest triggers see to it.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    inspect,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

import app.store
from app.errors import DatabaseError, UsageError
from app.keeping.putting import put_rows
from app.keeping.verify import Heard
from app.store.engine import database_errors, name, writing
from app.store.lock import held
from app.store.migrate import UNFINISHED, migrate, refuse_missing, revision, schema_version
from app.store.search import SEARCH_TABLE
from app.store.tables import Table as Base
from app.store.version_table import DataVersionRow

_ROWS = 10_000  # a batch
_CHARACTERS = 8_000_000  # of texts in a batch, over which it is written

_progress = Table(
    UNFINISHED,  # in the target until the copy is whole
    MetaData(),
    Column("step", String(100), primary_key=True),
    Column("source", String(64), nullable=False),
    Column("last", Text, nullable=False),  # JSON: the key up to which rows are there; null: none yet; true: all
)
_search = Table(
    SEARCH_TABLE,
    MetaData(),
    Column("rowid", Integer, primary_key=True, autoincrement=False),
    Column("wordings", Text),
    Column("speaker", Text),
)

Key = list[Any]


def copy_database(source: Engine, target: Engine, heard: Heard = lambda *_: None) -> dict[str, int]:
    """Copy all rows to an empty database, or go on where an interrupted copy of the same data stopped.

    Gives the rows of each table. Raises UsageError where both are the same database or the target holds something
    else, DatabaseError where the schemas differ, a value can't be stored there, or not all rows arrived.
    """
    if source.url == target.url:
        raise UsageError(f"{name(source)} can't be copied to itself.", "Give two databases.")
    _same_schema(source, target)
    with held(target, "copy-database", 0, lambda _: None):
        return _copy(source, target, heard)


def _copy(source: Engine, target: Engine, heard: Heard) -> dict[str, int]:
    with database_errors(source), source.connect() as reading:  # one transaction: rows of one moment
        tables = _tables()
        counts = {table.name: reading.scalar(select(func.count()).select_from(table)) or 0 for table in tables}
        _begin(target, tables, _fingerprint(reading, tables, counts))
        for table in tables:
            _copy_rows(reading, target, table, counts[table.name], heard)
        for table in tables:
            if _late(table):
                _copy_late(reading, target, table, heard)
    _finish(target, tables, counts)
    _tidy(target, heard)
    return counts


def _tables() -> list[Table]:
    """All tables that are copied, those that others refer to first; then what search knows of quotes."""
    for module in iter_modules(app.store.__path__):
        import_module(f"app.store.{module.name}")  # so that no table is unknown
    return [*(one for one in Base.metadata.sorted_tables if one.name != DataVersionRow.__tablename__), _search]


def _same_schema(source: Engine, target: Engine) -> None:
    refuse_missing(source)
    with database_errors(source):
        found = revision(source)
    if found != schema_version():
        raise DatabaseError(
            f"The database {name(source)} has the schema {found}, this Variorum {schema_version()}.",
            "Run variorum status on it: that brings it up to date, for good.",
        )
    migrate(target)


def _fingerprint(reading: Connection, tables: Sequence[Table], counts: dict[str, int]) -> str:
    """What tells one state of one database from others: the version of its data, how many rows it has, and up to which
    keys."""
    greatest = [reading.execute(select(*(func.max(column) for column in _key(table)))).one() for table in tables]
    documents = Base.metadata.tables["documents"]
    last = reading.scalar(select(func.max(documents.c.sha256)))
    version = reading.execute(select(DataVersionRow.documents, DataVersionRow.quotes)).all()
    reports = Base.metadata.tables["reports"]  # settling one may change nothing that pages show
    settled = reading.execute(select(reports.c.state, func.count()).group_by(reports.c.state)).all()
    known = [counts, *([list(row) for row in rows] for rows in (greatest, version, sorted(settled))), last]
    said = json.dumps(known, default=str, sort_keys=True)
    return sha256(said.encode()).hexdigest()


def _begin(target: Engine, tables: Sequence[Table], source: str) -> None:
    """Note what is copied; refuse a target that holds anything else."""
    with writing(target) as session:
        connection = session.connection()
        if inspect(connection).has_table(_progress.name):
            found = connection.scalar(select(_progress.c.source).limit(1))
            if found != source:
                raise UsageError(
                    f"{name(target)} holds an unfinished copy of other data.",
                    "The original has changed since, or is another: copy to an empty database.",
                )
            return
        counted = Base.metadata.tables["corpus_counts"]  # a new database has its row of nothing
        others = [table for table in tables if table is not counted]
        full = [table.name for table in others if connection.execute(select(table).limit(1)).first() is not None]
        if full:
            raise UsageError(f"{name(target)} is not empty: it has {', '.join(full)}.", "Copy to an empty database.")
        connection.execute(delete(counted))
        _progress.create(connection)
        steps = [step for table in tables for step in (table.name, f"{table.name} later")]
        connection.execute(insert(_progress), [{"step": step, "source": source, "last": "null"} for step in steps])


def _copy_rows(reading: Connection, target: Engine, table: Table, total: int, heard: Heard) -> None:
    last = _reached(target, table.name)
    late = {column.name for column in _late(table)}
    done = 0
    for rows in _batches(reading, table, select(table), last):
        values = [{key: None if key in late else value for key, value in row.items()} for row in rows]
        _write(target, table, table.name, partial(put_rows, table=table, rows=values), _key_of(table, rows[-1]))
        done += len(rows)
        heard(table.name, done, total)
    _mark(target, table.name, True)


def _copy_late(reading: Connection, target: Engine, table: Table, heard: Heard) -> None:
    """The columns that refer onward, now that all rows are there."""
    step, key, late = f"{table.name} later", _key(table), _late(table)
    changed = update(table).where(*(column == bindparam(f"key_{column.name}") for column in key))
    changed = changed.values({column.name: bindparam(f"new_{column.name}") for column in late})
    query = select(*key, *late).where(or_(*(column.is_not(None) for column in late)))
    for rows in _batches(reading, table, query, _reached(target, step)):
        values = [
            {f"key_{column.name}": row[column.name] for column in key}
            | {f"new_{column.name}": row[column.name] for column in late}
            for row in rows
        ]
        change = partial(Connection.execute, statement=changed, parameters=values)
        _write(target, table, step, change, _key_of(table, rows[-1]))
        heard(step, len(rows), len(rows))
    _mark(target, step, True)


def _batches(reading: Connection, table: Table, query: Select[Any], last: Any) -> Iterator[list[dict[str, Any]]]:
    """Rows after a key in order of keys, so many or so long at a time."""
    if last is True:
        return
    key = _key(table)
    if last is not None:
        query = query.where(tuple_(*key) > tuple_(*last))
    held: list[dict[str, Any]] = []
    length = 0
    streamed = reading.execution_options(yield_per=200)
    for row in streamed.execute(query.order_by(*key)).mappings():
        held.append(dict(row))
        length += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(held) >= _ROWS or length >= _CHARACTERS:
            yield held
            held, length = [], 0
    if held:
        yield held


def _write(target: Engine, table: Table, step: str, change: Callable[[Connection], object], last: Key) -> None:
    """A batch together with how far the step has come."""
    try:
        with writing(target) as session:
            change(session.connection())
            session.connection().execute(_marking(step, last))
    except (DataError, ValueError) as error:
        raise DatabaseError(
            f"A row of {table.name} up to the key {last} can't be stored in {name(target)}: {error}.",
            "PostgreSQL takes no NUL characters; all that came before is kept.",
        ) from error


def _mark(target: Engine, step: str, last: Any) -> None:
    with writing(target) as session:
        session.connection().execute(_marking(step, last))


def _marking(step: str, last: Any) -> Any:
    return update(_progress).where(_progress.c.step == step).values(last=json.dumps(last))


def _reached(target: Engine, step: str) -> Any:
    with database_errors(target), target.connect() as connection:
        return json.loads(connection.scalar(select(_progress.c.last).where(_progress.c.step == step)) or "null")


def _finish(target: Engine, tables: Sequence[Table], counts: dict[str, int]) -> None:
    """Sequences, then a count of what arrived, then the end of the mark: all or nothing."""
    with writing(target) as session:
        _set_sequences(session, tables)
        for table in tables:
            found = session.scalar(select(func.count()).select_from(table))
            if found != counts[table.name]:
                raise DatabaseError(
                    f"{name(target)} has {found:,} rows of {table.name}, should have {counts[table.name]:,}.",
                    "Copy to an empty database.",
                )
        _progress.drop(session.connection())


def _tidy(target: Engine, heard: Heard) -> None:
    """Have PostgreSQL look at what it was given: until then it knows no sizes, and goes through what is new in the
    indexes of words row by row. It would come to that by itself, in some minutes."""
    if target.dialect.name == "postgresql":
        heard("statistics", 0, 1)
        with database_errors(target), target.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM (ANALYZE)")
        heard("statistics", 1, 1)


def _set_sequences(session: Session, tables: Sequence[Table]) -> None:
    """PostgreSQL counts ids apart from the rows: go on after the greatest."""
    for table in tables if session.get_bind().dialect.name == "postgresql" else ():
        column = table.autoincrement_column
        sequence = column is not None and session.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
        if column is not None and sequence:
            greatest = session.scalar(select(func.max(column)))
            session.execute(select(func.setval(text(f"'{sequence}'"), greatest or 1, greatest is not None)))


def _key(table: Table) -> list[Column[Any]]:
    return list(table.primary_key.columns)


def _key_of(table: Table, row: dict[str, Any]) -> Key:
    return [row[column.name] for column in _key(table)]


def _late(table: Table) -> list[Column[Any]]:
    """Columns that refer to the table itself or to one that comes after it."""
    place = {one.name: number for number, one in enumerate(Base.metadata.sorted_tables)}
    onward = [key for key in table.foreign_key_constraints if place[key.referred_table.name] >= place[table.name]]
    found = {column.name: column for key in onward for column in key.columns if column.nullable}
    return [found[one] for one in sorted(found)]
