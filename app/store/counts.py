"""Counts that are kept ready: of outlets that carry something, of what speakers and outlets have."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from app.store.parts import PartRecord
from app.store.profile_tables import CorpusCountsRow
from app.store.tables import QUOTED, DocumentRow, OutletRow, QuotationRow, QuoteRow, SpeakerRow


def outlet_count(parts: Sequence[PartRecord]) -> int:
    """Outlets that carry these; a document without an outlet counts as one of its own."""
    return len({outlet for part in parts for outlet in (part.outlet_ids or (-part.document_id,))})


def independent_count(parts: Sequence[PartRecord]) -> int:
    """Outlets as above, documents found to be copies left out."""
    return len({(part.outlet_ids or (-part.document_id,))[0] for part in parts if not part.copied})


def refresh_counts(
    session: Session, speakers: Collection[int] | None = None, outlets: Collection[int] | None = None
) -> None:
    """Bring the precomputed counts of speakers and outlets up to date: of all, or of those with these ids."""
    _count_speakers(session, [] if speakers is None else [SpeakerRow.id.in_(speakers)])
    _count_outlets(session, [] if outlets is None else [OutletRow.id.in_(outlets)])
    refresh_corpus_counts(session, quotes_too=speakers is None)


def refresh_corpus_counts(session: Session, quotes_too: bool = True) -> None:
    """Bring the counts of the whole corpus up to date; of quotations only new ones are read.

    Quotes need not be counted where they were as they came and went (`count_quotes`): there are very many.
    """
    row = session.get(CorpusCountsRow, 1)
    if row is None:
        row, quotes_too = CorpusCountsRow(id=1, quotations=0, last_quotation_id=0), True
    row.quotations += count_quotations(session, row.last_quotation_id)
    row.last_quotation_id = session.scalar(select(func.max(QuotationRow.id))) or 0
    # Each chain of versions has one that is not superseded.
    old = select(func.count()).select_from(DocumentRow).where(DocumentRow.superseded.is_(True))
    row.documents = (session.scalar(select(func.count()).select_from(DocumentRow)) or 0) - (session.scalar(old) or 0)
    row.outlets = session.scalar(select(func.count(OutletRow.id))) or 0
    row.speakers = session.scalar(select(func.count(SpeakerRow.id)).where(SpeakerRow.quotation_count > 0)) or 0
    if quotes_too:
        row.quotes = session.scalar(select(func.count(QuoteRow.id))) or 0
    session.add(row)


def count_quotations(session: Session, after: int = 0) -> int:
    """How many quotations there are, or came after the one with this id."""
    fresh = select(func.count(QuotationRow.id)).where(QuotationRow.id > after, QUOTED)
    return session.scalar(fresh) or 0


def count_quotes(session: Session, more: int) -> None:
    """Count so many quotes more than there were (or fewer)."""
    row = session.get(CorpusCountsRow, 1)
    if row is not None:
        row.quotes += more


def _count_speakers(session: Session, where: Sequence[ColumnElement[bool]]) -> None:
    counted = update(SpeakerRow).where(*where).values(**speaker_counts())
    session.execute(counted.execution_options(synchronize_session=False))


def _count_outlets(session: Session, where: Sequence[ColumnElement[bool]]) -> None:
    counted = update(OutletRow).where(*where).values(**outlet_counts())
    session.execute(counted.execution_options(synchronize_session=False))


def speaker_counts() -> dict[str, ColumnElement[int]]:
    """How each count of a speaker is found, by column."""
    mine = (QuotationRow.speaker_id == SpeakerRow.id) & QUOTED
    return {
        "quotation_count": _count(func.count(QuotationRow.id), mine),
        "document_count": _count(func.count(QuotationRow.document_id.distinct()), mine),
        "quote_count": _count(func.count(QuoteRow.id), QuoteRow.speaker_id == SpeakerRow.id),
    }


def outlet_counts() -> dict[str, ColumnElement[int]]:
    """How each count of an outlet is found, by column."""
    theirs = DocumentRow.outlet_id == OutletRow.id
    return {
        "document_count": _count(func.count(DocumentRow.id), theirs),
        "copy_count": _count(func.count(DocumentRow.id), theirs, DocumentRow.copy_of_id.is_not(None)),
        "quotation_count": _count(func.coalesce(func.sum(DocumentRow.quotation_count), 0), theirs),
    }


def _count(column: ColumnElement[int], *where: ColumnElement[bool]) -> ColumnElement[int]:
    return select(column).where(*where).scalar_subquery()
