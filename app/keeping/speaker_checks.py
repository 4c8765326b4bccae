"""Checks that speakers are what the namings of documents make of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from app.keeping.findings import Difference
from app.keeping.walks import Range, ranges
from app.store.decisions import DECIDED, NAMED_IN_A_DECISION
from app.store.speaker_block import FULL
from app.store.tables import AliasRow, NamingRow, QuotationRow, SpeakerRow

_ROWS = 2_000  # namings fetched at a time
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


def aliases(session: Session) -> Iterator[Difference]:
    """The forms of a speaker, how full they are and how many documents have them as full names, follow from namings."""
    for one in differing_aliases(session):
        name = f"{one.speaker_id}/{one.alias}"
        yield Difference("speaker_aliases", name, "fullness, full_namings", one.stored, one.expected)


@dataclass(frozen=True, slots=True)
class DifferingAlias:
    """A form of a speaker that is not stored as namings have it: fullness and full namings, None for a missing row."""

    speaker_id: int
    alias: str
    stored: tuple[int, int] | None
    expected: tuple[int, int] | None


def differing_aliases(session: Session) -> Iterator[DifferingAlias]:
    """All of them. A name that only a decision gave is left alone."""
    columns: tuple[Any, ...] = (AliasRow.fullness, AliasRow.full_namings)
    for span in ranges(session, SpeakerRow.id):
        stored: dict[tuple[int, str], tuple[int, int]] = {}
        expected = _from_namings(session, span)
        here = select(AliasRow.speaker_id, AliasRow.alias, AliasRow.evidence, *columns)
        for row in session.execute(here.where(AliasRow.speaker_id.between(*span))):
            key = (row.speaker_id, row.alias)
            if row.evidence != NAMED_IN_A_DECISION or key in expected:
                stored[key] = (row.fullness, row.full_namings)
        for key in sorted({*stored, *expected}):
            if stored.get(key) != expected.get(key):
                yield DifferingAlias(*key, stored.get(key), expected.get(key))


def _from_namings(session: Session, span: Range) -> dict[tuple[int, str], tuple[int, int]]:
    fullest: dict[tuple[int, str], int] = defaultdict(int)
    full: Counter[tuple[int, str]] = Counter()
    columns: tuple[Any, ...] = (NamingRow.speaker_id, NamingRow.name, NamingRow.forms, NamingRow.fullness)
    query = select(*columns).where(NamingRow.speaker_id.between(*span))
    for row in session.execute(query.execution_options(yield_per=_ROWS)):
        for form in row.forms:
            key = (row.speaker_id, form)
            fullest[key] = max(fullest[key], row.fullness)
        full[row.speaker_id, row.name] += row.fullness == FULL
    return {key: (fullness, full[key]) for key, fullness in fullest.items()}


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
