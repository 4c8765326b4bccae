"""Quotes of one speaker that have rare words of another of their quotes."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from sqlalchemy import Connection, Select, bindparam, select

from app.store.prepared import prepared
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
    values = {"words": f"wordings : ({asked})", "speaker": speaker, "quote": quote}
    return tuple(
        Alike(row.public_id, row.text, row.variant_count, when(row.first_published_at))
        for row in _select_alike.rows(connection, values)
    )


def _rarest(connection: Connection, wording: str) -> list[str]:
    """The words of a wording that the fewest documents have, as many as are soon looked up."""
    asked = sorted({fold(word) for word in _WORD.findall(wording)})
    known = _select_rarest.rows(connection, {"words": asked})
    totals = accumulate(found.document_count for found in known)
    return [found.word for found, total in zip(known, totals, strict=True) if total <= _DOCUMENTS]


@prepared
def _select_alike() -> Select[str, str, int, datetime | None]:
    found = matching(SEARCH_TABLE, named="words").limit(_LOOKED_THROUGH)
    return (
        select(QuoteRow.public_id, QuoteRow.text, QuoteRow.variant_count, QuoteRow.first_published_at)
        .join(SpeakerRow, QuoteRow.speaker_id == SpeakerRow.id)
        .where(QuoteRow.id.in_(found), SpeakerRow.public_id == bindparam("speaker"))
        .where(QuoteRow.public_id != bindparam("quote"))
        .order_by(QuoteRow.quotation_count.desc(), QuoteRow.id.desc())
        .limit(_CANDIDATES)
    )


@prepared
def _select_rarest() -> Select[str, int]:
    row = SearchWordRow
    query = select(row.word, row.document_count).where(row.word.in_(bindparam("words", expanding=True)))
    return query.order_by(row.document_count, row.word).limit(_WORDS)
