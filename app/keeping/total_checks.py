"""Checks of what is counted over the whole corpus: speakers, outlets, profiles, stories, words."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, aliased

from app.clustering import telling_words
from app.clustering.stories import CROWD
from app.keeping.findings import Difference, differences, missing_and_extra
from app.keeping.walks import WALKS, Range, ranges, texts
from app.store.counts import outlet_counts, speaker_counts
from app.store.profile_tables import (
    CarriageRow,
    CorpusCountsRow,
    OutletChangeRow,
    OutletCopyRow,
    OutletProfileRow,
    OutletVariantRow,
    SpeakerOutletRow,
    SpeakerWordRow,
)
from app.store.profiles import telling_words_of
from app.store.stories import read_story_documents, story_values
from app.store.story_tables import StoryDocumentRow, StoryRow
from app.store.tables import QUOTED, DocumentRow, OutletRow, QuotationRow, QuoteRow, SpeakerRow
from app.store.words import SearchWordRow, words_of
from app.stories import described

_FEW = 200  # speakers or stories a batch: each may have many quotes
_WORDY = 20  # speakers whose words are counted together
_STEP = 1_000  # quotes


def speakers(session: Session) -> Iterator[Difference]:
    """The counts of speakers are those of their quotations and quotes."""
    return _counted(session, SpeakerRow, speaker_counts())


def outlets(session: Session) -> Iterator[Difference]:
    """The counts of outlets are those of their documents."""
    return _counted(session, OutletRow, outlet_counts())


def _counted(session: Session, table: Any, counts: dict[str, Any]) -> Iterator[Difference]:
    stored: list[Any] = [table.id, table.public_id, *(getattr(table, name) for name in counts)]
    counted: list[Any] = [expression.label(f"counted_{name}") for name, expression in counts.items()]
    for span in ranges(session, table.id):
        for row in session.execute(select(*stored, *counted).where(table.id.between(*span))):
            expected = {name: getattr(row, f"counted_{name}") for name in counts}
            yield from differences(table.__tablename__, row.public_id, row, expected, row.id)


def corpus(session: Session) -> Iterator[Difference]:
    """What the corpus holds is counted."""
    stored = session.execute(select(CorpusCountsRow.__table__)).all()
    chains = func.count(func.coalesce(DocumentRow.first_version_id, DocumentRow.id).distinct())
    queries: dict[str, Any] = {
        "documents": select(chains),
        "outlets": select(func.count(OutletRow.id)),
        "quotations": select(func.count(QuotationRow.id)).where(QUOTED),
        "quotes": select(func.count(QuoteRow.id)),
        "speakers": select(func.count(SpeakerRow.id)).where(SpeakerRow.quotation_count > 0),
        "last_quotation_id": select(func.coalesce(func.max(QuotationRow.id), 0)),
    }
    expected = {name: session.scalar(query) for name, query in queries.items()}
    if not stored and any(expected.values()):
        yield Difference("corpus_counts", "1", "row", "not there", "there")
    for row in stored:
        yield from differences("corpus_counts", str(row.id), row, expected)


def outlet_profiles(session: Session) -> Iterator[Difference]:
    """Totals of outlets are sums over what they carry."""
    names = ("quotation_count", "altered", "comparable", "agreeing")
    sums = (func.sum(getattr(CarriageRow, name)) for name in names)
    summed = select(CarriageRow.outlet_id, *sums).group_by(CarriageRow.outlet_id)
    stored = select(OutletProfileRow.outlet_id, *(getattr(OutletProfileRow, name) for name in names))
    yield from missing_and_extra(
        "outlet_profiles", ", ".join(names), _by_key(session, stored, 1), _by_key(session, summed, 1)
    )


def outlet_changes(session: Session) -> Iterator[Difference]:
    """Labels of outlets are counted over the variants that they carry."""
    key = (OutletVariantRow.outlet_id, OutletVariantRow.kind)
    counted = select(*key, func.count()).group_by(*key)
    stored = select(OutletChangeRow.outlet_id, OutletChangeRow.kind, OutletChangeRow.count)
    yield from missing_and_extra("outlet_changes", "count", _by_key(session, stored, 2), _by_key(session, counted, 2))


def outlet_copies(session: Session) -> Iterator[Difference]:
    """Which outlet copies which is counted over documents."""
    copy, copied = aliased(DocumentRow), aliased(DocumentRow)
    key = (copy.outlet_id, copied.outlet_id)
    counted = select(*key, func.count()).join(copied, copy.copy_of_id == copied.id)
    counted = counted.where(copy.outlet_id.is_not(None), copied.outlet_id.is_not(None)).group_by(*key)
    stored = select(OutletCopyRow.outlet_id, OutletCopyRow.from_id, OutletCopyRow.count)
    yield from missing_and_extra("outlet_copies", "count", _by_key(session, stored, 2), _by_key(session, counted, 2))


def speaker_outlets(session: Session) -> Iterator[Difference]:
    """How often outlets quote a speaker is summed over what they carry."""
    key = (QuoteRow.speaker_id, CarriageRow.outlet_id)
    summed = select(*key, func.sum(CarriageRow.quotation_count), func.sum(CarriageRow.altered))
    summed = summed.join(QuoteRow, CarriageRow.quote_id == QuoteRow.id).group_by(*key)
    names = ("speaker_id", "outlet_id", "quotation_count", "altered")
    kept = select(*(getattr(SpeakerOutletRow, name) for name in names))
    for span in ranges(session, SpeakerRow.id, _FEW):
        stored = _by_key(session, kept.where(SpeakerOutletRow.speaker_id.between(*span)), 2)
        expected = _by_key(session, summed.where(QuoteRow.speaker_id.between(*span)), 2)
        yield from missing_and_extra("speaker_outlets", "quotation_count, altered", stored, expected)


def speaker_words(session: Session) -> Iterator[Difference]:
    """The telling words of a speaker are counted over their quotes."""
    kept = select(SpeakerWordRow.speaker_id, SpeakerWordRow.word, SpeakerWordRow.count)
    for span in ranges(session, SpeakerRow.id, _WORDY):
        stored = _by_key(session, kept.where(SpeakerWordRow.speaker_id.between(*span)), 2)
        counted = Counter(_telling(session, span))
        yield from missing_and_extra("speaker_words", "count", stored, {key: (n,) for key, n in counted.items()})


def _telling(session: Session, span: Range) -> Iterator[tuple[int, str]]:
    ids = session.scalars(select(QuoteRow.id).where(QuoteRow.speaker_id.between(*span))).all()
    for start in range(0, len(ids), _STEP):
        yield from telling_words_of(session, ids[start : start + _STEP], telling_words)


def _by_key(session: Session, query: Any, size: int) -> dict[Any, tuple[Any, ...]]:
    return {tuple(row[:size]): tuple(row[size:]) for row in session.execute(query)}


def stories(session: Session) -> Iterator[Difference]:
    """Title, counts and dates of every story are those of its documents, and these share quotes."""
    for span in ranges(session, StoryRow.id, _FEW):
        rows = session.execute(select(StoryRow.__table__).where(StoryRow.id.between(*span))).all()
        yield from _stories(session, rows, span)


def _stories(session: Session, rows: Any, span: Range) -> Iterator[Difference]:
    member = select(StoryDocumentRow.document_id, StoryDocumentRow.story_id)
    placed = {row[0]: row[1] for row in session.execute(member.where(StoryDocumentRow.story_id.between(*span)))}
    documents, quotes = read_story_documents(session, CROWD, placed) if placed else ([], {})
    held = defaultdict(list)
    for document in documents:
        held[placed[document.id]].append(document)
    for row in rows:
        if not held[row.id]:
            yield Difference("stories", row.public_id, "documents", "none that share a quote", "two or more", row.id)
        else:
            expected = story_values(described(row.public_id, held[row.id], quotes))
            yield from differences("stories", row.public_id, row, expected, row.id)
    shared = {document.id for document in documents}
    for lost in sorted(placed.keys() - shared):
        yield Difference("story_documents", str(lost), "row", "there", "not there: it shares no quote")


def words(session: Session) -> Iterator[Difference]:
    """How many documents have a word is counted over their texts."""
    expected = count_words(session)
    stored = {row.word: row.document_count for row in session.execute(select(*_WORD))}
    for word in sorted({*expected, *stored}):
        if stored.get(word, 0) != expected[word]:
            yield Difference("search_words", word, "document_count", stored.get(word, 0), expected[word])


_WORD: tuple[Any, ...] = (SearchWordRow.word, SearchWordRow.document_count)


def count_words(session: Session, done: Callable[[int], None] = lambda _: None) -> Counter[str]:
    """How many documents have each word."""
    counts: Counter[str] = Counter()
    for span in ranges(session, DocumentRow.id, WALKS["documents"].size):
        titles: dict[int, Row[Any]] = {
            row.id: row for row in session.execute(select(*_TITLE).where(DocumentRow.id.between(*span)))
        }
        for document, raw in texts(session, *span).items():
            counts.update(words_of((titles[document].title, raw.decode("utf-8", "replace"))))
        done(len(titles))
    return counts


_TITLE: tuple[Any, ...] = (DocumentRow.id, DocumentRow.title)
