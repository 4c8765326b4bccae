"""Lists as files: the rows of `export` that a filter finds, a batch at a time.

Each batch is a query of its own that goes on after the last row (keyset): a slow reader holds no connection. The time
that a request may take begins anew with every batch that brought rows: however long a file, it is finished, and nobody
has the database look for rows without end.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, Select
from sqlalchemy.orm import Session

from app.store.columns import COLUMNS
from app.store.export import Row, document_row, quote_row, select_documents, select_quotes
from app.store.quote_filter import QuoteFilter
from app.store.read_documents import DocumentFilter, document_conditions
from app.store.read_found import list_conditions, with_phrases
from app.store.reading import reading
from app.store.tables import DocumentRow, QuoteRow
from app.store.write_rows import Columns, stream_rows


@dataclass(frozen=True, slots=True)
class Table:
    """What is downloaded: the rows, how many at a time, and their columns."""

    query: Select[*tuple[Any, ...]]
    key: ColumnElement[int]
    make: Callable[[RowMapping], Row]
    batch: int
    columns: Columns
    phrases: tuple[str, ...] = ()  # that each quote has word by word


def quotes_table(engine: Engine, chosen: QuoteFilter) -> Table:
    """The quotes of a list. Raises DatabaseError, and Overrun."""
    with reading(engine) as connection:
        query = select_quotes().where(*list_conditions(connection, chosen))
    return Table(query, QuoteRow.id.expression, quote_row, 2_000, COLUMNS["quotes"], chosen.sought.phrases)


def documents_table(chosen: DocumentFilter) -> Table:
    """The documents of a list, with their texts: fewer at a time."""
    query = select_documents().where(*document_conditions(chosen))
    return Table(query, DocumentRow.id.expression, document_row, 200, COLUMNS["documents"])


def stream(engine: Engine, table: Table, form: str) -> Iterator[bytes]:
    """The file in pieces: csv (no cell begins a formula), jsonl or parquet. Raises DatabaseError, and Overrun."""
    return stream_rows(_rows(engine, table), form, table.columns)


def _rows(engine: Engine, table: Table) -> Iterator[Row]:
    rows, last = _batch(engine, table, None)
    yield from rows
    while last is not None:
        rows, last = _batch(engine, table, last)
        yield from rows


def _batch(engine: Engine, table: Table, last: int | None) -> tuple[list[Row], int | None]:
    """The next rows after the one whose key is `last`, and the key after which to go on; None where that was all.

    What is found may lack the phrases: it is looked further then, within the time of the same request.
    """
    query = table.query.add_columns(table.key.label("key")).limit(table.batch)
    with reading(engine) as connection, Session(connection) as session, session.begin():
        while True:
            found = session.execute(query if last is None else query.where(table.key > last)).mappings().all()
            rows = [table.make(row) for row in _kept(connection, table, found)]
            last = found[-1]["key"] if len(found) == table.batch else None
            if rows or last is None:
                return rows, last


def _kept(connection: Connection, table: Table, found: Sequence[RowMapping]) -> Sequence[RowMapping]:
    if not table.phrases:
        return found
    keys = with_phrases(connection, [row["key"] for row in found], table.phrases)
    return [row for row in found if row["key"] in keys]
