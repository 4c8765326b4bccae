"""Writing quotes and variants: all of them, or those that new documents touch."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from sqlalchemy import and_, bindparam, delete, exists, func, insert, select, text, update
from sqlalchemy.orm import Session

from app.records import Label, Reworded
from app.store import stale
from app.store.aggregates import quote_counts, quote_speaker, search_row, variant_counts
from app.store.counts import count_quotes, refresh_counts
from app.store.ids import form_hash, public_id
from app.store.parts import PartRecord
from app.store.search import SEARCH_TABLE
from app.store.tables import DocumentRow, PartRow, QuoteOutletRow, QuoteRow, RetiredQuoteRow, VariantRow

_BATCH = 10_000  # rows a statement


@dataclass(frozen=True, slots=True)
class NewVariant:
    """A wording to store with the sentences that have it; `labels` say what it changed against the first variant."""

    text: str
    normal_form: str
    likely_original: bool
    labels: tuple[Label, ...]
    parts: tuple[PartRecord, ...]


@dataclass(frozen=True, slots=True)
class NewQuote:
    """A quote to store, its variants in the order in which pages show them (likely original first)."""

    public_id: str
    reasons: tuple[str, ...]
    tied: bool
    variants: tuple[NewVariant, ...]


class Written(NamedTuple):
    """How many were stored."""

    quotes: int
    variants: int


class UsedIds:
    """Every quote id that was ever given out, looked up one at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __contains__(self, quote: object) -> bool:
        rows = (
            select(table.public_id).where(table.public_id == quote).limit(1) for table in (QuoteRow, RetiredQuoteRow)
        )
        return any(self._session.scalar(row) is not None for row in rows)


def used_ids(session: Session) -> set[str]:
    """Every quote id that was ever given out."""
    live = session.scalars(select(QuoteRow.public_id))
    return set(live) | set(session.scalars(select(RetiredQuoteRow.public_id)))


def row_ids(session: Session, quotes: Collection[str]) -> list[int]:
    """Ids of the rows of these quotes (public ids)."""
    found: list[int] = []
    for batch in _batches(sorted(quotes)):
        found += session.scalars(select(QuoteRow.id).where(QuoteRow.public_id.in_(batch)))
    return found


def texts(session: Session, quotes: Collection[str]) -> dict[str, str]:
    """How these quotes (public ids) read."""
    found: dict[str, str] = {}
    for batch in _batches(sorted(quotes)):
        rows = session.execute(select(QuoteRow.public_id, QuoteRow.text).where(QuoteRow.public_id.in_(batch)))
        found.update((row.public_id, row.text) for row in rows)
    return found


def replace_quotes(
    session: Session,
    quotes: Iterable[NewQuote],
    successors: Mapping[str, Sequence[str]],
    now: datetime,
) -> Written:
    """Put `quotes` in the place of all stored ones, a bounded number of them in memory at a time.

    `successors` maps an id to the ids that took quotations from it: all of them where it lives no more
    (none: removed), the split-off ones where it lives on.
    """
    before = set(session.scalars(select(QuoteRow.public_id)))
    session.execute(update(PartRow).values(variant_id=None))
    for table in (QuoteOutletRow, VariantRow, QuoteRow):
        session.execute(delete(table))
    session.execute(text(f"DELETE FROM {SEARCH_TABLE}"))
    written = _write(session, quotes)
    live = set(session.scalars(select(QuoteRow.public_id)))
    _record_successors(session, successors, before, live, now)
    refresh_counts(session)
    return written


def replace_some(
    session: Session,
    quotes: Sequence[NewQuote],
    touched: Collection[str],
    successors: Mapping[str, Sequence[str]],
    now: datetime,
) -> None:
    """Put `quotes` in the place of the stored ones with the ids `touched`; all others stay as they are.

    The speakers whose counts that changes are marked as stale.
    """
    before = set().union(*(_remove(session, batch) for batch in _batches(sorted(touched))))
    _write(session, quotes)
    _record_successors(session, successors, set(touched), {quote.public_id for quote in quotes}, now)
    members = [part for quote in quotes for variant in quote.variants for part in variant.parts]
    stale.mark(session, "speaker", {*before, *(part.speaker_id for part in members)})
    count_quotes(session, len(quotes) - len(touched))


def _remove(session: Session, quotes: Sequence[str]) -> set[int | None]:
    """Remove quotes (public ids), of their speakers the ids of the rows."""
    rows = session.execute(select(QuoteRow.id, QuoteRow.speaker_id).where(QuoteRow.public_id.in_(quotes))).all()
    ids = [row.id for row in rows]
    variants = select(VariantRow.id).where(VariantRow.quote_id.in_(ids))
    session.execute(update(PartRow).where(PartRow.variant_id.in_(variants)).values(variant_id=None))
    session.execute(delete(QuoteOutletRow).where(QuoteOutletRow.quote_id.in_(ids)))
    session.execute(delete(VariantRow).where(VariantRow.quote_id.in_(ids)))
    session.execute(delete(QuoteRow).where(QuoteRow.id.in_(ids)))
    session.execute(text(f"DELETE FROM {SEARCH_TABLE} WHERE rowid = :id"), [{"id": row_id} for row_id in ids or [-1]])
    return {row.speaker_id for row in rows}


