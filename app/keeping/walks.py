"""Walks over the store in batches of bounded size, each batch read once for all checks that want it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary, Row, cast, select
from sqlalchemy.orm import Session

from app.store.parts import PartRecord, read_quote_parts
from app.store.tables import DocumentRow, PartRow, QuotationRow, QuoteRow, VariantRow

_DOCUMENTS = 100  # a batch: their texts are held
_QUOTES = 500
_COMMON = 2_000  # rows of small tables

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DocumentBatch:
    """Documents with their texts, and what stands in them: quotations by document, parts by quotation (row ids)."""

    documents: Sequence[Row[Any]]
    texts: dict[int, bytes]  # UTF-8
    quotations: dict[int, list[Row[Any]]]
    parts: dict[int, list[Row[Any]]]


@dataclass(slots=True)
class QuoteBatch:
    """Quotes with their variants in order of rank by quote, and their sentences by variant (row ids)."""

    session: Session
    range: Range
    quotes: Sequence[Row[Any]]
    variants: dict[int, list[Row[Any]]]
    of_variant: dict[int, list[PartRecord]]
    facts: dict[Any, list[dict[str, Any]]] | None = None  # by table; what they should be, read when first asked for

    def members(self, quote: int) -> list[PartRecord]:
        """The sentences of a quote, in order of its variants."""
        return [part for variant in self.variants[quote] for part in self.of_variant[variant.id]]


def ranges(session: Session, column: Any, size: int = _COMMON) -> Iterator[Range]:
    """Ranges of ids, both ends included, with so many rows each."""
    last = -1
    while True:
        ids = session.scalars(select(column).where(column > last).order_by(column).limit(size)).all()
        if not ids:
            return
        yield ids[0], ids[-1]
        last = ids[-1]


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk over all rows of a table: the column of their ids, how many at once, and how a range of them is read."""

    name: str
    column: Any
    size: int
    read: Callable[[Session, Range], Any]


def walk_documents(session: Session) -> Iterator[DocumentBatch]:
    """All documents."""
    for span in ranges(session, DocumentRow.id, _DOCUMENTS):
        yield document_batch(session, span)


def document_batch(session: Session, span: Range) -> DocumentBatch:
    """The documents with ids in a range."""
    first, last = span
    here = DocumentRow.id.between(first, last)
    documents = session.execute(select(*_DOCUMENT).where(here).order_by(DocumentRow.id)).all()
    quotations: dict[int, list[Row[Any]]] = defaultdict(list)
    inside = QuotationRow.document_id.between(first, last)
    for row in session.execute(select(QuotationRow.__table__).where(inside)):
        quotations[row.document_id].append(row)
    parts: dict[int, list[Row[Any]]] = defaultdict(list)
    theirs = select(*_PART).join(QuotationRow, PartRow.quotation_id == QuotationRow.id).where(inside)
    for row in session.execute(theirs):
        parts[row.quotation_id].append(row)
    return DocumentBatch(documents, texts(session, first, last), quotations, parts)


def texts(session: Session, first: int, last: int) -> dict[int, bytes]:
    """The texts of documents as bytes: what is no UTF-8 any more can still be told."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    text: Any = cast(DocumentRow.text, LargeBinary) if sqlite else DocumentRow.text
    rows = session.execute(select(DocumentRow.id, text).where(DocumentRow.id.between(first, last)))
    return {row[0]: row[1] if isinstance(row[1], bytes) else row[1].encode("utf-8", "surrogatepass") for row in rows}


_DOCUMENT: tuple[Any, ...] = tuple(
    getattr(DocumentRow, name) for name in ("id", "public_id", "sha256", "body_start", "quotation_count")
)
_PART: tuple[Any, ...] = (PartRow.id, PartRow.public_id, PartRow.quotation_id, PartRow.start, PartRow.end)


def walk_quotes(session: Session) -> Iterator[QuoteBatch]:
    """All quotes."""
    for span in ranges(session, QuoteRow.id, _QUOTES):
        yield quote_batch(session, span)


def quote_batch(session: Session, span: Range) -> QuoteBatch:
    """The quotes with ids in a range."""
    quotes = session.execute(select(QuoteRow.__table__).where(QuoteRow.id.between(*span)).order_by(QuoteRow.id)).all()
    variants: dict[int, list[Row[Any]]] = defaultdict(list)
    of_quotes = VariantRow.quote_id.between(*span)
    ordered = select(VariantRow.__table__).where(of_quotes).order_by(VariantRow.quote_id, VariantRow.rank)
    for row in session.execute(ordered):
        variants[row.quote_id].append(row)
    placed = select(PartRow.id, PartRow.variant_id).join(VariantRow, PartRow.variant_id == VariantRow.id)
    variant_of = {row.id: row.variant_id for row in session.execute(placed.where(of_quotes))}
    of_variant: dict[int, list[PartRecord]] = defaultdict(list)
    for part in read_quote_parts(session, [quote.id for quote in quotes]):
        of_variant[variant_of[part.id]].append(part)
    return QuoteBatch(session, span, quotes, variants, of_variant)


WALKS = {
    "documents": Walk("documents", DocumentRow.id, _DOCUMENTS, document_batch),
    "quotes": Walk("quotes", QuoteRow.id, _QUOTES, quote_batch),
}
