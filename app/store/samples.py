"""Which sentences stand for quotes when new ones are compared with them: a bounded number, however large a quote is."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.tables import PartRow, QuotationRow, VariantRow

_BATCH = 5_000  # ids a statement
_USUAL, _ALIKE = 6, 6  # wordings of a quote: those that most sentences have, and those most like the new sentences
_REPEATS = 4  # sentences of one wording


class Wording(NamedTuple):
    """A wording of a quote, and how many sentences have it."""

    id: int
    quote: int
    text: str
    times: int


def read_wordings(session: Session, quotes: Collection[int]) -> list[Wording]:
    """All wordings of these quotes (ids of their rows), as pages show them."""
    columns = select(VariantRow.id, VariantRow.quote_id, VariantRow.text, VariantRow.quotation_count)
    return [
        Wording(*row)
        for batch in _batches(quotes)
        for row in session.execute(
            columns.where(VariantRow.quote_id.in_(batch)).order_by(VariantRow.quote_id, VariantRow.rank)
        )
    ]


def sample(
    session: Session, quotes: Collection[int], alike: Mapping[int, float], documents: Collection[int]
) -> list[int]:
    """Ids of the sentences that stand for these quotes: all that are in `documents`, and a few of some wordings.

    `alike` says of wordings (ids of their rows) how much they share with the new sentences.
    """
    by_quote: dict[int, list[Wording]] = defaultdict(list)
    for wording in read_wordings(session, quotes):
        by_quote[wording.quote].append(wording)
    chosen = {wording.id for wordings in by_quote.values() for wording in _chosen(wordings, alike)}
    found = set[int]()
    for batch in _batches(chosen):
        taken: Counter[int | None] = Counter()
        rows = select(PartRow.variant_id, PartRow.id).where(PartRow.variant_id.in_(batch)).order_by(PartRow.id)
        for variant, part in session.execute(rows):
            taken[variant] += 1
            if taken[variant] <= _REPEATS:
                found.add(part)
    return sorted(found | _of_documents(session, documents))


def _chosen(wordings: Sequence[Wording], alike: Mapping[int, float]) -> list[Wording]:
    usual = sorted(wordings, key=lambda one: -one.times)[:_USUAL]
    return usual + sorted(wordings, key=lambda one: (-alike.get(one.id, 0.0), -one.times))[:_ALIKE]


def _of_documents(session: Session, documents: Collection[int]) -> set[int]:
    rows = select(PartRow.id).join(QuotationRow).where(PartRow.variant_id.is_not(None))
    found = set[int]()
    for batch in _batches(documents):
        found.update(session.scalars(rows.where(QuotationRow.document_id.in_(batch))))
    return found


def _batches(ids: Collection[int]) -> Iterator[Sequence[int]]:
    ordered = sorted(ids)
    return (ordered[start : start + _BATCH] for start in range(0, len(ordered), _BATCH))
