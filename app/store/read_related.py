"""What stands around a quote: reports without quotation marks, other quotes of the same documents, and the date."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, bindparam, select, type_coerce

from app.frozen import record
from app.store.prepared import prepared
from app.store.read_occurrences import occurrence, select_reports
from app.store.read_rows import SPEAKER, speaker
from app.store.read_views import Occurrence, Speaker
from app.store.tables import DocumentRow, PartRow, QuotationRow, QuoteRow, SpeakerRow, VariantRow

_DOCUMENTS = 60  # that carry the quote
_SHARED = 1500  # places of other quotes
_QUOTES = 60
_EVENT = 400  # places in documents of the same event
_REPORTS = 200


@record
class Neighbour:
    """A quote that stands in `document_count` of the same documents."""

    id: str
    text: str
    speaker: Speaker | None
    variant_count: int
    document_count: int


@record
class Around:
    """Quotes of the documents that carry a quote (itself among them), with the number of those documents."""

    counts: Mapping[int, int]  # by internal id


def read_around(connection: Connection, documents: Sequence[str]) -> Around:
    """The quotes that stand in the first of these documents (public ids)."""
    rows = _select_around.rows(connection, {"documents": list(documents[:_DOCUMENTS])})
    pairs = {(row.quote_id, row.document_id) for row in rows}
    return Around(dict(Counter(quote for quote, _ in pairs).most_common(_QUOTES)))


def read_reports(connection: Connection, around: Around, speakers: Sequence[str]) -> tuple[Occurrence, ...]:
    """What these speakers (public ids) are reported to have said, without quoting, where these quotes stand."""
    values = {"quotes": list(around.counts), "speakers": list(speakers)}
    return tuple(occurrence(row) for row in _select_reports_around.rows(connection, values))


def read_neighbours(connection: Connection, around: Around, quote: str, most: int) -> tuple[Neighbour, ...]:
    """The other quotes (than `quote`, a public id) that share most documents with it."""
    rows = sorted(
        _select_neighbours.rows(connection, {"quotes": list(around.counts), "quote": quote}),
        key=lambda row: (-around.counts[row.id], -row.variant_count, row.id),
    )
    return tuple(
        Neighbour(row.public_id, row.text, speaker(row), row.variant_count, around.counts[row.id])
        for row in rows[:most]
    )


def _not_looked_up(text: Any) -> ColumnElement[str]:
    """A column without its index: the documents of an event are soon looked through, all that somebody said is not."""
    return type_coerce(text, String).concat("")


@prepared
def _select_around() -> Select[int, int]:
    return (
        select(VariantRow.quote_id, QuotationRow.document_id)
        .join(PartRow, PartRow.variant_id == VariantRow.id)
        .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
        .join(DocumentRow, QuotationRow.document_id == DocumentRow.id)
        .where(DocumentRow.public_id.in_(bindparam("documents", expanding=True)))
        .limit(_SHARED)
    )


@prepared
def _select_reports_around() -> Select[Any]:
    event = (
        select(QuotationRow.document_id)
        .join(PartRow, PartRow.quotation_id == QuotationRow.id)
        .join(VariantRow, PartRow.variant_id == VariantRow.id)
        .where(VariantRow.quote_id.in_(bindparam("quotes", expanding=True)))
        .limit(_EVENT)
    )
    return (
        select_reports()
        .where(QuotationRow.document_id.in_(event), QuotationRow.kind == "indirect")
        .where(_not_looked_up(SpeakerRow.public_id).in_(bindparam("speakers", expanding=True)))
        .order_by(DocumentRow.published_at.is_(None), DocumentRow.published_at, QuotationRow.id)
        .limit(_REPORTS)
    )


@prepared
def _select_neighbours() -> Select[Any]:
    return (
        select(QuoteRow.id, QuoteRow.public_id, QuoteRow.text, QuoteRow.variant_count, *SPEAKER)
        .outerjoin(SpeakerRow, QuoteRow.speaker_id == SpeakerRow.id)
        .where(QuoteRow.id.in_(bindparam("quotes", expanding=True)), QuoteRow.public_id != bindparam("quote"))
    )
