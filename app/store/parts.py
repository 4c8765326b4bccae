"""Reading what is clustered: sentences of quotations, with what clustering and counting need of their documents."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from app.records import Precision, Reworded
from app.store.tables import DocumentRow, PartRow, QuotationRow, QuoteRow, SightingRow, SpeakerRow, VariantRow

_BATCH = 2_000  # rows fetched at a time
_TEXTS = 200  # documents whose texts are held at once
_OPENING = 300  # characters in which a document says what it is


_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class PartRecord:
    """One sentence of a quotation with what clustering and counting need of its document."""

    id: int
    public_id: str
    quotation_id: int
    quotation: str  # public id
    quote: str | None  # public id of the quote that it belonged to until now
    text: str
    start: int
    end: int
    heading: bool
    unmarked: bool  # the layout says that it is speech, as in a transcript
    document_id: int
    document: str
    opening: str  # the title and the first words of its document
    length: int  # characters of its document's body
    altered_rate: float | None
    reworded: Reworded | None
    outlet_ids: tuple[int, ...]
    copied: bool
    published_at: datetime | None
    precision: Precision | None
    found_in: str | None
    speaker_id: int | None
    speaker: str | None
    speaker_named: bool  # a person or body, not an unnamed source
    confidence: float


def read_parts(session: Session) -> Iterator[PartRecord]:
    """All sentences in order of documents, a few documents held at a time."""
    query = _select().order_by(QuotationRow.document_id, PartRow.start, PartRow.id)
    documents: dict[int, _Document] = {}
    for rows in session.execute(query.execution_options(yield_per=_BATCH)).partitions():
        needed = {row.document_id for row in rows}
        documents = {row_id: documents[row_id] for row_id in needed & documents.keys()}
        documents |= _read_documents(session, sorted(needed - documents.keys()))
        for row in rows:
            yield _part(row, documents[row.document_id])


def read_new_parts(session: Session) -> list[PartRecord]:
    """The sentences that wait for clustering, in order of documents."""
    return read_some_parts(session, list(session.scalars(select(PartRow.id).where(PartRow.variant_id.is_(None)))))


def read_quote_parts(session: Session, quotes: Collection[int]) -> list[PartRecord]:
    """The sentences of these quotes (ids of their rows), in order of documents."""
    found: list[int] = []
    for batch in _batches(sorted(quotes)):
        query = select(PartRow.id).join(VariantRow, PartRow.variant_id == VariantRow.id)
        found += session.scalars(query.where(VariantRow.quote_id.in_(batch)))
    return read_some_parts(session, found)


def read_some_parts(session: Session, ids: Sequence[int]) -> list[PartRecord]:
    """The sentences with these row ids, in order of documents."""
    # In steps that each go by an index: asked all at once, the database reads the corpus in order of documents.
    rows = [row for batch in _batches(ids) for row in session.execute(_select().where(PartRow.id.in_(batch)))]
    rows.sort(key=lambda row: (row.document_id, row.start, row.id))
    theirs = [(document, list(parts)) for document, parts in groupby(rows, key=lambda row: int(row.document_id))]
    found: list[PartRecord] = []
    for few in _batches(theirs, _TEXTS):
        documents = _read_documents(session, [document for document, _ in few])
        found += (_part(row, documents[document]) for document, parts in few for row in parts)
    return found


def _batches(items: Sequence[_Item], size: int = _BATCH) -> Iterator[Sequence[_Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _select() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
        .outerjoin(SpeakerRow, QuotationRow.speaker_id == SpeakerRow.id)
        .outerjoin(VariantRow, PartRow.variant_id == VariantRow.id)
        .outerjoin(QuoteRow, VariantRow.quote_id == QuoteRow.id)
    )


_COLUMNS: tuple[Any, ...] = (
    PartRow.id,
    PartRow.public_id,
    PartRow.start,
    PartRow.end,
    PartRow.quotation_id,
    QuotationRow.public_id.label("quotation"),
    QuotationRow.document_id,
    QuotationRow.heading,
    ((QuotationRow.outer_start == QuotationRow.start) & (QuotationRow.outer_end == QuotationRow.end)).label("unmarked"),
    QuotationRow.speaker_id,
    QuotationRow.confidence,
    QuoteRow.public_id.label("quote"),
    SpeakerRow.name.label("speaker"),
    SpeakerRow.kind.label("speaker_kind"),
)


@dataclass(frozen=True, slots=True)
class _Document:
    """A document with what all of its sentences share."""

    row: Row[Any]
    opening: str
    length: int
    outlet_ids: tuple[int, ...]
    reworded: Reworded | None


def _read_documents(session: Session, ids: Sequence[int]) -> dict[int, _Document]:
    sighted: dict[int, set[int | None]] = defaultdict(set)
    seen = select(SightingRow.document_id, SightingRow.outlet_id).where(SightingRow.document_id.in_(ids))
    for document, outlet in session.execute(seen):
        sighted[document].add(outlet)
    query = select(
        DocumentRow.id,
        DocumentRow.public_id,
        DocumentRow.title,
        DocumentRow.text,
        DocumentRow.body_start,
        DocumentRow.outlet_id,
        DocumentRow.copy_of_id,
        DocumentRow.altered_rate,
        DocumentRow.reworded,
        DocumentRow.published_at,
        DocumentRow.published_precision,
        DocumentRow.published_found_in,
    )
    rows = session.execute(query.where(DocumentRow.id.in_(ids)))
    return {row.id: _document(row, {row.outlet_id, *sighted[row.id]}) for row in rows}


def _document(row: Row[Any], outlets: set[int | None]) -> _Document:
    opening = f"{row.title or ''}\n{row.text[row.body_start : row.body_start + _OPENING]}"
    outlet_ids = tuple(sorted(outlet for outlet in outlets if outlet is not None))
    reworded = Reworded(**row.reworded) if row.reworded else None
    return _Document(row, opening, len(row.text) - row.body_start, outlet_ids, reworded)


def _part(row: Row[Any], document: _Document) -> PartRecord:
    shared = document.row
    return PartRecord(
        id=row.id,
        public_id=row.public_id,
        quotation_id=row.quotation_id,
        quotation=row.quotation,
        quote=row.quote,
        text=shared.text[row.start : row.end],
        start=row.start,
        end=row.end,
        heading=row.heading,
        unmarked=bool(row.unmarked),
        document_id=shared.id,
        document=shared.public_id,
        opening=document.opening,
        length=document.length,
        altered_rate=shared.altered_rate,
        reworded=document.reworded,
        outlet_ids=document.outlet_ids,
        copied=shared.copy_of_id is not None,
        published_at=shared.published_at,
        precision=shared.published_precision,
        found_in=shared.published_found_in,
        speaker_id=row.speaker_id,
        speaker=row.speaker,
        speaker_named=row.speaker_kind in ("person", "body"),
        confidence=row.confidence,
    )
