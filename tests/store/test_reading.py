"""What one request after another reads over the same connections."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from app.errors import DatabaseError, NotFound
from app.store.engine import writing
from app.store.prepared import prepared
from app.store.reading import reading, reading_engine
from app.store.tables import OutletRow
from tests.databases import NewDatabase, opened

COUNTED = prepared(lambda: select(func.count().label("n")).select_from(OutletRow))


@pytest.fixture
def address(new_database: NewDatabase) -> str:
    return new_database()


@pytest.fixture
def readers(address: str) -> Iterator[Engine]:
    engine = reading_engine(address, 60)
    yield engine
    engine.dispose()


def outlets(connection: Connection) -> int:
    return connection.execute(text("SELECT count(*) FROM outlets")).scalar_one()


def find_nothing(connection: Connection) -> None:
    raise NotFound(f"There are {outlets(connection)} outlets.", "")


def add_outlet(address: str, name: str) -> None:
    with opened(address) as engine, writing(engine) as session:
        session.add(OutletRow(public_id=name, key=name, name=name, siglum=name))


def test_a_request_reads_what_was_written_since_the_one_before(address: str, readers: Engine) -> None:
    with reading(readers) as connection:
        assert outlets(connection) == 0
    add_outlet(address, "post")
    with reading(readers) as connection:
        assert outlets(connection) == 1


def test_all_that_a_request_reads_is_of_one_moment(address: str, readers: Engine) -> None:
    with reading(readers) as connection:
        assert COUNTED.one(connection, {}).n == 0  # type: ignore[union-attr]
        add_outlet(address, "post")
        assert COUNTED.one(connection, {}).n == 0  # type: ignore[union-attr]
        assert outlets(connection) == 0
    with reading(readers) as connection:
        assert (outlets(connection), COUNTED.one(connection, {}).n) == (1, 1)  # type: ignore[union-attr]


def test_it_does_so_after_a_request_that_ended_in_an_error(address: str, readers: Engine) -> None:
    with pytest.raises(NotFound), reading(readers) as connection:
        find_nothing(connection)
    add_outlet(address, "post")
    with reading(readers) as connection:
        assert outlets(connection) == 1


def test_requests_at_the_same_time_share_no_connection(readers: Engine) -> None:
    with ExitStack() as stack:
        held = [stack.enter_context(reading(readers)) for _ in range(3)]  # one more than threads
        assert len({id(connection.connection.driver_connection) for connection in held}) == 3


def test_no_connection_is_left_open_where_the_engine_is_disposed_of(readers: Engine) -> None:
    with reading(readers) as connection:
        driver = connection.connection.driver_connection
    readers.dispose()
    with pytest.raises(Exception, match=r"closed"):
        driver.execute("SELECT 1")  # type: ignore[union-attr]


@pytest.mark.parametrize("statement", ["DELETE FROM outlets", "CREATE TABLE own (id integer)"])
def test_what_pages_read_over_cannot_write(readers: Engine, statement: str) -> None:
    with pytest.raises((DatabaseError, DBAPIError), match="only"), reading(readers) as connection:
        connection.execute(text(statement))


@pytest.mark.once  # PostgreSQL's connections are the pool's
def test_a_connection_that_begins_nothing_is_closed_and_the_next_request_has_another(readers: Engine) -> None:
    with reading(readers) as connection:
        driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN")
    with pytest.raises(sqlite3.OperationalError, match="within a transaction"), reading(readers):
        pass
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        driver.execute("SELECT 1")
    with reading(readers) as connection:
        assert outlets(connection) == 0
