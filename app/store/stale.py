"""Marks on what is derived from rows that have changed: set where they change, taken off where it is derived again."""

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import Connection, delete, func, select, text
from sqlalchemy.orm import Session

from app.store.stale_table import StaleRow
from app.store.tables import DocumentRow, QuotationRow

# What is stale: the search rows of a speaker's quotes, the quotes that a quotation is part of, the story of a document,
# the counts of a speaker, the counts of an outlet.
Kind = Literal["name", "quotation", "story", "speaker", "outlet"]

_MARK = text("INSERT INTO stale_rows (kind, row_id) VALUES (:kind, :row_id) ON CONFLICT DO NOTHING")


def mark(store: Session | Connection, kind: Kind, rows: Iterable[int | None]) -> None:
    """Mark what is derived from these rows (ids); None is no row."""
    marks = [{"kind": kind, "row_id": row} for row in sorted({row for row in rows if row is not None})]
    if marks:
        store.execute(_MARK, marks)


def mark_carried(store: Session | Connection, document: int) -> None:
    """Mark the quotes that a document (row id) is part of."""
    mark(store, "quotation", store.scalars(select(QuotationRow.id).where(QuotationRow.document_id == document)))


def mark_copy(connection: Connection, document: int) -> None:
    """Mark what changes with a document (row id) that was here before and is found to be a copy."""
    mark_carried(connection, document)
    mark(connection, "story", [document])
    mark(connection, "outlet", connection.scalars(select(DocumentRow.outlet_id).where(DocumentRow.id == document)))


def take(session: Session, kind: Kind, limit: int) -> list[int]:
    """Take up to so many marks off, and give the ids of their rows."""
    marks = select(StaleRow.row_id).where(StaleRow.kind == kind).order_by(StaleRow.row_id).limit(limit)
    rows = list(session.scalars(marks))
    if rows:
        session.execute(delete(StaleRow).where(StaleRow.kind == kind, StaleRow.row_id <= rows[-1]))
    return rows


def count(session: Session) -> int:
    """How many marks there are."""
    return sum(counts(session).values())


def counts(session: Session) -> dict[str, int]:
    """How many marks there are of each kind that has any."""
    query = select(StaleRow.kind, func.count()).group_by(StaleRow.kind)
    return {row.kind: row[1] for row in session.execute(query)}


def clear(session: Session) -> None:
    """Take all marks off, where everything is derived again."""
    session.execute(delete(StaleRow))
