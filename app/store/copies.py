"""Near-copies: which document a new one repeats, so that counts tell copies from independent outlets."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import insert, select, tuple_, update
from sqlalchemy.orm import Session

from app.store import stale
from app.store.tables import BandRow, DocumentRow

COPY_SHARE = 0.6  # of the later document's word shingles that the earlier one holds
_CANDIDATES = 50  # documents compared in full for one new document

Containment = Callable[[str, str], float]


def mark_copies(session: Session, row: DocumentRow, bands: Sequence[int], containment: Containment) -> None:
    """Store the bands of a new document and mark it, or documents that it predates, as a copy."""
    for other in _candidates(session, row, bands):
        earlier, later = (row, other) if _key(row) < _key(other) else (other, row)
        share = containment(later.text, earlier.text)
        if share >= COPY_SHARE and later.copy_of_id is None:
            _mark(session, later, earlier, share)
            if later is not row:
                stale.mark_copy(session, later)
    rows = [{"band": number, "hash": value, "document_id": row.id} for number, value in enumerate(bands)]
    if rows:
        session.connection().execute(insert(BandRow), rows)


def _candidates(session: Session, row: DocumentRow, bands: Sequence[int]) -> list[DocumentRow]:
    pairs = list(enumerate(bands))
    ids = select(BandRow.document_id).where(tuple_(BandRow.band, BandRow.hash).in_(pairs)).distinct()
    others = (
        select(DocumentRow)
        .where(DocumentRow.id.in_(ids), DocumentRow.id != row.id, DocumentRow.copy_of_id.is_(None))
        .where(DocumentRow.first_version_id != row.first_version_id)
        .order_by(DocumentRow.id)
        .limit(_CANDIDATES)
    )
    return list(session.scalars(others))


def _key(row: DocumentRow) -> tuple[datetime, int]:
    return (row.published_at or datetime.max, row.id)


def _mark(session: Session, later: DocumentRow, earlier: DocumentRow, share: float) -> None:
    """`later` becomes a copy of `earlier`, and so do its own copies: the chain stays one step long."""
    root = earlier.copy_of_id or earlier.id
    theirs = select(DocumentRow.outlet_id).where(DocumentRow.copy_of_id == later.id)
    stale.mark(session, "outlet", session.scalars(theirs))
    later.copy_of_id, later.copy_share = root, round(share, 3)
    session.execute(update(DocumentRow).where(DocumentRow.copy_of_id == later.id).values(copy_of_id=root))
