"""PostgreSQL finds words as SQLite finds them."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from app.store.engine import connect
from app.store.search import DOCUMENT_SEARCH, SEARCH_TABLE, SPEAKER_SEARCH, matching
from app.store.search_postgresql import lexemes, pattern, tsquery
from tests.postgres import Server

LETTERS = st.text("aeéÉøØßñ ’'-–“”.,_1ЖжΩω\u0301", max_size=30)
WORDS = (  # without "use": SQLite's stemmer makes "us" of it, PostgreSQL tells the two apart
    "possible possibly technology technologies assembly is us vibes vibrations ferry ferries Élan elan a".split()
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
QUERIES = st.lists(
    st.builds(
        "{}{}".format,
        st.sampled_from(["", "speaker : ", "wordings: "]),
        st.builds('"{}"{}'.format, TEXTS.filter(bool), st.sampled_from(["", "*"])).filter(
            lambda term: term not in ('"us"*', '"is"*')  # two letters and an s: PostgreSQL takes the s for an ending
        ),
    ),
    min_size=1,
    max_size=3,
)


@pytest.fixture(scope="module")
def store(postgresql: Server) -> Iterator[Connection]:
    engine = connect(postgresql.migrated())
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@given(given_text=LETTERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_words_are_made_alike_here_and_there(store: Connection, given_text: str) -> None:
    found = store.scalar(text("SELECT search_words(:given)"), {"given": given_text})
    assert tuple(str(found).split()) == lexemes(given_text)


@given(wordings=TEXTS, speaker=TEXTS, terms=QUERIES, operator=st.sampled_from([" AND ", " OR "]))
@settings(max_examples=150, deadline=None)
def test_a_quote_is_found_by_the_same_queries(
    store: Connection, wordings: str, speaker: str, terms: list[str], operator: str
) -> None:
    query = operator.join(f"({term})" for term in terms)
    with store.begin_nested() as inserted:
        row = {"wordings": wordings, "speaker": speaker}
        store.execute(text("INSERT INTO quote_search (rowid, wordings, speaker) VALUES (1, :wordings, :speaker)"), row)
        found = store.scalars(matching(SEARCH_TABLE, query)).all()
        inserted.rollback()
    assert bool(found) == found_by_sqlite(wordings, speaker, query)


def found_by_sqlite(wordings: str, speaker: str, query: str) -> bool:
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE t USING fts5(wordings, speaker, tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    database.execute("INSERT INTO t VALUES (?, ?)", (wordings, speaker))
    found = database.execute("SELECT 1 FROM t WHERE t MATCH ?", (query,)).fetchone()
    database.close()
    return found is not None


def test_a_query_without_words_finds_nothing(store: Connection) -> None:
    for name in (SEARCH_TABLE, DOCUMENT_SEARCH, SPEAKER_SEARCH):
        assert store.scalars(matching(name, "")).all() == []


def test_queries_are_written_as_tsqueries() -> None:
    assert tsquery('("good vibes" AND "ferr"*) OR speaker : ("ann"*)', stemmed=False) == (
        "( (good <-> vibes) & (ferr:*) ) | ( (ann:*A) )"
    )
    assert pattern('"abc" OR "def"') == "abc|def"


def test_a_text_too_long_for_an_index_of_its_words_is_found_by_its_beginning(store: Connection) -> None:
    words = " ".join(f"word{number}" for number in range(120_000))
    query = "SELECT search_vector('simple', '', search_words(:words)) @@ to_tsquery('simple', :sought)"
    assert store.scalar(text(query), {"words": words, "sought": "word7"})
    assert not store.scalar(text(query), {"words": words, "sought": "word119999"})
