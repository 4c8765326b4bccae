"""Streaming the store out: flat rows, a batch at a time, in a stable order."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, RowMapping, Select, func, select
from sqlalchemy.orm import Session, aliased

from app.errors import UsageError
from app.store.decisions import decision_rows
from app.store.offered import AGGREGATES
from app.store.tables import (
    AliasRow,
    DocumentRow,
    OutletRow,
    PartRow,
    QuotationRow,
    QuoteRow,
    SpeakerRow,
    VariantRow,
)

Row = dict[str, Any]
_BATCH = 2_000  # rows fetched at a time


def export_rows(session: Session, aggregate: str) -> Iterator[Row]:
    """Rows of one of `AGGREGATES`. Raises UsageError for any other name."""
    queries = {
        "quotations": _quotations,
        "quotes": _quotes,
        "variants": _variants,
        "documents": _documents,
        "speakers": _speakers,
        "decisions": decision_rows,
    }
    if aggregate not in queries:
        raise UsageError(f"There is no export of {aggregate!r}.", f"Choose one of {', '.join(AGGREGATES)}.")
    return queries[aggregate](session)


def _stream(session: Session, query: Executable) -> Iterator[RowMapping]:
    yield from session.execute(query, execution_options={"yield_per": _BATCH}).mappings()


def _time(value: datetime | None) -> str | None:
    return value.isoformat() + "Z" if value else None


def _quotations(session: Session) -> Iterator[Row]:
    """One row a sentence of a quotation, with its own offsets, text and quote; one a report without marks."""
    query = (
        select(
            DocumentRow.id.label("document_row"),
            func.coalesce(PartRow.start, QuotationRow.start).label("part_start"),
            func.coalesce(PartRow.end, QuotationRow.end).label("part_end"),
            func.coalesce(PartRow.public_id, QuotationRow.public_id).label("part"),
            QuotationRow,
            SpeakerRow.name.label("speaker"),
            SpeakerRow.public_id.label("speaker_id"),
            QuoteRow.public_id.label("quote"),
            VariantRow.public_id.label("variant"),
            VariantRow.likely_original,
            OutletRow.name.label("outlet"),
        )
        .select_from(QuotationRow)
        .join(DocumentRow, QuotationRow.document_id == DocumentRow.id)
        .outerjoin(PartRow, PartRow.quotation_id == QuotationRow.id)
        .outerjoin(OutletRow, DocumentRow.outlet_id == OutletRow.id)
        .outerjoin(SpeakerRow, QuotationRow.speaker_id == SpeakerRow.id)
        .outerjoin(VariantRow, PartRow.variant_id == VariantRow.id)
        .outerjoin(QuoteRow, VariantRow.quote_id == QuoteRow.id)
        .order_by(QuotationRow.document_id, QuotationRow.start, QuotationRow.id, PartRow.start, PartRow.id)
    )
    document: DocumentRow | None = None
    for row in _stream(session, query):
        if document is None or document.id != row["document_row"]:
            document = session.get_one(DocumentRow, row["document_row"])
        yield _quotation(document, row)


def _quotation(document: DocumentRow, row: RowMapping) -> Row:
    quotation: QuotationRow = row["QuotationRow"]
    return {
        "doc": document.name,
        "start": row["part_start"],
        "end": row["part_end"],
        "text": document.text[row["part_start"] : row["part_end"]],
        "kind": quotation.kind,
        "speaker": row["speaker"],
        "quote": row["quote"],
        "original": bool(row["likely_original"]),
        "variant": row["variant"],
        "id": row["part"],
        "quotation": quotation.public_id,
        "quotation_start": quotation.start,
        "quotation_end": quotation.end,
        "attribution": quotation.attribution,
        "heading": quotation.heading,
        "fault": quotation.fault,
        "source_start": quotation.source_start,
        "source_end": quotation.source_end,
        "cue_start": quotation.cue_start,
        "cue_end": quotation.cue_end,
        "speaker_id": row["speaker_id"],
        "confidence": quotation.confidence,
        "reason": quotation.reason,
        "document": document.public_id,
        "outlet": row["outlet"],
        "url": document.url,
        "published": _time(document.published_at),
    }


def select_quotes() -> Select[*tuple[Any, ...]]:
    """Quotes with their speakers' names, in the order of export; `quote_row` makes rows of them."""
    return (
        select(QuoteRow, SpeakerRow.name.label("speaker"))
        .outerjoin(SpeakerRow, QuoteRow.speaker_id == SpeakerRow.id)
        .order_by(QuoteRow.id)
    )


