"""Deriving again what can be derived, each within the caller's write transaction."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, delete, exists, func, insert, or_, select, text, update
from sqlalchemy.orm import Session, aliased

from app import ingest, stories
from app.clustering import telling_words
from app.documents import segment
from app.keeping import quote_checks as checks
from app.keeping.document_checks import contexts
from app.keeping.findings import Difference
from app.keeping.search_checks import INDEXES, TEXTS, is_fts5
from app.keeping.speaker_checks import differing_aliases
from app.keeping.total_checks import count_words
from app.keeping.walks import QuoteBatch, walk_documents, walk_quotes
from app.records import Document, Span
from app.rewriting import rewrite
from app.store import clusters, profiles
from app.store.aggregates import quote_counts, quote_speaker, search_row, variant_counts
from app.store.counts import refresh_counts
from app.store.parts import PartRecord, read_quote_parts
from app.store.profile_tables import CorpusCountsRow
from app.store.search import SEARCH_TABLE, SPEAKER_SEARCH
from app.store.speaker_block import HeldAlias
from app.store.story_tables import StoryDocumentRow, StoryRow
from app.store.tables import (
    QUOTED,
    AliasRow,
    DocumentRow,
    NamingRow,
    OutletRow,
    QuotationRow,
    QuoteOutletRow,
    QuoteRow,
    VariantRow,
)
from app.store.words import SearchWordRow

_STEP = 200  # quotes made again at once
_WORDS = 10_000
_MADE_AGAIN = (
    checks.quote_texts,
    checks.variant_order,
    checks.variant_wordings,
    checks.variant_ids,
    checks.label_evidence,
)


def mend_documents(session: Session) -> None:
    """How many quotations a document has, and whether a newer version is there."""
    later = aliased(DocumentRow)
    mine = QuotationRow.document_id == DocumentRow.id
    newer = exists().where(later.first_version_id == DocumentRow.first_version_id, later.version > DocumentRow.version)
    count = select(func.count(QuotationRow.id)).where(mine, QUOTED).scalar_subquery()
    changed = update(DocumentRow).where(or_(DocumentRow.quotation_count != count, DocumentRow.superseded != newer))
    _run(session, changed.values(quotation_count=count, superseded=newer))


def mend_contexts(session: Session) -> None:
    """The contexts of quotations, from the sentences of their documents."""
    for batch in walk_documents(session):
        faulty = _rows(contexts(batch))
        for document in batch.documents:
            rows = [row for row in batch.quotations.get(document.id, ()) if row.id in faulty]
            if rows:
                text = batch.texts[document.id].decode("utf-8", "replace")
                layout = segment(Document(document.public_id, text, "text", document.body_start))
                spans = ingest.contexts(layout, [Span(row.outer_start, row.outer_end) for row in rows])
                for row, (start, end) in zip(rows, spans, strict=True):
                    here = update(QuotationRow).where(QuotationRow.id == row.id)
                    _run(session, here.values(context_start=start, context_end=end))


def mend_namings(session: Session) -> None:
    """The speakers of quotations, from their namings."""
    named = and_(NamingRow.document_id == QuotationRow.document_id, NamingRow.number == QuotationRow.naming)
    speaker = select(NamingRow.speaker_id).where(named).scalar_subquery()
    differs = QuotationRow.speaker_id.is_distinct_from(speaker)
    _run(session, update(QuotationRow).where(QuotationRow.naming.is_not(None), differs).values(speaker_id=speaker))


def mend_aliases(session: Session) -> None:
    """The names of speakers, from their namings."""
    for one in list(differing_aliases(session)):
        row = session.get(AliasRow, (one.speaker_id, one.alias))
        if one.expected is None:
            session.delete(row)
            continue
        if row is None:
            row = AliasRow(speaker_id=one.speaker_id, alias=one.alias)
            row.evidence, row.document_id = _said_first(session, one.speaker_id, one.alias)
            session.add(row)
        row.fullness, row.full_namings = one.expected
    session.flush()


def _said_first(session: Session, speaker: int, alias: str) -> tuple[str, int | None]:
    """The evidence for a name, and the document that has it: of the fullest naming, the first of these."""
    theirs = select(NamingRow).where(NamingRow.speaker_id == speaker)
    namings = session.scalars(theirs.order_by(NamingRow.fullness.desc(), NamingRow.document_id))
    held = HeldAlias(0, 0, "", None)
    held.say(alias, next(naming for naming in namings if alias in naming.forms))
    return held.evidence, held.document_id


def mend_quotes(session: Session) -> None:
    """Counts, dates, speakers and outlets of quotes and variants; a quote whose wordings are wrong is made again."""
    again: list[int] = []
    for batch in walk_quotes(session):
        faulty = {difference.row for check in _MADE_AGAIN for difference in check(batch)}
        again += sorted(faulty)
        _count_again(session, batch, faulty)
    for start in range(0, len(again), _STEP):
        _make_again(session, again[start : start + _STEP])


def _count_again(session: Session, batch: QuoteBatch, besides: set[int]) -> None:
    faulty = _rows(checks.quotes_counted(batch), checks.quote_speakers(batch), checks.variants_counted(batch)) - besides
    for quote in sorted(faulty):
        members = batch.members(quote)
        values = {**quote_counts(members), "variant_count": len(batch.variants[quote])}
        values["speaker_id"] = quote_speaker(members)
        _run(session, update(QuoteRow).where(QuoteRow.id == quote).values(values))
        for variant in batch.variants[quote]:
            counts: dict[str, Any] = variant_counts(batch.of_variant[variant.id])
            _run(session, update(VariantRow).where(VariantRow.id == variant.id).values(counts))
    for quote in sorted(_rows(checks.quote_outlets(batch))):
        session.execute(delete(QuoteOutletRow).where(QuoteOutletRow.quote_id == quote))
        outlets = sorted({outlet for part in batch.members(quote) for outlet in part.outlet_ids})
        if outlets:
            session.execute(insert(QuoteOutletRow), [{"quote_id": quote, "outlet_id": one} for one in outlets])


def _rows(*found: Iterable[Difference]) -> set[int]:
    return {difference.row for differences in found for difference in differences}


def _make_again(session: Session, quotes: Sequence[int]) -> None:
    """The same sentences into the same quotes, their variants found anew; a quote without sentences goes."""
    names = {row.id: row.public_id for row in session.execute(select(*_NAMES).where(QuoteRow.id.in_(quotes)))}
    groups: dict[str, list[PartRecord]] = {}
    for part in read_quote_parts(session, quotes):
        groups.setdefault(part.quote or "", []).append(part)
    empty = set(names.values()) - groups.keys()
    if empty:
        profiles.withdraw(session, empty, telling_words)
        clusters.replace_some(session, [], empty, {}, ingest.now())
    if groups:
        rewrite(session, list(groups.values()), all_of_them=True)


_NAMES: tuple[Any, ...] = (QuoteRow.id, QuoteRow.public_id)


def mend_search(session: Session) -> None:
    """The search tables, from what they index."""
    if is_fts5(session):
        for name in INDEXES:
            session.execute(text(f"INSERT INTO {name} ({name}) VALUES ('rebuild')"))
    else:
        for name, table, one, other in TEXTS:
            session.execute(text(f"DELETE FROM {name}"))
            vector = f"search_vector('simple', search_words({one}), search_words({other}))"
            session.execute(text(f"INSERT INTO {name} SELECT id, {vector} FROM {table}"))
    session.execute(text(f"DELETE FROM {SEARCH_TABLE}"))
    _insert_search(session)
    session.execute(text(f"DELETE FROM {SPEAKER_SEARCH}"))
    session.execute(text(f"INSERT INTO {SPEAKER_SEARCH} (rowid, name, aliases) SELECT id, name, '' FROM speakers"))
    names: dict[int, list[str]] = {}
    for speaker, alias in session.execute(select(AliasRow.speaker_id, AliasRow.alias)):
        names.setdefault(speaker, []).append(alias)
    rows = [{"id": speaker, "aliases": " ‖ ".join(sorted(aliases))} for speaker, aliases in names.items()]
    if rows:
        session.execute(text(f"UPDATE {SPEAKER_SEARCH} SET aliases = :aliases WHERE rowid = :id"), rows)


def _insert_search(session: Session) -> None:
    row = text(f"INSERT INTO {SEARCH_TABLE} (rowid, wordings, speaker) VALUES (:id, :wordings, :speaker)")
    for batch in walk_quotes(session):
        rows = [
            {"id": quote.id, **search_row([one.text for one in batch.variants[quote.id]], batch.members(quote.id))}
            for quote in batch.quotes
        ]
        session.execute(row, rows)


def mend_profiles(session: Session) -> None:
    """Alerts, disputes, and all that profiles of speakers and outlets are made of."""
    profiles.rebuild(session, telling_words)


def mend_stories(session: Session) -> None:
    """Stories, from the quotes that documents share; their ids stay."""
    story, document = StoryRow.id == StoryDocumentRow.story_id, DocumentRow.id == StoryDocumentRow.document_id
    session.execute(delete(StoryDocumentRow).where(or_(~exists().where(story), ~exists().where(document))))
    stories.tell(session)
    session.execute(delete(StoryRow).where(~exists().where(story)))


def mend_words(session: Session) -> None:
    """The words of the corpus, counted over all texts."""
    counts = count_words(session)
    session.execute(delete(SearchWordRow))
    rows = [{"word": word, "document_count": count} for word, count in sorted(counts.items())]
    for start in range(0, len(rows), _WORDS):
        session.execute(insert(SearchWordRow), rows[start : start + _WORDS])


def mend_totals(session: Session) -> None:
    """The counts of speakers, outlets and the corpus."""
    session.execute(delete(CorpusCountsRow))
    session.expire_all()
    refresh_counts(session)


def drop_dangling(session: Session) -> None:
    """Rows of `quote_outlets` whose quote or outlet is gone; profiles and stories are made anew anyway."""
    quote, outlet = QuoteRow.id == QuoteOutletRow.quote_id, OutletRow.id == QuoteOutletRow.outlet_id
    session.execute(delete(QuoteOutletRow).where(or_(~exists().where(quote), ~exists().where(outlet))))


def _run(session: Session, statement: Any) -> None:
    session.execute(statement.execution_options(synchronize_session=False))
