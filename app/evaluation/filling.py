"""A database of any size for measuring pages: the invented corpus, written straight into the tables.

Documents are real texts with their quotations in them, so that every offset, count and search row holds.
"""

from collections import Counter
from functools import cache, partial
from itertools import groupby
from random import Random
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.orm import Session

from app import stories
from app.clustering import telling_words
from app.evaluation.cast import Cast
from app.evaluation.invented import invented_units
from app.evaluation.press import TABLES, Press
from app.store import profiles
from app.store.counts import refresh_corpus_counts, refresh_counts
from app.store.prepared import prepared
from app.store.tables import DocumentRow, QuotationRow
from app.store.words import SearchWordRow, words_of

_QUOTATIONS_PER_SPEAKER = 100
_BATCH = 20_000  # rows of the largest table
_FAST = ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000")
_INSERTS = {table: prepared(partial(insert, table)) for table in TABLES}
# What namings say of speakers, once all are there: how many have a full name, and who has none at all.
_NAMED = (
    "UPDATE speaker_aliases SET full_namings = (SELECT count(*) FROM namings "
    "WHERE namings.speaker_id = speaker_aliases.speaker_id AND namings.name = speaker_aliases.alias)",
    "DELETE FROM speaker_keys WHERE speaker_id NOT IN (SELECT speaker_id FROM namings)",
    "DELETE FROM speaker_aliases WHERE speaker_id NOT IN (SELECT speaker_id FROM namings)",
    "DELETE FROM speakers WHERE id NOT IN (SELECT speaker_id FROM namings)",
)
_SEARCH = text("INSERT INTO quote_search (rowid, wordings, speaker) VALUES (:id, :wordings, :speaker)")


def fill(engine: Engine, quotations: int, seed: int = 1) -> None:
    """Put so many invented quotations, and all that belongs to them, into a new database."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        for pragma in _FAST:
            raw.execute(f"PRAGMA {pragma}")
        with connection.begin():
            made_again = _drop_indexes(connection)
            _fill(connection, quotations, Random(seed))
            for statement in (*made_again, *_NAMED):
                connection.exec_driver_sql(statement)
        with Session(connection) as session, session.begin():
            refresh_counts(session)
            _learn_words(session)
            stories.tell(session)
            profiles.rebuild(session, telling_words)
            refresh_corpus_counts(session)
        connection.invalidate()  # nobody else gets a connection with these settings


def _drop_indexes(connection: Connection) -> list[str]:
    """Drop all indexes that no constraint needs, and give the statements that make them: sorting all rows once takes
    less than finding each one's place in trees that are larger than the cache."""
    indexes = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > ''")).all()
    for index in indexes:
        connection.exec_driver_sql(f'DROP INDEX "{index.name}"')
    return [index.sql for index in indexes]


def _learn_words(session: Session) -> None:
    """The words of all documents at once; ingest learns them document by document."""
    counts: Counter[str] = Counter()
    for texts in session.execute(select(DocumentRow.title, DocumentRow.text).execution_options(yield_per=1000)):
        counts.update(words_of(texts))
    rows = [{"word": word, "document_count": count} for word, count in counts.items()]
    session.execute(insert(SearchWordRow), rows)


def _fill(connection: Connection, quotations: int, chance: Random) -> None:
    cast = Cast(connection, max(20, quotations // _QUOTATIONS_PER_SPEAKER), chance)
    press = Press(cast, chance)
    for _, units in groupby(invented_units(quotations), lambda unit: unit.id.partition(".")[0]):
        press.print_event(list(units))
        if len(press.rows[QuotationRow]) >= _BATCH:
            _write(connection, press)
    _write(connection, press)


def _write(connection: Connection, press: Press) -> None:
    for table, rows in press.rows.items():
        _INSERTS[table].write(connection, [{**_defaults(table), **row} for row in rows])
        rows.clear()
    if press.search:
        connection.execute(_SEARCH, press.search)
        press.search.clear()


@cache
def _defaults(table: Any) -> dict[str, Any]:
    columns = table.__table__.columns
    return {one.name: one.default.arg for one in columns if one.default is not None and one.default.is_scalar}
