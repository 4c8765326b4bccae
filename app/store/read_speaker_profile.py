"""What one speaker said: about what, when, by whom it was carried, and what others are named for too."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, String, cast, func, select
from sqlalchemy.orm import aliased

from app.store.narrowing import by_no_index
from app.store.profile_tables import CorpusCountsRow, DisputeRow, SpeakerOutletRow, SpeakerWordRow
from app.store.read_occurrences import occurrence, select_reports
from app.store.read_rows import OUTLET, SPEAKER, speaker
from app.store.read_views import Occurrence, Outlet, Speaker
from app.store.search import SEARCH_TABLE, matching
from app.store.tables import DocumentRow, OutletRow, QuotationRow, QuoteRow, SpeakerRow
from app.store.words import SearchWordRow, fold

IsTopical = Callable[[str], bool]
_LOOKED_AT = 400  # most frequent words of a speaker
_PASSAGES = 200  # of a speaker that are looked at for reports
_ONCE = 12  # topics up to which words of a single quote are taken too


@dataclass(frozen=True, slots=True)
class WordCount:
    """A telling word, and in how many quotes it stands."""

    word: str
    count: int


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A telling word of two speakers, and in how many quotes of each it stands."""

    word: str
    count: int
    other_count: int


@dataclass(frozen=True, slots=True)
class OutletShare:
    """How often an outlet quotes a speaker, and how often of these in altered words."""

    outlet: Outlet
    quotation_count: int
    altered: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """A quote for which others are named too: how often this speaker is, out of how many quotations."""

    quote: str
    text: str
    speaker: Speaker | None  # most often named
    count: int
    quotation_count: int
    speaker_count: int


def read_words(connection: Connection, public_id: str, most: int, is_topical: IsTopical) -> tuple[WordCount, ...]:
    """Topics of a speaker: words of their quotes, those first that tell most against the words of all documents."""
    word = SpeakerWordRow
    query = select(word.word, word.count.label("n")).where(word.speaker_id == _key(public_id))
    often = connection.execute(query.order_by(word.count.desc()).limit(_LOOKED_AT))
    counts = {row.word: row.n for row in often if is_topical(row.word)}
    weights = _weights(connection, counts)
    ranked = sorted(counts, key=lambda word: (-counts[word] * weights[word], -len(word), word))
    kept = [word for place, word in enumerate(ranked) if counts[word] > 1 or place < _ONCE]
    return tuple(WordCount(word, counts[word]) for word in kept[:most])


def read_shared_words(
    connection: Connection, one: str, other: str, most: int, is_topical: IsTopical
) -> tuple[SharedWord, ...]:
    """Topics of both speakers, those first that both speak about often and that tell most."""
    theirs = aliased(SpeakerWordRow)
    both = SpeakerWordRow.count * theirs.count
    query = (
        select(SpeakerWordRow.word, SpeakerWordRow.count.label("ours"), theirs.count.label("theirs"))
        .join(theirs, (theirs.word == SpeakerWordRow.word) & (theirs.speaker_id == _key(other)))
        .where(SpeakerWordRow.speaker_id == _key(one))
        .order_by(both.desc(), SpeakerWordRow.word)
    )
    rows = [row for row in connection.execute(query.limit(_LOOKED_AT)) if is_topical(row.word)]
    weights = _weights(connection, [row.word for row in rows])
    rows.sort(key=lambda row: (-row.ours * row.theirs * weights[row.word], row.word))
    return tuple(SharedWord(row.word, row.ours, row.theirs) for row in rows[:most])


def _weights(connection: Connection, words: Iterable[str]) -> dict[str, float]:
    """How much a word tells, by how few documents have it (inverse document frequency: Spärck Jones 1972)."""
    folded = {word: fold(word) for word in words}
    known = select(SearchWordRow.word, SearchWordRow.document_count).where(SearchWordRow.word.in_(set(folded.values())))
    documents = {row.word: row.document_count for row in connection.execute(known)}
    every = max((connection.scalar(select(CorpusCountsRow.documents)) or 0, *documents.values()))
    return {word: log((every + 1) / (documents.get(key, 1) + 0.5)) for word, key in folded.items()}


