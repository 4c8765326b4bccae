"""Storing documents: one document and all that was found in it, within one transaction of the caller's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.records import Document, Outcome, Quotation, Span
from app.store import ids, stale
from app.store.copies import Containment, mark_copies
from app.store.outlets import outlet_for
from app.store.speakers import Identify, KeysOf, Speakers
from app.store.tables import DocumentRow, NamingRow, PartRow, QuotationRow, SightingRow
from app.store.words import learn_words


@dataclass(frozen=True, slots=True)
class Analysed:
    """A document with what the stages found in it. `parts` and `contexts` go with `quotations`."""

    document: Document
    quotations: tuple[Quotation, ...]
    parts: tuple[tuple[Span, ...], ...]  # sentences of each quotation
    contexts: tuple[Span, ...]  # sentence around each quotation
    bands: tuple[int, ...]  # MinHash signature


@dataclass(frozen=True, slots=True)
class Judges:
    """What the store asks of the stages while it writes; they are pure functions."""

    keys: KeysOf
    identify: Identify
    containment: Containment


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a document that was handed in."""

    outcome: Outcome
    document_id: int


def is_stored(session: Session, sha256: str) -> bool:
    """Whether the text with this digest is here."""
    return session.scalar(select(DocumentRow.id).where(DocumentRow.sha256 == sha256)) is not None


def see_again(session: Session, document: Document) -> Stored | None:
    """Note the name, address and outlet under which a stored text was handed in; None where it is new."""
    row = session.scalar(select(DocumentRow).where(DocumentRow.sha256 == document.sha256))
    if row is None:
        return None
    _add_sighting(session, row, document)
    return Stored("unchanged", row.id)


def add_document(session: Session, found: Analysed, judges: Judges, run_id: int | None, now: datetime) -> Stored:
    """Store a document with its quotations; the same text again is only noted (`see_again`)."""
    document = found.document
    seen = see_again(session, document)
    if seen is not None:
        return seen
    row = _document_row(session, document, run_id, now)
    row.quotation_count = sum(quotation.quoted for quotation in found.quotations)
    session.add(row)
    session.flush()
    learn_words(session, (row.title, row.text))
    previous = _follow_version(session, row)
    stale.mark(session, "outlet", [row.outlet_id])
    session.add(_sighting(row.id, document, row.outlet_id))
    mark_copies(session, row, found.bands, judges.containment)
    _add_quotations(session, row, found, Speakers(session, judges.keys, judges.identify))
    return Stored("updated" if previous else "added", row.id)


def _document_row(session: Session, document: Document, run_id: int | None, now: datetime) -> DocumentRow:
    outlet, published = outlet_for(session, document), document.published
    return DocumentRow(
        public_id=ids.document_id(document.sha256),
        sha256=document.sha256,
        name=document.name[:1000],
        media=document.media,
        title=document.title and document.title[:1000],
        outlet_id=outlet and outlet.id,
        url=document.url and document.url[:2000],
        authors=list(document.authors),
        published_at=published and published.at.replace(tzinfo=None),
        published_precision=published and published.precision,
        published_found_in=published and published.found_in,
        language=document.language,
        text=document.text,
        body_start=document.body_start,
        ingested_at=now,
        run_id=run_id,
    )


def _follow_version(session: Session, row: DocumentRow) -> DocumentRow | None:
    """Make `row` the next version of the document at its URL, where there is one."""
    previous = row.url and session.scalar(
        select(DocumentRow)
        .where(DocumentRow.url == row.url, DocumentRow.id != row.id)
        .order_by(DocumentRow.version.desc())
        .limit(1)
    )
    row.first_version_id = previous.first_version_id if previous else row.id
    if previous:
        row.version = previous.version + 1
        previous.superseded = True
        stale.mark(session, "story", [previous.id])
    session.flush()
    return previous or None


def _add_sighting(session: Session, row: DocumentRow, document: Document) -> None:
    name, url = document.name[:1000], (document.url or "")[:2000]
    same = select(SightingRow.id).where(
        SightingRow.document_id == row.id, SightingRow.name == name, SightingRow.url == url
    )
    if session.scalar(same) is None:
        outlet = outlet_for(session, document)
        session.add(_sighting(row.id, document, outlet.id if outlet else None))
        stale.mark_carried(session, row.id)


def _sighting(document_id: int, document: Document, outlet_id: int | None) -> SightingRow:
    name, url = document.name[:1000], (document.url or "")[:2000]
    return SightingRow(document_id=document_id, name=name, url=url, outlet_id=outlet_id)


def _add_quotations(session: Session, row: DocumentRow, found: Analysed, speakers: Speakers) -> None:
    namings = speakers.resolve(row, dict.fromkeys(q.speaker for q in found.quotations if q.speaker))
    rows = [
        _quotation_row(row, quotation, context, namings[quotation.speaker] if quotation.speaker else None)
        for quotation, context in zip(found.quotations, found.contexts, strict=True)
    ]
    session.add_all(rows)
    session.flush()
    parts = [
        _part(row.sha256, quotation.id, span)
        for quotation, spans in zip(rows, found.parts, strict=True)
        for span in spans
    ]
    if parts:
        session.connection().execute(insert(PartRow), parts)


def _quotation_row(row: DocumentRow, found: Quotation, context: Span, naming: NamingRow | None) -> QuotationRow:
    source, cue = found.source or (None, None), found.cue or (None, None)
    return QuotationRow(
        public_id=ids.quotation_id(row.sha256, *found.span),
        document_id=row.id,
        start=found.span.start,
        end=found.span.end,
        outer_start=found.outer.start,
        outer_end=found.outer.end,
        context_start=context.start,
        context_end=context.end,
        kind=found.kind,
        attribution=found.attribution,
        heading=found.heading,
        fault=found.fault,
        source_start=source[0],
        source_end=source[1],
        cue_start=cue[0],
        cue_end=cue[1],
        speaker_id=naming and naming.speaker_id,
        naming=naming and naming.number,
        confidence=found.confidence,
        reason=found.reason[:500],
    )


def _part(sha: str, quotation_id: int, span: Span) -> dict[str, Any]:
    """The row of a sentence; nobody asks for it again within the transaction, so it is no object."""
    place = {"start": span.start, "end": span.end}
    return {"public_id": ids.part_id(sha, *span), "quotation_id": quotation_id, **place}