def store_trust(session: Session, rates: Mapping[int, float], reworded: Mapping[int, Reworded]) -> None:
    """Note for each of these documents how much it alters, and why it is taken for re-worded where it is."""
    reasons = {document: asdict(reason) for document, reason in reworded.items()}
    rows = [
        {"id": document, "altered_rate": round(rate, 4), "reworded": reasons.get(document)}
        for document, rate in sorted(rates.items())
    ]
    if rows:
        session.execute(update(DocumentRow), rows)


def forget_trust(session: Session) -> None:
    """Make way for rates that are found anew."""
    judged = DocumentRow.altered_rate.is_not(None)
    session.execute(update(DocumentRow).where(judged).values(altered_rate=None, reworded=None))


def _write(session: Session, quotes: Iterable[NewQuote]) -> Written:
    first = (session.scalar(select(func.max(QuoteRow.id))) or 0) + 1
    count = variants = 0
    source = iter(quotes)
    while batch := list(islice(source, _BATCH)):
        _write_batch(session, batch, first + count)
        count += len(batch)
        variants += sum(len(quote.variants) for quote in batch)
    return Written(count, variants)


def _write_batch(session: Session, quotes: Sequence[NewQuote], first_id: int) -> None:
    rows, variants, parts, outlets, search = [], [], [], [], []
    seen = session.scalar(select(func.max(VariantRow.id))) or 0
    for quote_id, quote in enumerate(quotes, first_id):
        members = [part for variant in quote.variants for part in variant.parts]
        rows.append(_quote_values(quote_id, quote, members))
        for rank, variant in enumerate(quote.variants):
            seen += 1
            variants.append(_variant_values(seen, quote_id, rank, quote, variant))
            parts += [{"part": part.id, "variant": seen} for part in variant.parts]
        outlets += [
            {"quote_id": quote_id, "outlet_id": outlet}
            for outlet in sorted({outlet for part in members for outlet in part.outlet_ids})
        ]
        search.append({"id": quote_id, **search_row([variant.text for variant in quote.variants], members)})
    # Tables, not classes: many rows at once without the bookkeeping of objects.
    session.execute(insert(QuoteRow.__table__), rows)  # type: ignore[arg-type]
    session.execute(insert(VariantRow.__table__), variants)  # type: ignore[arg-type]
    placed = update(PartRow.__table__).where(PartRow.id == bindparam("part")).values(variant_id=bindparam("variant"))  # type: ignore[arg-type]
    session.connection().execute(placed, parts)
    if outlets:
        session.execute(insert(QuoteOutletRow.__table__), outlets)  # type: ignore[arg-type]
    session.execute(
        text(f"INSERT INTO {SEARCH_TABLE} (rowid, wordings, speaker) VALUES (:id, :wordings, :speaker)"),
        search,
    )


def _quote_values(row_id: int, quote: NewQuote, members: Sequence[PartRecord]) -> dict[str, object]:
    return {
        "id": row_id,
        "public_id": quote.public_id,
        "text": quote.variants[0].text,
        "reasons": list(quote.reasons),
        "tied": quote.tied,
        "speaker_id": quote_speaker(members),
        "variant_count": len(quote.variants),
        **quote_counts(members),
    }


def _variant_values(row_id: int, quote_id: int, rank: int, quote: NewQuote, variant: NewVariant) -> dict[str, object]:
    return {
        "id": row_id,
        "public_id": public_id("variant", quote.public_id, variant.normal_form),
        "quote_id": quote_id,
        "rank": rank,
        "text": variant.text,
        "form_hash": form_hash(variant.normal_form),
        "likely_original": variant.likely_original,
        "labels": [asdict(label) for label in variant.labels],
        **variant_counts(variant.parts),
    }


def _record_successors(
    session: Session, successors: Mapping[str, Sequence[str]], before: set[str], live: set[str], now: datetime
) -> None:
    """`before` are the ids of the quotes that were replaced by those that are `live` now."""
    _forget_revived(session, sorted(live - before))
    _forget_outdated(session, sorted(live))
    removed = before - live - set(successors)  # not one of their quotations is left
    links = {
        (old, successor)
        for old, followers in {**successors, **dict.fromkeys(removed, ())}.items()
        for successor in (followers or (None,))
    }
    fresh = sorted(
        links - _recorded(session, sorted({old for old, _ in links})), key=lambda link: (link[0], link[1] or "")
    )
    if fresh:
        rows = [{"public_id": old, "successor": successor, "retired_at": now} for old, successor in fresh]
        session.execute(insert(RetiredQuoteRow), rows)


def _forget_revived(session: Session, ids: Sequence[str]) -> None:
    """An id that lives again redirects no more."""
    for batch in _batches(ids):
        session.execute(delete(RetiredQuoteRow).where(RetiredQuoteRow.public_id.in_(batch)))


def _forget_outdated(session: Session, ids: Sequence[str]) -> None:
    """An id that lives on has no part in a quote that is gone."""
    # With NOT IN, PostgreSQL goes through all ids for each row.
    there = exists().where(QuoteRow.public_id == RetiredQuoteRow.successor)
    gone = and_(RetiredQuoteRow.successor.is_not(None), ~there)
    for batch in _batches(ids):
        session.execute(delete(RetiredQuoteRow).where(RetiredQuoteRow.public_id.in_(batch), gone))


def _recorded(session: Session, ids: Sequence[str]) -> set[tuple[str, str | None]]:
    columns = select(RetiredQuoteRow.public_id, RetiredQuoteRow.successor)
    return {
        (row.public_id, row.successor)
        for batch in _batches(ids)
        for row in session.execute(columns.where(RetiredQuoteRow.public_id.in_(batch)))
    }


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
