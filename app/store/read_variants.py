"""Single variants, where a page needs one that its list doesn't hold."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.store.read_quotes import variant_view
from app.store.read_views import Variant
from app.store.tables import QuoteRow, VariantRow


@dataclass(frozen=True, slots=True)
class VariantPlace:
    """The quote to which a variant belongs, and its place among the variants."""

    quote: str
    text: str  # of the quote
    rank: int
    variant_count: int  # of the quote


def read_variant_place(connection: Connection, variant: str) -> VariantPlace | None:
    """Where a variant (public id) is shown; None where there is none of this id."""
    query = select(QuoteRow.public_id, QuoteRow.text, VariantRow.rank, QuoteRow.variant_count)
    query = query.join(VariantRow, VariantRow.quote_id == QuoteRow.id).where(VariantRow.public_id == variant)
    row = connection.execute(query).one_or_none()
    return VariantPlace(*row) if row else None


def read_variant(connection: Connection, quote: str, variant: str) -> Variant | None:
    """One variant of one quote (public ids); None where the quote has none of this id."""
    query = select(*VariantRow.__table__.columns).join(QuoteRow, VariantRow.quote_id == QuoteRow.id)
    row = connection.execute(query.where(QuoteRow.public_id == quote, VariantRow.public_id == variant)).one_or_none()
    return variant_view(row) if row else None
