"""What feeds tell beside lists: when something came to be known here, and the newest variants of a quote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from app.store.tables import DocumentRow, PartRow, QuotationRow, QuoteRow, VariantRow


@dataclass(frozen=True, slots=True)
class NewVariant:
    """A variant, and when a document that has it was first taken in (UTC)."""

    id: str
    text: str
    likely_original: bool
    first_published: datetime | None
    known_since: datetime


def read_new_variants(connection: Connection, quote: str, most: int) -> tuple[NewVariant, ...]:
    """The variants of a quote (public id) that became known last, the newest first."""
    known_since = func.min(DocumentRow.ingested_at)
    query = (
        select(
            VariantRow.public_id,
            VariantRow.text,
            VariantRow.likely_original,
            VariantRow.first_published_at,
            known_since.label("known_since"),
        )
        .join(QuoteRow, VariantRow.quote_id == QuoteRow.id)
        .join(PartRow, PartRow.variant_id == VariantRow.id)
        .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
        .join(DocumentRow, QuotationRow.document_id == DocumentRow.id)
        .where(QuoteRow.public_id == quote)
        .group_by(VariantRow.id)
        .order_by(known_since.desc(), VariantRow.rank.desc())
        .limit(most)
    )
    return tuple(NewVariant(*row) for row in connection.execute(query))


def read_last_taken_in(connection: Connection, quotes: Sequence[str]) -> dict[str, datetime]:
    """When a document that carries the quote was last taken in (UTC), by public id of the quote."""
    query = (
        select(QuoteRow.public_id, func.max(DocumentRow.ingested_at))
        .join(VariantRow, VariantRow.quote_id == QuoteRow.id)
        .join(PartRow, PartRow.variant_id == VariantRow.id)
        .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
        .join(DocumentRow, QuotationRow.document_id == DocumentRow.id)
        .where(QuoteRow.public_id.in_(quotes))
        .group_by(QuoteRow.id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def read_taken_in(connection: Connection, documents: Sequence[str]) -> dict[str, datetime]:
    """When these documents (public ids) were taken in (UTC)."""
    query = select(DocumentRow.public_id, DocumentRow.ingested_at).where(DocumentRow.public_id.in_(documents))
    return {row[0]: row[1] for row in connection.execute(query)}
