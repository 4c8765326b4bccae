"""Reading what is to be clustered, and writing quotes and variants back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from app.records import Precision
from app.store.ids import public_id
from app.store.search import SEARCH_TABLE
from app.store.tables import (
    DocumentRow,
    OutletRow,
    PartRow,
    QuotationRow,
    QuoteOutletRow,
    QuoteRow,
    RetiredQuoteRow,
    SightingRow,
    SpeakerRow,
    VariantRow,
)

_BATCH = 10_000  # rows a statement


@dataclass(frozen=True, slots=True)
class PartRecord:
    """One sentence of a quotation with what clustering and counting need of its document."""

    id: int
    public_id: str
    quote: str | None  # public id of the quote that it belonged to until now
    text: str
    start: int
    end: int
    document_id: int
    document: str
    outlet_ids: tuple[int, ...]
    copied: bool
    published_at: datetime | None
    precision: Precision | None
    speaker_id: int | None
    speaker: str | None
    speaker_named: bool  # a person or body, not an unnamed source
    confidence: float


@dataclass(frozen=True, slots=True)
class NewVariant:
    """A wording to store; `parts` are the ids of the sentences that have it."""

    text: str
    normal_form: str
    likely_original: bool
    parts: tuple[PartRecord, ...]


@dataclass(frozen=True, slots=True)
class NewQuote:
    """A quote to store, its variants in the order in which pages show them (likely original first)."""

    public_id: str
    reasons: tuple[str, ...]
    tied: bool
    variants: tuple[NewVariant, ...]


def has_unclustered(session: Session) -> bool:
    """Whether sentences wait for clustering."""
    return session.scalar(select(PartRow.id).where(PartRow.variant_id.is_(None)).limit(1)) is not None


def read_parts(session: Session) -> Iterator[PartRecord]:
    """All sentences in order of documents, one document's text held at a time."""
    sightings = _sighting_outlets(session)
    query = (
        select(PartRow, QuotationRow, QuoteRow.public_id, SpeakerRow.name, SpeakerRow.kind)
        .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
        .outerjoin(SpeakerRow, QuotationRow.speaker_id == SpeakerRow.id)
        .outerjoin(VariantRow, PartRow.variant_id == VariantRow.id)
        .outerjoin(QuoteRow, VariantRow.quote_id == QuoteRow.id)
        .order_by(QuotationRow.document_id, PartRow.start, PartRow.id)
        .execution_options(yield_per=_BATCH)
    )
    document: DocumentRow | None = None
    for part, quotation, quote, speaker, kind in session.execute(query):
        if document is None or document.id != quotation.document_id:
            document = session.get_one(DocumentRow, quotation.document_id)
            outlets = {document.outlet_id, *sightings.get(document.id, ())} - {None}
        yield PartRecord(
            id=part.id,
            public_id=part.public_id,
            quote=quote,
            text=document.text[part.start : part.end],
            start=part.start,
            end=part.end,
            document_id=document.id,
            document=document.public_id,
            outlet_ids=tuple(sorted(o for o in outlets if o is not None)),
            copied=document.copy_of_id is not None,
            published_at=document.published_at,
            precision=document.published_precision,  # type: ignore[arg-type]
            speaker_id=quotation.speaker_id,
            speaker=speaker,
            speaker_named=kind in ("person", "body"),
            confidence=quotation.confidence,
        )


def _sighting_outlets(session: Session) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    query = select(SightingRow.document_id, SightingRow.outlet_id).where(SightingRow.outlet_id.is_not(None))
    for document_id, outlet_id in session.execute(query):
        found.setdefault(document_id, set()).add(outlet_id or 0)
    return found


def used_ids(session: Session) -> set[str]:
    """Every quote id that was ever given out."""
    live = session.scalars(select(QuoteRow.public_id))
    return set(live) | set(session.scalars(select(RetiredQuoteRow.public_id)))


def replace_quotes(
    session: Session,
    quotes: Sequence[NewQuote],
    successors: Mapping[str, Sequence[str]],
    now: datetime,
) -> None:
    """Put `quotes` in the place of all stored ones.

    `successors` maps an id to the ids that took quotations from it: all of them where it lives no more
    (none: removed), the split-off ones where it lives on.
    """
    before = set(session.scalars(select(QuoteRow.public_id)))
    _clear(session)
    _write(session, quotes)
    _record_successors(session, successors, before, now)
    refresh_counts(session)


def _clear(session: Session) -> None:
    session.execute(update(PartRow).values(variant_id=None))
    for table in (QuoteOutletRow, VariantRow, QuoteRow):
        session.execute(delete(table))
    session.execute(text(f"DELETE FROM {SEARCH_TABLE}"))


def _write(session: Session, quotes: Sequence[NewQuote]) -> None:
    for start in range(0, len(quotes), _BATCH):
        _write_batch(session, quotes[start : start + _BATCH], start + 1)


