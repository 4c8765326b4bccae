"""What is marked for PostgreSQL is what SQLite's highlight() marks."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.search_marks import marked
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


def highlight(text: str, query: str) -> str | None:
    """What SQLite marks; None where it finds nothing."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2')")
    database.execute("INSERT INTO t VALUES ('', ?)", (text,))
    row = database.execute("SELECT highlight(t, 1, '\x02', '\x03') FROM t WHERE t MATCH ?", (query,)).fetchone()
    database.close()
    return row and str(row[0])


@pytest.mark.parametrize("query", QUERIES)
@given(text=TEXTS)
def test_what_is_marked_is_what_sqlite_marks(query: str, text: str) -> None:
    expected = highlight(text, query)
    if expected is not None:
        assert marked(text, phrases(query)) == expected


def test_a_text_without_what_was_sought_has_no_marks() -> None:
    assert marked("one two three", phrases('"four"')) == "one two three"
    assert marked("", phrases('"four"')) == ""
