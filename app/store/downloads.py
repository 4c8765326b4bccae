"""Lists as files: the rows of `export` that a filter finds, a batch at a time.

Each batch is a query of its own that goes on after the last row (keyset): a slow reader holds no connection.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, RowMapping, Select
from sqlalchemy.orm import Session

from app.store.engine import database_errors
from app.store.export import Row, document_row, quote_row, select_documents, select_quotes
from app.store.quote_filter import QuoteFilter
from app.store.read_documents import DocumentFilter, document_conditions
from app.store.read_found import list_conditions, with_phrases
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
    """The quotes of a list."""
    with database_errors(engine), engine.connect() as connection:
        query = select_quotes().where(*list_conditions(connection, chosen))
    return Table(query, QuoteRow.id.expression, quote_row, 2_000, _QUOTES, chosen.sought.phrases)


def documents_table(chosen: DocumentFilter) -> Table:
    """The documents of a list, with their texts: fewer at a time."""
    query = select_documents().where(*document_conditions(chosen))
    return Table(query, DocumentRow.id.expression, document_row, 200, _DOCUMENTS)


def stream(engine: Engine, table: Table, form: str) -> Iterator[bytes]:
    """The file in pieces: csv (no cell begins a formula), jsonl or parquet."""
    return stream_rows(_rows(engine, table), form, table.columns)


def _rows(engine: Engine, table: Table) -> Iterator[Row]:
    query = table.query.add_columns(table.key.label("key")).limit(table.batch)
    last: int | None = None
    while True:
        with database_errors(engine), Session(engine) as session:
            found = session.execute(query if last is None else query.where(table.key > last)).mappings().all()
            rows = [table.make(row) for row in _kept(session, table, found)]
        yield from rows
        if len(found) < table.batch:
            return
        last = found[-1]["key"]


def _kept(session: Session, table: Table, found: Sequence[RowMapping]) -> Sequence[RowMapping]:
    if not table.phrases:
        return found
    keys = with_phrases(session.connection(), [row["key"] for row in found], table.phrases)
    return [row for row in found if row["key"] in keys]


_QUOTES: Columns = {
    "id": "text",
    "text": "text",
    "speaker": "text",
    "speakers": "whole",
    "variants": "whole",
    "quotations": "whole",
    "documents": "whole",
    "outlets": "whole",
    "independent_outlets": "whole",
    "first_published": "text",
    "last_published": "text",
    "reasons": "texts",
    "tied": "yes",
}
_DOCUMENTS: Columns = {
    "id": "text",
    "doc": "text",
    "sha256": "text",
    "title": "text",
    "outlet": "text",
    "url": "text",
    "authors": "texts",
    "published": "text",
    "published_precision": "text",
    "published_found_in": "text",
    "language": "text",
    "version": "whole",
    "copy_of": "text",
    "copy_share": "share",
    "altered_rate": "share",
    "reworded": "yes",
    "quotations": "whole",
    "text": "text",
}
