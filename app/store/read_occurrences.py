"""Where a quote stands: every sentence of every quotation, cut from its document by the database."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    case,
    func,
    literal,
    select,
    type_coerce,
)

from app.store.prepared import prepared
from app.store.read_rows import OUTLET, SPEAKER, document_line, outlet, select_documents, speaker
from app.store.read_views import Occurrence, Outlet
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

_MOST_BEFORE = 280  # characters of context on either side


def read_occurrences(connection: Connection, quote: str, most: int) -> tuple[Occurrence, ...]:
    """The first `most` occurrences of a quote (public id), in order of time, undated ones last."""
    rows = _select.rows(connection, {"quote": quote, "most": most})
    also = _also_in(connection, sorted({row.document_key for row in rows}))
    return tuple(occurrence(row, also.get(row.document_key, ())) for row in rows)


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """The occurrence by which a quote is cited; `earliest` where no document has these words at an earlier date."""

    occurrence: Occurrence
    earliest: bool


def read_cited(connection: Connection, quote: str) -> CitedPlace | None:
    """Where the likely original's words of a quote (public id) stand: in the earliest document that is no copy, unless
    only copies are dated; of several of one date, in one that names the quote's speaker."""
    row = _select_cited.one(connection, {"quote": quote})
    return CitedPlace(occurrence(row), bool(row.earliest)) if row else None


def read_place(connection: Connection, quotation: str) -> str | None:
    """Public id of the document in which a quotation stands."""
    query = select(DocumentRow.public_id).join(QuotationRow, QuotationRow.document_id == DocumentRow.id)
    return connection.scalar(query.where(QuotationRow.public_id == quotation))


def read_passage(connection: Connection, quotation: str) -> Occurrence | None:
    """A quotation as a whole where it stands, with what completes its sentences."""
    row = connection.execute(select_reports().where(QuotationRow.public_id == quotation)).first()
    return occurrence(row) if row else None


@cache
def select_reports() -> Select[Any]:
    """Quotations as a whole, to be filtered: for reports without marks, which belong to no variant."""
    return _select_cut(QuotationRow.start, QuotationRow.end, literal("", String))


@prepared
def _select() -> Select[Any]:
    return (
        _select_parts()
        .order_by(DocumentRow.published_at.is_(None), DocumentRow.published_at, DocumentRow.id, PartRow.start)
        .limit(bindparam("most", type_=Integer))
    )


@prepared
def _select_cited() -> Select[Any]:
    at = DocumentRow.published_at.expression
    named = case((QuotationRow.speaker_id == QuoteRow.speaker_id, 0), else_=1)
    return (
        _select_parts()
        .add_columns((at == VariantRow.first_published_at).label("earliest"))
        .where(VariantRow.rank == 0)
        .order_by(at.is_(None), DocumentRow.copy_of_id.is_not(None), at, named, DocumentRow.id, PartRow.start)
        .limit(1)
    )


def _select_parts() -> Select[Any]:
    """The sentences of one quote."""
    return (
        _select_cut(PartRow.start, PartRow.end, VariantRow.public_id)
        .join(PartRow, PartRow.quotation_id == QuotationRow.id)
        .join(VariantRow, PartRow.variant_id == VariantRow.id)
        .join(QuoteRow, VariantRow.quote_id == QuoteRow.id)
        .where(QuoteRow.public_id == bindparam("quote"))
    )


def _select_cut(start: Any, end: Any, variant: Any) -> Select[Any]:
    """Passages from `start` to `end` with what completes their sentence."""
    before = _within(start - QuotationRow.context_start)
    return (
        select_documents(
            *SPEAKER,
            QuotationRow.public_id.label("quotation"),
            variant.label("variant"),
            _slice(start, end - start).label("text"),
            _slice(start - before, before).label("before"),
            _slice(end, _within(QuotationRow.context_end - end)).label("after"),
            _slice(QuotationRow.source_start, QuotationRow.source_end - QuotationRow.source_start).label("source"),
            QuotationRow.heading,
            QuotationRow.kind,
            QuotationRow.confidence,
            QuotationRow.reason,
        )
        .join(QuotationRow, QuotationRow.document_id == DocumentRow.id)
        .outerjoin(SpeakerRow, QuotationRow.speaker_id == SpeakerRow.id)
    )


def _slice(start: ColumnElement[Any] | Any, length: ColumnElement[Any] | Any) -> ColumnElement[str]:
    return type_coerce(func.substr(DocumentRow.text, start + 1, length), String)


def _within(length: ColumnElement[int]) -> ColumnElement[int]:
    return case((length < 0, 0), (length > _MOST_BEFORE, _MOST_BEFORE), else_=length)


@prepared
def _select_sightings() -> Select[Any]:
    return (
        select(SightingRow.document_id, *OUTLET)
        .join(OutletRow, SightingRow.outlet_id == OutletRow.id)
        .join(DocumentRow, SightingRow.document_id == DocumentRow.id)
        .where(SightingRow.document_id.in_(bindparam("documents", expanding=True)))
        .where(DocumentRow.outlet_id.is_(None) | (SightingRow.outlet_id != DocumentRow.outlet_id))
        .group_by(SightingRow.document_id, OutletRow.id)
        .order_by(func.min(SightingRow.id))
    )


def _also_in(connection: Connection, documents: list[int]) -> dict[int, tuple[Outlet, ...]]:
    """Further outlets under which these texts were handed in."""
    found: dict[int, tuple[Outlet, ...]] = {}
    for row in _select_sightings.rows(connection, {"documents": documents}):
        named = outlet(row)
        if named and named not in found.get(row.document_id, ()):
            found[row.document_id] = (*found.get(row.document_id, ()), named)
    return found


def occurrence(row: Row[Any], also_in: tuple[Outlet, ...] = ()) -> Occurrence:
    """The passage in a row as it is selected here."""
    return Occurrence(
        quotation=row.quotation,
        variant=row.variant,
        document=document_line(row),
        also_in=also_in,
        text=row.text,
        before=row.before,
        after=row.after,
        heading=row.heading,
        kind=row.kind,
        source=row.source,
        speaker=speaker(row),
        confidence=row.confidence,
        reason=row.reason,
    )
