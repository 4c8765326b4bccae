"""What a reader typed, as a query of SQLite's full-text search."""

import re

from sqlalchemy import ColumnElement

from app.store.search import SEARCH_TABLE, matching
from app.store.tables import QuoteRow

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
    return key.in_(matching(SEARCH_TABLE, found).limit(_WINDOW))
