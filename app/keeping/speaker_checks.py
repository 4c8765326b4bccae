"""Checks that speakers are what the namings of documents make of them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from app.keeping.findings import Difference
from app.keeping.walks import ranges
from app.store.decisions import DECIDED
from app.store.tables import AliasRow, NamingRow, QuotationRow, SpeakerRow

_HOPS = 50  # from a speaker without namings to one that has some: more are a circle


def namings(session: Session) -> Iterator[Difference]:
    """A quotation has the speaker of its naming."""
    named = and_(NamingRow.document_id == QuotationRow.document_id, NamingRow.number == QuotationRow.naming)
    columns: tuple[Any, ...] = (QuotationRow.public_id, QuotationRow.id, QuotationRow.speaker_id)
    query = select(*columns, NamingRow.speaker_id.label("named")).join(NamingRow, named)
    differ = QuotationRow.speaker_id.is_distinct_from(NamingRow.speaker_id)
    for row in session.execute(query.where(differ)):
        yield Difference("quotations", row.public_id, "speaker_id", row.speaker_id, row.named, row.id)


def grounds(session: Session) -> Iterator[Difference]:
    """Whose words a quotation is, a naming says, or a decision."""
    without = QuotationRow.naming.is_(None) & QuotationRow.speaker_id.is_not(None)
    undecided = ~QuotationRow.reason.startswith(DECIDED, autoescape=True)
    for row in session.execute(select(QuotationRow.public_id, QuotationRow.id).where(without, undecided)):
        yield Difference("quotations", row.public_id, "naming", None, "a naming or a decision", row.id)


def named(session: Session) -> Iterator[Difference]:
    """A speaker that is not named any more leads to another, or was named in a decision."""
    others = SpeakerRow.successor_id.is_not(None), exists().where(AliasRow.speaker_id == SpeakerRow.id)
    is_named = exists().where(NamingRow.speaker_id == SpeakerRow.id)
    query = select(SpeakerRow.public_id).where(~is_named)
    for name in session.scalars(query.where(*(~one for one in others))):
        yield Difference("speakers", name, "namings", 0, "1 or more, or a successor")


def successors(session: Session) -> Iterator[Difference]:
    """A speaker without namings leads to one that has some, in the end."""
    for span in ranges(session, SpeakerRow.id):
        gone = select(SpeakerRow.id, SpeakerRow.public_id).where(SpeakerRow.successor_id.is_not(None))
        pending = {row.public_id: row.id for row in session.execute(gone.where(SpeakerRow.id.between(*span)))}
        for _ in range(_HOPS):
            here = select(SpeakerRow.id, SpeakerRow.successor_id).where(SpeakerRow.id.in_(set(pending.values())))
            onward = {row.id: row.successor_id for row in session.execute(here) if row.successor_id is not None}
            pending = {name: onward[at] for name, at in pending.items() if at in onward}
            if not pending:
                break
        for name in sorted(pending):
            yield Difference("speakers", name, "successor_id", "a circle", "a speaker with namings")
