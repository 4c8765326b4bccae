"""The state of the data: when they last changed, and what came to a quote since."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from app.store.prepared import prepared
from app.store.tables import DocumentRow, PartRow, QuotationRow, QuoteRow, RunRow, VariantRow

_MOST = 1_000
_RUNS = 100  # that are looked at: runs that were interrupted have no end


def read_state(connection: Connection) -> datetime | None:
    """When the newest run finished (UTC); None where none has."""
    row = _select_finished.one(connection, {})
    return row.finished_at if row else None


@prepared
def _select_finished() -> Select[Any]:
    oldest = select(func.max(RunRow.id) - _RUNS).scalar_subquery()
    finished = select(RunRow.finished_at).where(RunRow.id > oldest, RunRow.finished_at.is_not(None))
    return finished.order_by(RunRow.id.desc()).limit(1)


def read_days(connection: Connection) -> tuple[datetime | None, datetime | None]:
    """When the earliest and the latest document were published; None where none has a date."""
    row = _select_days.one(connection, {})
    first, last = ([day for day in days if day] for days in ((row[0], row[1]), (row[2], row[3]))) if row else ([], [])
    return min(first, default=None), max(last, default=None)


@prepared
def _select_days() -> Select[Any]:
    at, old = DocumentRow.published_at, DocumentRow.superseded
    ends = (
        select(at).where(old.is_(version), at.is_not(None)).order_by(end).limit(1).scalar_subquery()
        for end in (at.asc(), at.desc())
        for version in (False, True)  # each end stands in the index of documents only for old and current ones apart
    )
    columns: list[Any] = [end.label(f"end_{number}") for number, end in enumerate(ends)]
    return select(*columns)


def count_since(connection: Connection, quote: str, moment: datetime) -> int:
    """Occurrences of a quote (public id) in documents that were taken in after `moment`, counted to a thousand."""
    later = (
        select(PartRow.id)
        .join(VariantRow, PartRow.variant_id == VariantRow.id)
        .join(QuoteRow, VariantRow.quote_id == QuoteRow.id)
        .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
        .join(DocumentRow, QuotationRow.document_id == DocumentRow.id)
        .where(QuoteRow.public_id == quote, DocumentRow.ingested_at > moment)
        .limit(_MOST)
        .subquery()
    )
    return connection.scalar(select(func.count()).select_from(later)) or 0
