"""Excerpts are the ones that SQLite's snippet() gives, word for word."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.excerpts import excerpt
from app.store.search_postgresql import phrases

PIECES = [
    "gulls",
    "Gulls",
    "over",
    "the",
    "quay",
    "éclair",
    "vibes",
    "vibrations",
    "a",
    ".",
    ": ",
    "“",
    "”",
    "\n\n",
    "—",
    "3",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=90).map(" ".join)
QUERIES = [
    '"gulls"',
    '"vib"*',
    '"the quay" AND "gulls"',
    '"over the"',
    '("vibes" OR "quay") AND "a"',
    '"the"* AND "the"',
]


def snippet(text: str, query: str) -> str | None:
    """What SQLite excerpts; None where it finds nothing."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2')")
    database.execute("INSERT INTO t VALUES ('', ?)", (text,))
    row = database.execute("SELECT snippet(t, 1, '\x02', '\x03', '…', 20) FROM t WHERE t MATCH ?", (query,)).fetchone()
    database.close()
    return row and str(row[0])


@pytest.mark.parametrize("query", QUERIES)
@given(text=TEXTS)
def test_an_excerpt_is_what_sqlite_excerpts(query: str, text: str) -> None:
    expected = snippet(text, query)
    if expected is not None:
        assert excerpt(text, phrases(query)) == expected


def test_a_text_without_what_was_sought_is_shown_from_its_beginning() -> None:
    assert excerpt("one two three", phrases('"four"'), words=2) == "one two…"
    assert excerpt("", phrases('"four"')) == ""
