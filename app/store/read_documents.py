"""Documents: lists, one with its text, its quotations, its versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from app.records import Reworded
from app.store.narrowing import of_days
from app.store.read_paging import count_found, cursor, read_page
from app.store.read_rows import SPEAKER, document_line, label, select_documents, speaker
from app.store.read_views import Document, DocumentLine, Found, Quotation, QuoteRef
from app.store.tables import (
    DocumentRow,
    OutletRow,
    PartRow,
    QuotationRow,
    QuoteRow,
    SightingRow,
    SpeakerRow,
    VariantRow,
)


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents a list shows; `outlet` is a public id, dates are days."""

    outlet: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentList:
    """One page of documents; `after` leads to the next one."""

    found: Found
    documents: tuple[DocumentLine, ...]
    after: str | None


def read_documents(connection: Connection, chosen: DocumentFilter, after: str | None, size: int) -> DocumentList:
    """One page of documents, newest first, old versions left out. Raises NotFound for a bad `after`."""
    column = DocumentRow.published_at.expression
    query = select_documents(DocumentRow.id.label("sort_key"), column.label("sort_value"))
    query = query.where(*document_conditions(chosen))
    rows, last = read_page(connection, query, column, DocumentRow.id.expression, cursor(after), size)
    lines = tuple(document_line(row) for row in rows)
    return DocumentList(count_found(connection, query), lines, str(last) if last else None)


def read_newest(connection: Connection, size: int, outlet: str = "") -> tuple[DocumentLine, ...]:
    """The newest documents, of one outlet (public id) where it is given; old versions and undated ones left out."""
    query = select_documents().where(DocumentRow.superseded.is_(False), *_conditions(DocumentFilter(outlet)))
    query = query.where(DocumentRow.published_at.is_not(None))
    query = query.order_by(DocumentRow.published_at.desc(), DocumentRow.id.desc())
    return tuple(map(document_line, connection.execute(query.limit(size))))


def read_document(connection: Connection, public_id: str) -> Document | None:
    """A document with its text from the body on."""
    query = select_documents(
        DocumentRow.authors,
        DocumentRow.language,
        DocumentRow.published_found_in,
        DocumentRow.reworded,
        DocumentRow.sha256,
        DocumentRow.ingested_at,
        DocumentRow.body_start,
        func.substr(DocumentRow.text, DocumentRow.body_start + 1).label("body"),
    )
    row = connection.execute(query.where(DocumentRow.public_id == public_id)).one_or_none()
    if row is None:
        return None
    return Document(
        line=document_line(row),
        authors=tuple(row.authors),
        language=row.language,
        published_found_in=row.published_found_in,
        reworded=Reworded(**row.reworded) if row.reworded else None,
        sha256=row.sha256,
        ingested_at=row.ingested_at,
        body_start=row.body_start,
        body=row.body,
    )


def read_versions(connection: Connection, public_id: str) -> tuple[DocumentLine, ...]:
    """All versions of a document, itself included, the first one first."""
    first = (
        select(func.coalesce(DocumentRow.first_version_id, DocumentRow.id))
        .where(DocumentRow.public_id == public_id)
        .scalar_subquery()
    )
    later = select(DocumentRow.id).where(DocumentRow.first_version_id == first)
    # Not "or": SQLite would read the whole table where it knows that few documents have several versions.
    query = select_documents().where(DocumentRow.id.in_(select(first).union_all(later)))
    rows = connection.execute(query.order_by(DocumentRow.version))
    return tuple(document_line(row) for row in rows)


def read_copies(connection: Connection, public_id: str, most: int) -> tuple[DocumentLine, ...]:
    """Documents found to be copies of this one."""
    original = select(DocumentRow.id).where(DocumentRow.public_id == public_id).scalar_subquery()
    query = select_documents().where(DocumentRow.copy_of_id == original)
    rows = connection.execute(query.order_by(DocumentRow.published_at.nulls_first(), DocumentRow.id).limit(most))
    return tuple(document_line(row) for row in rows)


def read_sightings(connection: Connection, public_id: str) -> tuple[tuple[str, str], ...]:
    """The names and addresses under which a document's text was handed in."""
    query = (
        select(SightingRow.name, SightingRow.url)
        .join(DocumentRow, SightingRow.document_id == DocumentRow.id)
        .where(DocumentRow.public_id == public_id)
        .order_by(SightingRow.id)
        .limit(50)
    )
    return tuple((row.name, row.url) for row in connection.execute(query))


def read_quotations(connection: Connection, document: str) -> tuple[Quotation, ...]:
    """The quotations of a document (public id) in order, with the quotes that their sentences belong to."""
    mine = select(DocumentRow.id).where(DocumentRow.public_id == document).scalar_subquery()
    query = select(QuotationRow, *SPEAKER).outerjoin(SpeakerRow, QuotationRow.speaker_id == SpeakerRow.id)
    rows = connection.execute(query.where(QuotationRow.document_id == mine).order_by(QuotationRow.start)).all()
    refs = _quote_refs(connection, mine)
    return tuple(_quotation(row, refs.get(row.id, ())) for row in rows)


def _quote_refs(connection: Connection, document: Any) -> dict[int, Sequence[QuoteRef]]:
    query = (
        select(
            PartRow.quotation_id,
            PartRow.start,
            PartRow.end,
            QuoteRow.public_id,
            QuoteRow.text,
            QuoteRow.variant_count,
            QuoteRow.quotation_count,
            QuoteRow.speaker_count,
            VariantRow.public_id.label("variant"),
            VariantRow.rank,
            VariantRow.labels,
        )
        .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
        .join(VariantRow, PartRow.variant_id == VariantRow.id)
        .join(QuoteRow, VariantRow.quote_id == QuoteRow.id)
        .where(QuotationRow.document_id == document)
        .order_by(PartRow.start)
    )
    found: dict[int, list[QuoteRef]] = {}
    for row in connection.execute(query):
        found.setdefault(row.quotation_id, []).append(
            QuoteRef(
                start=row.start,
                end=row.end,
                quote=row.public_id,
                text=row.text,
                variant_count=row.variant_count,
                quotation_count=row.quotation_count,
                speaker_count=row.speaker_count,
                variant=row.variant,
                variant_rank=row.rank,
                labels=tuple(map(label, row.labels)),
            )
        )
    return dict(found)


def _quotation(row: Row[Any], quotes: Sequence[QuoteRef]) -> Quotation:
    return Quotation(
        id=row.public_id,
        start=row.start,
        end=row.end,
        outer_start=row.outer_start,
        outer_end=row.outer_end,
        source=(row.source_start, row.source_end) if row.source_start is not None else None,
        cue=(row.cue_start, row.cue_end) if row.cue_start is not None else None,
        kind=row.kind,
        heading=row.heading,
        fault=row.fault,
        speaker=speaker(row),
        confidence=row.confidence,
        reason=row.reason,
        quotes=tuple(quotes),
    )


def _conditions(chosen: DocumentFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.outlet:
        chosen_outlet = select(OutletRow.id).where(OutletRow.public_id == chosen.outlet).scalar_subquery()
        conditions.append(DocumentRow.outlet_id == chosen_outlet)
    return [*conditions, *of_days(DocumentRow.published_at, chosen.since, chosen.until)]


def document_conditions(chosen: DocumentFilter) -> list[ColumnElement[bool]]:
    """What `chosen` asks of documents; old versions are in no list."""
    return [DocumentRow.superseded.is_(False), *_conditions(chosen)]