def _write_batch(session: Session, quotes: Sequence[NewQuote], first_id: int) -> None:
    rows, variants, parts, outlets, search = [], [], [], [], []
    seen = session.scalar(select(func.max(VariantRow.id))) or 0
    for quote_id, quote in enumerate(quotes, first_id):
        members = [part for variant in quote.variants for part in variant.parts]
        rows.append(_quote_values(quote_id, quote, members))
        for rank, variant in enumerate(quote.variants):
            seen += 1
            variants.append(_variant_values(seen, quote_id, rank, quote, variant))
            parts += [{"id": part.id, "variant_id": seen} for part in variant.parts]
        outlets += [
            {"quote_id": quote_id, "outlet_id": outlet}
            for outlet in sorted({outlet for part in members for outlet in part.outlet_ids})
        ]
        names = sorted({part.speaker for part in members if part.speaker})
        wordings = " \u2016 ".join(variant.text for variant in quote.variants)
        search.append({"id": quote_id, "wordings": wordings, "speaker": " \u2016 ".join(names)})
    session.execute(insert(QuoteRow), rows)
    session.execute(insert(VariantRow), variants)
    session.execute(update(PartRow), parts)
    if outlets:
        session.execute(insert(QuoteOutletRow), outlets)
    session.execute(
        text(f"INSERT INTO {SEARCH_TABLE} (rowid, wordings, speaker) VALUES (:id, :wordings, :speaker)"),
        search,
    )


def _quote_values(row_id: int, quote: NewQuote, members: Sequence[PartRecord]) -> dict[str, object]:
    dates = [part.published_at for part in members if part.published_at]
    votes: dict[int, float] = {}
    for part in members:
        if part.speaker_id is not None and part.speaker_named:
            votes[part.speaker_id] = votes.get(part.speaker_id, 0.0) + part.confidence
    fallback = next((part.speaker_id for part in members if part.speaker_id is not None), None)
    return {
        "id": row_id,
        "public_id": quote.public_id,
        "text": quote.variants[0].text,
        "reasons": list(quote.reasons),
        "tied": quote.tied,
        "speaker_id": max(votes, key=lambda s: (votes[s], -s)) if votes else fallback,
        "speaker_count": len(votes),
        "variant_count": len(quote.variants),
        "quotation_count": len(members),
        "document_count": len({part.document_id for part in members}),
        "outlet_count": _outlet_count(members),
        "independent_count": independent_count(members),
        "first_published_at": min(dates, default=None),
        "last_published_at": max(dates, default=None),
    }


def _variant_values(row_id: int, quote_id: int, rank: int, quote: NewQuote, variant: NewVariant) -> dict[str, object]:
    return {
        "id": row_id,
        "public_id": public_id("variant", quote.public_id, variant.normal_form),
        "quote_id": quote_id,
        "rank": rank,
        "text": variant.text,
        "likely_original": variant.likely_original,
        "quotation_count": len(variant.parts),
        "outlet_count": _outlet_count(variant.parts),
        "independent_count": independent_count(variant.parts),
        "first_published_at": min((p.published_at for p in variant.parts if p.published_at), default=None),
    }


def _outlet_count(parts: Sequence[PartRecord]) -> int:
    """Outlets that carry these; a document without an outlet counts as one of its own."""
    return len({outlet for part in parts for outlet in (part.outlet_ids or (-part.document_id,))})


def independent_count(parts: Sequence[PartRecord]) -> int:
    """Outlets as above, documents found to be copies left out."""
    return len({(part.outlet_ids or (-part.document_id,))[0] for part in parts if not part.copied})


def _record_successors(
    session: Session, successors: Mapping[str, Sequence[str]], before: set[str], now: datetime
) -> None:
    live = set(session.scalars(select(QuoteRow.public_id)))
    _forget_outdated(session, sorted(live - before))
    removed = before - live - set(successors)  # not one of their quotations is left
    rows = [
        {"public_id": old, "successor": successor, "retired_at": now}
        for old, followers in sorted({**successors, **dict.fromkeys(removed, ())}.items())
        for successor in (followers or (None,))
    ]
    if rows:
        session.execute(insert(RetiredQuoteRow), rows)


def _forget_outdated(session: Session, revived: Sequence[str]) -> None:
    """An id that lives again redirects no more; one that lives on has no part in a quote that is gone."""
    for start in range(0, len(revived), _BATCH):
        batch = revived[start : start + _BATCH]
        session.execute(delete(RetiredQuoteRow).where(RetiredQuoteRow.public_id.in_(batch)))
    live = select(QuoteRow.public_id)
    outdated = RetiredQuoteRow.public_id.in_(live) & RetiredQuoteRow.successor.not_in(live)
    session.execute(delete(RetiredQuoteRow).where(outdated))


def refresh_counts(session: Session) -> None:
    """Bring the precomputed counts of speakers and outlets up to date."""

    def count(column: ColumnElement[int], *where: ColumnElement[bool]) -> ColumnElement[int]:
        return select(column).where(*where).scalar_subquery()

    mine = QuotationRow.speaker_id == SpeakerRow.id
    session.execute(
        update(SpeakerRow)
        .values(
            quotation_count=count(func.count(QuotationRow.id), mine),
            document_count=count(func.count(QuotationRow.document_id.distinct()), mine),
            quote_count=count(func.count(QuoteRow.id), QuoteRow.speaker_id == SpeakerRow.id),
        )
        .execution_options(synchronize_session=False)
    )
    theirs = DocumentRow.outlet_id == OutletRow.id
    session.execute(
        update(OutletRow)
        .values(
            document_count=count(func.count(DocumentRow.id), theirs),
            copy_count=count(func.count(DocumentRow.id), theirs, DocumentRow.copy_of_id.is_not(None)),
            quotation_count=count(func.coalesce(func.sum(DocumentRow.quotation_count), 0), theirs),
        )
        .execution_options(synchronize_session=False)
    )
