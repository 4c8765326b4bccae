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