def _quotes(session: Session) -> Iterator[Row]:
    return map(quote_row, _stream(session, select_quotes()))


def quote_row(row: RowMapping) -> Row:
    """One quote as it is exported."""
    quote: QuoteRow = row["QuoteRow"]
    return {
        "id": quote.public_id,
        "text": quote.text,
        "speaker": row["speaker"],
        "speakers": quote.speaker_count,
        "variants": quote.variant_count,
        "quotations": quote.quotation_count,
        "documents": quote.document_count,
        "outlets": quote.outlet_count,
        "independent_outlets": quote.independent_count,
        "first_published": _time(quote.first_published_at),
        "last_published": _time(quote.last_published_at),
        "reasons": list(quote.reasons),
        "tied": quote.tied,
    }


def _variants(session: Session) -> Iterator[Row]:
    """One row a wording, those of a quote together, the likely original first."""
    query = (
        select(VariantRow, QuoteRow.public_id.label("quote"))
        .join(QuoteRow, VariantRow.quote_id == QuoteRow.id)
        .order_by(VariantRow.quote_id, VariantRow.rank)
    )
    for row in _stream(session, query):
        variant: VariantRow = row["VariantRow"]
        yield {
            "id": variant.public_id,
            "quote": row["quote"],
            "rank": variant.rank,
            "text": variant.text,
            "original": variant.likely_original,
            "labels": [label["kind"] for label in variant.labels],
            "evidence": [f"{base} → {other}" for label in variant.labels for base, other in label["evidence"]],
            "quotations": variant.quotation_count,
            "outlets": variant.outlet_count,
            "independent_outlets": variant.independent_count,
            "first_published": _time(variant.first_published_at),
        }


def select_documents() -> Select[*tuple[Any, ...]]:
    """Documents with outlet and original, in the order of export; `document_row` makes rows of them."""
    copied = aliased(DocumentRow)
    return (
        select(DocumentRow, OutletRow.name.label("outlet"), copied.public_id.label("copy_of"))
        .outerjoin(OutletRow, DocumentRow.outlet_id == OutletRow.id)
        .outerjoin(copied, DocumentRow.copy_of_id == copied.id)
        .order_by(DocumentRow.id)
    )


def _documents(session: Session) -> Iterator[Row]:
    return map(document_row, _stream(session, select_documents()))


def document_row(row: RowMapping) -> Row:
    """One document as it is exported, with its text."""
    document: DocumentRow = row["DocumentRow"]
    return {
        "id": document.public_id,
        "doc": document.name,
        "sha256": document.sha256,
        "title": document.title,
        "outlet": row["outlet"],
        "url": document.url,
        "authors": list(document.authors),
        "published": _time(document.published_at),
        "published_precision": document.published_precision,
        "published_found_in": document.published_found_in,
        "language": document.language,
        "version": document.version,
        "copy_of": row["copy_of"],
        "copy_share": document.copy_share,
        "altered_rate": document.altered_rate,
        "reworded": bool(document.reworded),
        "quotations": document.quotation_count,
        "text": document.text,
    }


def _speakers(session: Session) -> Iterator[Row]:
    query = select(SpeakerRow).order_by(SpeakerRow.id).execution_options(yield_per=_BATCH)
    for batch in session.scalars(query).partitions():
        aliases: dict[int, list[str]] = {speaker.id: [] for speaker in batch}
        found = (
            select(AliasRow).where(AliasRow.speaker_id.in_(aliases)).order_by(AliasRow.fullness.desc(), AliasRow.alias)
        )
        for alias in session.scalars(found):
            aliases[alias.speaker_id].append(alias.alias)
        for speaker in batch:
            yield {
                "id": speaker.public_id,
                "name": speaker.name,
                "kind": speaker.kind,
                "aliases": aliases[speaker.id],
                "quotations": speaker.quotation_count,
                "quotes": speaker.quote_count,
                "documents": speaker.document_count,
            }
