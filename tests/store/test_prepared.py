"""Statements that are put together once answer as SQLAlchemy does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Select, bindparam, column, literal_column, select, text, update
from sqlalchemy.exc import DBAPIError

from app.errors import Overrun
from app.recluster import recluster
from app.store.prepared import Prepared, prepared
from app.store.reading import reading, reading_engine
from app.store.search import SEARCH_TABLE, matching
from app.store.tables import QuoteRow
from tests.conftest import take_in


@prepared
def _these() -> Select[Any]:
    columns = (QuoteRow.public_id, QuoteRow.reasons, QuoteRow.tied, QuoteRow.first_published_at)
    these = QuoteRow.public_id.in_(bindparam("ids", expanding=True))
    return select(*columns).where(these, QuoteRow.text != bindparam("other")).order_by(QuoteRow.id)


@pytest.fixture
def corpus(engine: Engine, reports: Path) -> Engine:
    take_in(engine, reports)
    recluster(engine)
    return engine


@pytest.fixture
def ids(corpus: Engine) -> list[str]:
    with corpus.connect() as connection:
        return list(connection.scalars(select(QuoteRow.public_id).order_by(QuoteRow.id)))


def test_rows_are_those_that_sqlalchemy_reads(corpus: Engine, ids: list[str]) -> None:
    with reading(corpus) as connection:
        for count in range(1, len(ids) + 1):  # lists of every size, and the same statement again
            values = {"ids": ids[:count], "other": "none of them"}
            expected = connection.execute(_these.statement, values).all()
            assert [tuple(row) for row in _these.rows(connection, values)] == [tuple(row) for row in expected]
            assert len(expected) == count
        first = _these.one(connection, {"ids": ids[:1], "other": ""})
    assert (first.public_id, type(first.reasons), type(first.tied)) == (ids[0], list, bool)


def test_an_empty_list_finds_nothing(corpus: Engine) -> None:
    with reading(corpus) as connection:
        assert _these.rows(connection, {"ids": [], "other": ""}) == []
        assert _these.one(connection, {"ids": ["unknown"], "other": ""}) is None


def test_all_that_one_connection_reads_is_of_one_moment(corpus: Engine, ids: list[str]) -> None:
    with reading(corpus) as connection:
        _these.rows(connection, {"ids": ids, "other": ""})
        assert connection.in_transaction()


def test_a_value_that_stands_in_the_statement_is_written_as_its_column_has_it(corpus: Engine, ids: list[str]) -> None:
    tie = Prepared(lambda: update(QuoteRow).where(QuoteRow.public_id == bindparam("one")).values(tied=True))
    with corpus.begin() as connection:
        tie.write(connection, [{"one": ids[0]}, {"one": ids[-1]}])
        assert set(connection.scalars(select(QuoteRow.public_id).where(QuoteRow.tied))) >= {ids[0], ids[-1]}


def test_an_error_of_the_database_is_told_as_sqlalchemy_tells_it(corpus: Engine) -> None:
    broken = Prepared(lambda: select(literal_column("nowhere")))
    with pytest.raises(DBAPIError, match="nowhere"), corpus.connect() as connection:
        broken.rows(connection, {})


def test_rows_that_never_end_are_stopped(corpus: Engine) -> None:
    numbers = text("(WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n) AS numbers")
    endless = Prepared(lambda: select(column("x")).select_from(numbers))
    pages = reading_engine(corpus.url.render_as_string(hide_password=False), 0.05)
    with pytest.raises(Overrun), reading(pages) as connection:
        endless.rows(connection, {})
    pages.dispose()


def test_a_statement_stays_prepared_for_the_next_page(corpus: Engine, ids: list[str]) -> None:
    assert _kept_after(corpus, lambda page: _these.rows(page, {"ids": ids[:1], "other": ""}), "quotes.tied") == 1


def test_a_search_is_planned_for_its_words(corpus: Engine) -> None:
    assert _kept_after(corpus, lambda page: page.execute(matching(SEARCH_TABLE, '"talks"')).all(), "to_tsquery") == 0


def _kept_after(corpus: Engine, ask: Callable[[Connection], object], having: str) -> int:
    """How many statements that have this PostgreSQL keeps after some pages asked for it."""
    if corpus.dialect.name != "postgresql":
        pytest.skip("SQLite's driver keeps statements by itself")
    pages = reading_engine(corpus.url.render_as_string(hide_password=False), 10)
    for _ in range(7):
        with reading(pages) as connection:
            ask(connection)
    with reading(pages) as connection:
        kept = connection.exec_driver_sql("SELECT statement FROM pg_prepared_statements").scalars().all()
    pages.dispose()
    return sum(having in statement for statement in kept)
