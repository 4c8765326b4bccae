"""Looking up, without reading the corpus, the quotes that new sentences may belong to."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from math import log

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.store.ids import form_hash
from app.store.search import SEARCH_TABLE, matching
from app.store.tables import PartRow, QuotationRow, QuoteRow, VariantRow

_MANY = 200  # quotes with a word, from which it is looked up together with another one only
_WORDS = 14  # words of one sentence that are looked up
_KEPT = 40  # quotes that share the greatest weight with one sentence
_BATCH = 10_000
_PARTNERS = 8  # documents taken in with a new one
_SHARED = 2  # quotes that make a document such a partner


class Postings:
    """The full-text index as an inverted index; what was looked up once is kept."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._size = (session.scalar(select(func.max(QuoteRow.id))) or 0) + 100
        self._found: dict[str, list[int]] = {}

    def near(self, words: Sequence[str]) -> list[int]:
        """Ids of the quotes that share most of the weight of these words (different, the most telling first)."""
        score: Counter[int] = Counter()
        common = []
        for word in words[:_WORDS]:
            quotes = self._look_up(f'"{word}"')
            if len(quotes) > _MANY:
                common.append(word)
            else:
                score.update(dict.fromkeys(quotes, self._weight(quotes)))
        for word, following in pairwise(common):
            quotes = self._look_up(f'"{word}" AND "{following}"')
            score.update(dict.fromkeys(quotes, self._weight(quotes)))
        return [quote for quote, _ in sorted(score.items(), key=lambda item: (-item[1], item[0]))[:_KEPT]]

    def _weight(self, quotes: Sequence[int]) -> float:
        return log(self._size / (len(quotes) + 1.0))

    def _look_up(self, query: str) -> list[int]:
        if query not in self._found:
            rows = matching(SEARCH_TABLE, f"wordings: ({query})").limit(_MANY + 1)
            self._found[query] = list(self._session.scalars(rows))
        return self._found[query]


def with_wordings(session: Session, forms: Iterable[str]) -> dict[int, int]:
    """The wordings (ids of their rows) with one of these normal forms, and the ids of their quotes."""
    hashes = sorted({form_hash(form) for form in forms})
    found: dict[int, int] = {}
    for start in range(0, len(hashes), _BATCH):
        batch = VariantRow.form_hash.in_(hashes[start : start + _BATCH])
        rows = session.execute(select(VariantRow.id, VariantRow.quote_id).where(batch))
        found.update((row.id, row.quote_id) for row in rows)
    return found


def partners(session: Session, near: Mapping[int, Collection[int]]) -> set[int]:
    """Ids of the documents that share most with new ones; `near` lists the quotes near to each of those.

    Their quotes are what context has to go by: sentences that stand between shared ones may be the same in other words.
    """
    documents: set[int] = set()
    for quotes in near.values():
        shared = func.count(VariantRow.quote_id.distinct())
        query = (
            select(QuotationRow.document_id)
            .join(PartRow, PartRow.quotation_id == QuotationRow.id)
            .join(VariantRow, PartRow.variant_id == VariantRow.id)
            .where(VariantRow.quote_id.in_(sorted(quotes)))
            .group_by(QuotationRow.document_id)
            .having(shared >= _SHARED)
            .order_by(shared.desc(), QuotationRow.document_id)
            .limit(_PARTNERS)
        )
        documents.update(session.scalars(query))
    return documents


def carried_by(session: Session, documents: Collection[int]) -> set[int]:
    """Ids of all quotes that these documents carry."""
    found = (
        select(VariantRow.quote_id)
        .distinct()
        .join(PartRow, PartRow.variant_id == VariantRow.id)
        .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
        .where(QuotationRow.document_id.in_(sorted(documents)))
    )
    return set(session.scalars(found))
