"""Quotes of one speaker that have rare words of another of their quotes."""

import re
from dataclasses import dataclass
from itertools import accumulate

from sqlalchemy import Connection, select

from app.store.read_rows import when
from app.store.read_views import When
from app.store.search import SEARCH_TABLE, matching
from app.store.tables import QuoteRow, SpeakerRow
from app.store.words import SearchWordRow, fold

_WORD = re.compile(r"[^\W\d_]{3,30}")
_WORDS = 12  # of the wording, the rarest first
_DOCUMENTS = 3_000  # that have one of them
_LOOKED_THROUGH = 3_000  # quotes of anybody that have one of them
_CANDIDATES = 100


@dataclass(frozen=True, slots=True)
class Alike:
    """Another quote of the same speaker."""

    id: str
    text: str
    variant_count: int
    first_published: When | None


def read_alike(connection: Connection, quote: str, wording: str, speaker: str) -> tuple[Alike, ...]:
    """Quotes of a speaker that share a rare word with a wording of `quote` (public ids), the most carried first."""
    words = _rarest(connection, wording)
    if not words:
        return ()
    asked = " OR ".join(f'"{word}"' for word in words)
    found = matching(SEARCH_TABLE, f"wordings : ({asked})").limit(_LOOKED_THROUGH)
    query = (
        select(QuoteRow.public_id, QuoteRow.text, QuoteRow.variant_count, QuoteRow.first_published_at)
        .join(SpeakerRow, QuoteRow.speaker_id == SpeakerRow.id)
        .where(QuoteRow.id.in_(found), SpeakerRow.public_id == speaker, QuoteRow.public_id != quote)
        .order_by(QuoteRow.quotation_count.desc(), QuoteRow.id.desc())
    )
    return tuple(Alike(*row[:3], when(row[3])) for row in connection.execute(query.limit(_CANDIDATES)))


def _rarest(connection: Connection, wording: str) -> list[str]:
    """The words of a wording that the fewest documents have, as many as are soon looked up."""
    asked = {fold(word) for word in _WORD.findall(wording)}
    row = SearchWordRow
    rarest = select(row.word, row.document_count).where(row.word.in_(asked)).order_by(row.document_count, row.word)
    known = connection.execute(rarest.limit(_WORDS)).all()
    totals = accumulate(found.document_count for found in known)
    return [found.word for found, total in zip(known, totals, strict=True) if total <= _DOCUMENTS]
