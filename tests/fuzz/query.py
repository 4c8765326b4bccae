"""What somebody types into the search field: read without a fault, written back the same, and understood by FTS5."""

import sqlite3
from functools import cache

from app.store.search_queries import document_query, name_query, quote_query, speaker_query
from app.store.search_terms import parse, spelt, without, write
from tests.fuzz.made import text_of

EXAMPLES = (
    b"speaker:Ashby \x80good vibes\x81 before:2031-03",
    b"outlet:\x83a b\x83 after:2031-13-99",
    b'"" : * ^ NEAR(a b) -x {a b}: OR AND NOT',
    b'speaker:"x',
)


def check(data: bytes) -> None:
    """Parse, write, parse again; run each query on empty tables."""
    typed = text_of(data)
    sought = parse(typed)
    assert parse(write(sought)) == sought
    for key in ("speaker", "outlet", "before", "after"):
        without(sought, key)
    spelt(sought, {"vibes": "vibrations"})
    queries = (
        quote_query(sought, ("vibes",)),
        document_query(sought, {}),
        document_query(sought, {"vibes": ("vibes", "vibe")}),
        speaker_query(sought),
        name_query(sought.speaker),
    )
    for query in filter(None, queries):
        _table().execute("SELECT count(*) FROM found WHERE found MATCH ?", (query,)).fetchone()


@cache
def _table() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute("CREATE VIRTUAL TABLE found USING fts5(words, speaker, tokenize = 'porter unicode61')")
    return connection