def read_days(connection: Connection, public_id: str) -> tuple[tuple[date, int], ...]:
    """On how many days how many quotes of a speaker first appeared, in order; undated ones are left out."""
    day = func.substr(cast(QuoteRow.first_published_at, String), 1, 10)
    query = select(day, func.count()).where(QuoteRow.speaker_id == _key(public_id))
    query = query.where(QuoteRow.first_published_at.is_not(None)).group_by(day).order_by(day)
    return tuple((date.fromisoformat(found), count) for found, count in connection.execute(query))


def read_shares(connection: Connection, public_id: str, most: int) -> tuple[OutletShare, ...]:
    """The outlets that quote a speaker most."""
    row = SpeakerOutletRow
    query = select(*OUTLET, row.quotation_count, row.altered).join(OutletRow, row.outlet_id == OutletRow.id)
    query = query.where(row.speaker_id == _key(public_id)).order_by(row.quotation_count.desc(), OutletRow.name)
    return tuple(
        OutletShare(Outlet(found.outlet_public_id, found.outlet_name, found.siglum), *found[-2:])
        for found in connection.execute(query.limit(most))
    )


def read_disputes(connection: Connection, public_id: str, most: int, other: str = "") -> tuple[Dispute, ...]:
    """Quotes for which this speaker and others are named (`other` among them, where it is given)."""
    query = (
        select(QuoteRow.public_id, QuoteRow.text, QuoteRow.quotation_count, QuoteRow.speaker_count, *SPEAKER)
        .add_columns(DisputeRow.quotation_count.label("mine"))
        .join(DisputeRow, DisputeRow.quote_id == QuoteRow.id)
        .outerjoin(SpeakerRow, QuoteRow.speaker_id == SpeakerRow.id)
        .where(DisputeRow.speaker_id == _key(public_id))
        .order_by(DisputeRow.quotation_count.desc(), QuoteRow.id.desc())
    )
    if other:
        theirs = aliased(DisputeRow)
        query = query.join(theirs, (theirs.quote_id == QuoteRow.id) & (theirs.speaker_id == _key(other)))
    return tuple(_dispute(row) for row in connection.execute(query.limit(most)))


def read_said_about(connection: Connection, public_id: str, word: str, most: int) -> Sequence[str]:
    """Ids of a speaker's quotes of which a wording has the word (or phrase), in order of time, undated ones last."""
    phrase = " ".join(re.findall(r"\w+", word))
    found = matching(SEARCH_TABLE, f'wordings : "{phrase}"')
    first = QuoteRow.first_published_at
    query = select(QuoteRow.public_id).where(QuoteRow.speaker_id == _key(public_id), QuoteRow.id.in_(found))
    return connection.scalars(query.order_by(first.is_(None), first, QuoteRow.id).limit(most)).all()


def read_reported(connection: Connection, public_id: str, most: int) -> tuple[Occurrence, ...]:
    """What documents report of a speaker without marks, the last taken in first, old versions left out.

    Only so many of the speaker's last passages are looked at: all of them may be very many.
    """
    current = by_no_index(DocumentRow.superseded.is_(False))
    last = select(QuotationRow.id, QuotationRow.kind).join(DocumentRow, QuotationRow.document_id == DocumentRow.id)
    last = last.where(QuotationRow.speaker_id == _key(public_id), current)
    passage = last.order_by(QuotationRow.id.desc()).limit(_PASSAGES).subquery()
    reported = select(passage.c.id).where(passage.c.kind == "indirect").order_by(passage.c.id.desc()).limit(most)
    query = select_reports().where(QuotationRow.id.in_(reported)).order_by(QuotationRow.id.desc())
    return tuple(map(occurrence, connection.execute(query)))


def _key(public_id: str) -> ScalarSelect[int]:
    return select(SpeakerRow.id).where(SpeakerRow.public_id == public_id).scalar_subquery()


def _dispute(row: Row[Any]) -> Dispute:
    return Dispute(row.public_id, row.text, speaker(row), row.mine, row.quotation_count, row.speaker_count)
