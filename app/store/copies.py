"""Near-copies: which document a new one repeats, so that counts tell copies from independent outlets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, tuple_, update

from app.store import stale
from app.store.prepared import prepared
from app.store.tables import BandRow, DocumentRow

COPY_SHARE = 0.6  # of the later document's word shingles that the earlier one holds
_CANDIDATES = 50  # documents compared in full for one new document
_ALIKE = select(BandRow.document_id).where(tuple_(BandRow.band, BandRow.hash).in_(bindparam("bands", expanding=True)))
_OTHERS = (
    select(DocumentRow.id, DocumentRow.published_at, DocumentRow.text)
    .where(DocumentRow.id.in_(_ALIKE), DocumentRow.copy_of_id.is_(None))
    .where(DocumentRow.first_version_id != bindparam("first_version"))
    .order_by(DocumentRow.id)
    .limit(_CANDIDATES)
)
_BANDS = prepared(lambda: insert(BandRow))

Containment = Callable[[str, str], float]


@dataclass(slots=True)
class Comparable:
    """What counts when one document is compared with others."""

    id: int
    published_at: datetime | None
    text: str
    copy_of_id: int | None = None

    @property
    def key(self) -> tuple[datetime, int]:
        """By which the earlier of two is known."""
        return (self.published_at or datetime.max, self.id)


def mark_copies(
    connection: Connection, new: Comparable, first_version: int, bands: Sequence[int], containment: Containment
) -> None:
    """Store the bands of a new document and mark it, or documents that it predates, as a copy.

    No version of the same document (`first_version`) counts as its copy.
    """
    for other in _candidates(connection, first_version, bands):
        earlier, later = (new, other) if new.key < other.key else (other, new)
        if later.copy_of_id is None:
            share = containment(later.text, earlier.text)
            if share >= COPY_SHARE:
                _mark(connection, later, earlier, share)
                if later is not new:
                    stale.mark_copy(connection, later.id)
    rows = [{"band": number, "hash": value, "document_id": new.id} for number, value in enumerate(bands)]
    _BANDS.write(connection, rows)


def _candidates(connection: Connection, first_version: int, bands: Sequence[int]) -> list[Comparable]:
    """The first documents that have a band in common, copies left out."""
    given = {"bands": list(enumerate(bands)), "first_version": first_version}
    return [Comparable(*row) for row in connection.execute(_OTHERS, given)] if bands else []


def _mark(connection: Connection, later: Comparable, earlier: Comparable, share: float) -> None:
    """`later` becomes a copy of `earlier`, and so do its own copies: the chain stays one step long."""
    theirs = select(DocumentRow.outlet_id).where(DocumentRow.copy_of_id == later.id)
    stale.mark(connection, "outlet", connection.scalars(theirs))
    later.copy_of_id = earlier.copy_of_id or earlier.id
    copy = update(DocumentRow).where(DocumentRow.id == later.id)
    connection.execute(copy.values(copy_of_id=later.copy_of_id, copy_share=round(share, 3)))
    chain = update(DocumentRow).where(DocumentRow.copy_of_id == later.id)
    connection.execute(chain.values(copy_of_id=later.copy_of_id))
