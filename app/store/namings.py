"""Namings: which documents name whom how, and their move from one speaker to another with their quotations."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from app.store import stale
from app.store.speaker_block import FULL, Held
from app.store.tables import DocumentRow, NamingRow, QuotationRow

_BATCH = 500  # values a statement
_Item = TypeVar("_Item")


def namings_under(session: Session, speakers: Sequence[int], fullness: int) -> list[tuple[NamingRow, datetime | None]]:
    """The namings of these speakers that are so full with the days of their documents, the order of coming aside."""
    found: list[tuple[NamingRow, datetime | None]] = []
    query = select(NamingRow, DocumentRow.published_at, DocumentRow.published_precision)
    query = query.join(DocumentRow, NamingRow.document_id == DocumentRow.id).where(NamingRow.fullness == fullness)
    for batch in _batches(speakers):
        rows = session.execute(query.where(NamingRow.speaker_id.in_(batch)))
        found += [(naming, known_day(at, precision)) for naming, at, precision in rows]
    return sorted(found, key=lambda one: (one[0].name, one[0].forms, one[0].document_id))


def known_day(published_at: datetime | None, precision: str | None) -> datetime | None:
    """When a document came out, where more than the year is known."""
    return None if precision == "year" else published_at


def others_named(session: Session, namings: Sequence[NamingRow]) -> dict[NamingRow, set[int]]:
    """For each naming, the speakers whom its document names at least as fully, as somebody else."""
    by_document: dict[int, list[NamingRow]] = defaultdict(list)
    for batch in _batches(sorted({naming.document_id for naming in namings})):
        for other in session.scalars(select(NamingRow).where(NamingRow.document_id.in_(batch))):
            by_document[other.document_id].append(other)
    return {
        one: {
            other.speaker_id
            for other in by_document[one.document_id]
            if 0 < one.fullness <= other.fullness and one.name.casefold() != other.name.casefold()
        }
        for one in namings
    }


def move(session: Session, moves: Sequence[tuple[NamingRow, Held, Held]]) -> None:
    """Give namings to the speakers that they turned out to be of, with their quotations; who has none left is gone."""
    went: dict[Held, Counter[Held]] = defaultdict(Counter)
    came: dict[Held, list[NamingRow]] = defaultdict(list)
    for naming, old, new in moves:
        naming.speaker_id = new.id
        went[old][new] += 1
        came[new].append(naming)
    session.flush()
    stale.mark(session, "speaker", (held.id for held in (*went, *came)))
    for new, namings in came.items():
        for batch in _batches([(naming.document_id, naming.number) for naming in namings]):
            theirs = tuple_(QuotationRow.document_id, QuotationRow.naming).in_(batch)
            stale.mark(session, "quotation", session.scalars(select(QuotationRow.id).where(theirs)))
            session.execute(update(QuotationRow).where(theirs).values(speaker_id=new.id))
    for old, heirs in went.items():
        _forget(session, old, heirs.most_common(1)[0][0])


def _forget(session: Session, held: Held, heir: Held) -> None:
    """Drop the aliases that only namings had that have left."""
    loose = select(NamingRow).where(NamingRow.speaker_id == held.id, NamingRow.fullness < FULL)
    held.forget(session.scalars(loose))
    if not held.aliases:
        held.successor_id = heir.id


def _batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
