"""Profiles of speakers and outlets, kept up to date quote by quote.

Facts are stored with each quote (`alerts`, `disputes`, `carriages`, `outlet_variants`); totals are sums over facts. A
quote that goes takes away what it brought, so nothing is counted anew but what changes.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Text, cast, delete, func, insert, not_, select, text
from sqlalchemy.orm import Session, aliased

from app.records import LabelKind
from app.store.facts import Facts, read_facts
from app.store.prepared import prepared
from app.store.profile_tables import (
    AlertRow,
    CarriageRow,
    DisputeRow,
    OutletChangeRow,
    OutletCopyRow,
    OutletProfileRow,
    OutletVariantRow,
    SpeakerOutletRow,
    SpeakerWordRow,
)
from app.store.tables import DocumentRow, QuoteRow, VariantRow

TellingWords = Callable[[str], Sequence[str]]

_BATCH = 1_000  # quotes a step
_WORD = 60  # characters: longer ones are no words
_FACTS = (AlertRow, DisputeRow, CarriageRow, OutletVariantRow)
_INSERTS = {table: prepared(partial(insert, table)) for table in _FACTS}
_TOTALS = (OutletProfileRow, OutletChangeRow, SpeakerOutletRow, SpeakerWordRow)

Key = tuple[Any, ...]


# What some quotes bring, by table: the key of a row, and what is added to its counts (in order of the columns).
_Totals = dict[type[Any], dict[Key, list[int]]]


def clear(session: Session) -> None:
    """Make way for profiles of quotes that are all made anew."""
    for table in (*_FACTS, *_TOTALS):
        session.execute(delete(table))


def withdraw(session: Session, quotes: Collection[str], telling: TellingWords) -> None:
    """Take back what these quotes (public ids) brought; before they are removed."""
    for ids in _batches(_ids(session, quotes)):
        _apply(session, _totals(session, ids, telling), -1)
        for table in _FACTS:
            session.execute(delete(table).where(table.quote_id.in_(ids)))


def enter(session: Session, quotes: Collection[str], telling: TellingWords) -> None:
    """Add what these quotes (public ids) bring; after they were stored."""
    _enter(session, _ids(session, quotes), telling)


def rebuild(session: Session, telling: TellingWords) -> None:
    """All profiles from nothing."""
    clear(session)
    # Speaker by speaker, so that the counts of one speaker's words are written together.
    _enter(session, list(session.scalars(select(QuoteRow.id).order_by(QuoteRow.speaker_id, QuoteRow.id))), telling)
    refresh_copies(session)


def refresh_copies(session: Session, outlets: Collection[int] | None = None) -> None:
    """Count again which outlets copy which: all, or those with these ids (row ids) that copy."""
    copy, copied = aliased(DocumentRow), aliased(DocumentRow)
    stale = delete(OutletCopyRow)
    found = select(copy.outlet_id, copied.outlet_id, func.count()).join(copied, copy.copy_of_id == copied.id)
    found = found.where(copy.outlet_id.is_not(None), copied.outlet_id.is_not(None))
    if outlets is not None:
        stale = stale.where(OutletCopyRow.outlet_id.in_(outlets))
        found = found.where(copy.outlet_id.in_(outlets))
    session.execute(stale)
    rows = session.execute(found.group_by(copy.outlet_id, copied.outlet_id)).all()
    if rows:
        session.execute(insert(OutletCopyRow), [dict(zip(_COPY_COLUMNS, row, strict=True)) for row in rows])


_COPY_COLUMNS = ("outlet_id", "from_id", "count")


def _enter(session: Session, ids: Sequence[int], telling: TellingWords) -> None:
    for batch in _batches(ids):
        _store(session, read_facts(session, batch))
        _apply(session, _totals(session, batch, telling), 1)


def _store(session: Session, facts: Facts) -> None:
    for table, rows in (
        (AlertRow, facts.alerts),
        (DisputeRow, facts.disputes),
        (CarriageRow, facts.carriages),
        (OutletVariantRow, facts.variants),
    ):
        _INSERTS[table].write(session.connection(), rows)


def _totals(session: Session, ids: Sequence[int], telling: TellingWords) -> _Totals:
    """The sums over the facts of these quotes, as they are stored."""
    totals: _Totals = {table: {} for table in _TOTALS}
    query = select(*_CARRIED, QuoteRow.speaker_id).join(QuoteRow, CarriageRow.quote_id == QuoteRow.id)
    for outlet, *counts, speaker in session.execute(query.where(CarriageRow.quote_id.in_(ids))):
        _add(totals[OutletProfileRow], (outlet,), counts)
        if speaker is not None:
            _add(totals[SpeakerOutletRow], (speaker, outlet), counts[:2])
    kinds = select(OutletVariantRow.outlet_id, OutletVariantRow.kind).where(OutletVariantRow.quote_id.in_(ids))
    for table, keys in (
        (OutletChangeRow, (tuple(row) for row in session.execute(kinds))),
        (SpeakerWordRow, telling_words_of(session, ids, telling)),
    ):
        totals[table] = {key: [count] for key, count in Counter(keys).items()}
    return totals


_CARRIED = (
    CarriageRow.outlet_id,
    CarriageRow.quotation_count,
    CarriageRow.altered,
    CarriageRow.comparable,
    CarriageRow.agreeing,
)


def _add(sums: dict[Key, list[int]], key: Key, counts: Sequence[int]) -> None:
    before = sums.get(key)
    sums[key] = list(counts) if before is None else [one + more for one, more in zip(before, counts, strict=True)]


def telling_words_of(session: Session, ids: Sequence[int], telling: TellingWords) -> Iterator[tuple[int, str]]:
    """For each quote with a speaker the telling words of its wordings, each once.

    Wordings that are machine-translated or spun are left out: nobody said what they alone have.
    """
    wordings: dict[tuple[int, int], list[str]] = {}
    query = select(QuoteRow.id, QuoteRow.speaker_id, VariantRow.text).join(VariantRow).where(_SAID)
    for quote, speaker, wording in session.execute(query.where(QuoteRow.id.in_(ids))):
        if speaker is not None:
            wordings.setdefault((quote, speaker), []).append(wording)
    for (_, speaker), texts in wordings.items():
        yield from ((speaker, word) for word in telling(" ".join(texts)) if len(word) <= _WORD)


_SPUN: LabelKind = "machine-translated or spun"
_SAID = not_(cast(VariantRow.labels, Text).contains(f'"kind": "{_SPUN}"'))  # no text of a document can have this


def _apply(session: Session, totals: _Totals, sign: int) -> None:
    """Add what was summed to the tables (`sign` 1), or take it away (-1); what comes to nothing goes."""
    for table, sums in totals.items():
        if not sums:
            continue
        keys = [column.name for column in table.__table__.primary_key]
        counts = [column.name for column in table.__table__.columns if column.name not in keys]
        columns = [*keys, *counts]
        rows = [dict(zip(columns, (*key, *(sign * n for n in sums[key])), strict=True)) for key in sorted(sums)]
        session.execute(text(_upsert(table.__tablename__, keys, counts)), rows)
        if sign < 0:
            gone = " AND ".join([*(f"{key} = :{key}" for key in keys), *(f"{count} = 0" for count in counts)])
            session.execute(text(f"DELETE FROM {table.__tablename__} WHERE {gone}"), rows)


def _upsert(table: str, keys: Sequence[str], counts: Sequence[str]) -> str:
    columns = [*keys, *counts]
    sums = ", ".join(f"{count} = {table}.{count} + excluded.{count}" for count in counts)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(f':{name}' for name in columns)}) "
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sums}"
    )


def _ids(session: Session, quotes: Collection[str]) -> list[int]:
    found: list[int] = []
    for batch in _batches(sorted(quotes)):
        found += session.scalars(select(QuoteRow.id).where(QuoteRow.public_id.in_(batch)))
    return found


def _batches(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))
