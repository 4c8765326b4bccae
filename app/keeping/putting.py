"""Putting many rows into a table at once: PostgreSQL takes them as one stream, which costs a fraction of INSERT."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert
from sqlalchemy.exc import DBAPIError

Row = Mapping[str, Any]


def put_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows that have a value for every column of `table`. Raises DBAPIError as SQLAlchemy does."""
    if connection.dialect.name != "postgresql":
        connection.execute(insert(table), rows)
        return
    from psycopg import Error

    try:
        _stream(connection, table, rows)
    except Error as error:
        raise DBAPIError.instance(f"COPY {table.name}", None, error, Error) from error


def _stream(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    from psycopg.types.string import StrDumper

    quote = connection.dialect.identifier_preparer.quote
    processes = [(column.name, _process(column.type, connection.dialect)) for column in table.columns]
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor:
        cursor.adapters.register_dumper(str, StrDumper)  # which refuses NUL; ours would store something else
        columns = ", ".join(quote(name) for name, _ in processes)
        with cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([process(row[name]) if process else row[name] for name, process in processes])


def _process(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes the driver's value of ours."""
    process: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return process
