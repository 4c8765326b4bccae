"""Storing documents: one document and all that was found in it, within one transaction of the caller's.

This is what an ingest spends its one writer on, so rows are written as they are, many at a time, and not as objects.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from app.records import Document, Outcome, Quotation, Span, Speaker
from app.store import ids, stale
from app.store.copies import Comparable, Containment, mark_copies
from app.store.outlets import outlet_for
from app.store.prepared import prepared
from app.store.speakers import Identify, KeysOf, Named, Speakers
from app.store.tables import DocumentRow, NamingRow, PartRow, QuotationRow, SightingRow
from app.store.words import count_words

LONGEST_TITLE = 1000  # characters
_TOO_LONG = "index row size .* exceeds"  # PostgreSQL, of an address that can't be compressed
_STORED = prepared(lambda: select(DocumentRow.id).where(DocumentRow.sha256 == bindparam("sha256")))
_SIGHTED = prepared(
    lambda: select(SightingRow.id).where(
        SightingRow.document_id == bindparam("document_id"),
        SightingRow.name == bindparam("name"),
        SightingRow.url == bindparam("url"),
    )
)
_PREVIOUS = prepared(
    lambda: (
        select(DocumentRow.id, DocumentRow.version, DocumentRow.first_version_id)
        .where(DocumentRow.url == bindparam("url"))
        .order_by(DocumentRow.version.desc())
        .limit(1)
    )
)
_FIRST = prepared(
    lambda: update(DocumentRow).where(DocumentRow.id == bindparam("row")).values(first_version_id=bindparam("row"))
)
_SUPERSEDED = prepared(lambda: update(DocumentRow).where(DocumentRow.id == bindparam("row")).values(superseded=True))
_ADD_SIGHTING = prepared(lambda: insert(SightingRow))
_QUOTATIONS = prepared(
    lambda: select(QuotationRow.start, QuotationRow.end, QuotationRow.id).where(
        QuotationRow.document_id == bindparam("document_id")
    )
)
_ADD_QUOTATIONS = prepared(lambda: insert(QuotationRow))
_ADD_PARTS = prepared(lambda: insert(PartRow))


@dataclass(frozen=True, slots=True)
class Analysed:
    """A document with what the stages found in it. `parts` and `contexts` go with `quotations`."""

    document: Document
    quotations: tuple[Quotation, ...]
    parts: tuple[tuple[Span, ...], ...]  # sentences of each quotation
    contexts: tuple[Span, ...]  # sentence around each quotation
    bands: tuple[int, ...]  # MinHash signature
    words: tuple[str, ...]  # of title and text, as `words_of` has them, sorted


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


def is_unstorable(error: DBAPIError) -> bool:
    """Whether an error is about what was to be stored, and not about the database."""
    return isinstance(error, DataError | IntegrityError) or bool(re.search(_TOO_LONG, str(error.orig)))


def is_stored(connection: Connection, sha256: str) -> bool:
    """Whether the text with this digest is here."""
    return _STORED.one(connection, {"sha256": sha256}) is not None


def see_again(session: Session, document: Document) -> Stored | None:
    """Note the name, address and outlet under which a stored text was handed in; None where it is new."""
    connection = session.connection()
    stored = _STORED.one(connection, {"sha256": document.sha256})
    if stored is None:
        return None
    same = _sighting(stored.id, document)
    if _SIGHTED.one(connection, same) is None:
        outlet = outlet_for(session, document)
        _ADD_SIGHTING.write(connection, [same | {"outlet_id": outlet and outlet.id}])
        stale.mark_carried(connection, stored.id)
    return Stored("unchanged", stored.id)


def add_document(session: Session, found: Analysed, judges: Judges, run_id: int | None, now: datetime) -> Stored:
    """Store a document with its quotations; the same text again is only noted (`see_again`)."""
    seen = see_again(session, found.document)
    if seen is not None:
        return seen
    values = _document_values(session, found, run_id, now)
    connection = session.connection()
    previous = _PREVIOUS.one(connection, {"url": values["url"]}) if values["url"] else None
    if previous:
        values |= {"version": previous.version + 1, "first_version_id": previous.first_version_id}
    document_id = connection.execute(insert(DocumentRow).returning(DocumentRow.id), values).scalar_one()
    if previous:
        _SUPERSEDED.write(connection, [{"row": previous.id}])
        stale.mark(connection, "story", [previous.id])
    else:
        _FIRST.write(connection, [{"row": document_id}])
    count_words(connection, found.words)
    stale.mark(connection, "outlet", [values["outlet_id"]])
    sighting = _sighting(document_id, found.document) | {"outlet_id": values["outlet_id"]}
    _ADD_SIGHTING.write(connection, [sighting])
    new = Comparable(document_id, values["published_at"], found.document.text)
    first_version = previous.first_version_id if previous else document_id
    mark_copies(connection, new, first_version, found.bands, judges.containment)
    named = Named(document_id, values["sha256"], values["published_at"], values["published_precision"])
    _add_quotations(connection, named, found, Speakers(session, judges.keys, judges.identify))
    return Stored("updated" if previous else "added", document_id)


def _document_values(session: Session, found: Analysed, run_id: int | None, now: datetime) -> dict[str, Any]:
    document = found.document
    outlet, published, sha256 = outlet_for(session, document), document.published, document.sha256
    return {
        "public_id": ids.document_id(sha256),
        "sha256": sha256,
        "name": document.name[:1000],
        "media": document.media,
        "title": document.title and document.title[:LONGEST_TITLE],
        "outlet_id": outlet and outlet.id,
        "url": document.url and document.url[:2000],
        "authors": list(document.authors),
        "published_at": published and published.at.replace(tzinfo=None),
        "published_precision": published and published.precision,
        "published_found_in": published and published.found_in,
        "language": document.language,
        "text": document.text,
        "body_start": document.body_start,
        "quotation_count": sum(quotation.quoted for quotation in found.quotations),
        "ingested_at": now,
        "run_id": run_id,
    }


def _sighting(document_id: int, document: Document) -> dict[str, Any]:
    return {"document_id": document_id, "name": document.name[:1000], "url": (document.url or "")[:2000]}


def _add_quotations(connection: Connection, document: Named, found: Analysed, speakers: Speakers) -> None:
    namings = speakers.resolve(document, dict.fromkeys(q.speaker for q in found.quotations if q.speaker))
    if not found.quotations:
        return
    rows = [
        _quotation_values(document, quotation, context, namings)
        for quotation, context in zip(found.quotations, found.contexts, strict=True)
    ]
    _ADD_QUOTATIONS.write(connection, rows)
    stored = _QUOTATIONS.rows(connection, {"document_id": document.id})
    numbers = {(start, end): number for start, end, number in stored}
    parts = [
        {"public_id": ids.part_id(document.sha256, *span), "quotation_id": numbers[quotation.span], **span._asdict()}
        for quotation, spans in zip(found.quotations, found.parts, strict=True)
        for span in spans
    ]
    _ADD_PARTS.write(connection, parts)


def _quotation_values(
    document: Named, found: Quotation, context: Span, namings: Mapping[Speaker, NamingRow]
) -> dict[str, Any]:
    source, cue = found.source or (None, None), found.cue or (None, None)
    naming = namings[found.speaker] if found.speaker else None
    return {
        "public_id": ids.quotation_id(document.sha256, *found.span),
        "document_id": document.id,
        "start": found.span.start,
        "end": found.span.end,
        "outer_start": found.outer.start,
        "outer_end": found.outer.end,
        "context_start": context.start,
        "context_end": context.end,
        "kind": found.kind,
        "attribution": found.attribution,
        "heading": found.heading,
        "fault": found.fault,
        "source_start": source[0],
        "source_end": source[1],
        "cue_start": cue[0],
        "cue_end": cue[1],
        "speaker_id": naming and naming.speaker_id,
        "naming": naming and naming.number,
        "confidence": found.confidence,
        "reason": found.reason[:500],
    }
