"""What a reader typed, as a query of SQLite's full-text search."""

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Integer, column, select, table, text

from app.store.search import SEARCH_TABLE
from app.store.tables import QuoteRow, SpeakerRow, VariantRow

_TERM = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]|([^\s"“”„«»]+)')
_WORD = re.compile(r"\w+")
_MOST_WORDS = 40
_WINDOW = 2000  # matches that a list filters and sorts: common words are in half of a corpus


def search_terms(typed: str) -> list[str]:
    """FTS5 terms of what was typed: quoted phrases stay whole, the last word may be unfinished."""
    terms: list[str] = []
    for phrase, word in _TERM.findall(typed):
        words = _WORD.findall(phrase or word)
        terms += [f'"{" ".join(words)}"'] if phrase and words else [f'"{w}"' for w in words]
    if terms and typed[-1:].isalnum():
        terms[-1] += "*"
    return terms[:_MOST_WORDS]


def matches(typed: str, joiner: str = "AND", key: ColumnElement[int] = QuoteRow.id.expression) -> ColumnElement[bool]:
    """Condition on the key of quotes: wordings or speaker match what was typed; without words nothing does."""
    found = f" {joiner} ".join(search_terms(typed)) or '""'
    rows = (
        select(column("rowid", Integer))
        .select_from(table(SEARCH_TABLE))
        .where(text(f"{SEARCH_TABLE} MATCH :typed").bindparams(typed=found))
        .limit(_WINDOW)
    )
    return key.in_(rows)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A variant that shares words with what was asked, and its quote."""

    quote: str
    wording: str
    original: str
    speaker: str | None
    variants: int


def read_candidates(connection: Connection, asked: str, most: int) -> tuple[Candidate, ...]:
    """Variants of the quotes that match any word of `asked` best (by BM25), at most `most` quotes."""
    found = " OR ".join(search_terms(asked)) or '""'
    ranked = (
        select(column("rowid", Integer).label("quote_id"))
        .select_from(table(SEARCH_TABLE))
        .where(text(f"{SEARCH_TABLE} MATCH :typed ORDER BY rank").bindparams(typed=found))
        .limit(most)
        .subquery()
    )
    query = (
        select(QuoteRow.public_id, VariantRow.text, QuoteRow.text.label("original"))
        .add_columns(SpeakerRow.name, QuoteRow.variant_count)
        .join(ranked, ranked.c.quote_id == QuoteRow.id)
        .join(VariantRow, VariantRow.quote_id == QuoteRow.id)
        .outerjoin(SpeakerRow, QuoteRow.speaker_id == SpeakerRow.id)
    )
    return tuple(Candidate(*row) for row in connection.execute(query))
