"""Statements that come with every page or document: put together once, and on SQLite handed to the driver as they are.

SQLite answers most of them in some ten microseconds; what SQLAlchemy does around each takes many times that.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.dialects.sqlite.pysqlite import dialect as sqlite_dialect
from sqlalchemy.exc import DBAPIError

Values = Mapping[str, Any]
_Process = Callable[[Any], Any]


class Prepared:
    """A statement made by `make`, with parameters by name; each list of values stands in an `IN` of its own."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._plans: dict[tuple[int, ...], Plan] = {}
        self._writings: dict[tuple[str, ...], Writing] = {}

    @cached_property
    def statement(self) -> Any:
        """The statement, to be put together further."""
        return self._make()

    def rows(self, connection: Connection, values: Values) -> list[Any]:
        """All rows, whose columns are attributes; none where a list of values is empty.

        Raises DBAPIError as SQLAlchemy does.
        """
        lists = {name: value for name, value in values.items() if isinstance(value, list)}
        if not all(lists.values()):
            return []
        if connection.dialect.name != "sqlite":
            return list(connection.execute(self.statement, dict(values)).all())
        filled = {**values, **{name: _padded(value) for name, value in lists.items()}}
        sizes = tuple(len(filled[name]) for name in lists)
        plan = self._plans.get(sizes)
        if plan is None:
            plan = self._plans[sizes] = _plan(self.statement, filled)
        return plan.rows(connection, filled)

    def one(self, connection: Connection, values: Values) -> Any | None:
        """The only row, or None."""
        rows = self.rows(connection, values)
        return rows[0] if rows else None

    def write(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Do it for each of the rows, which all have the same names, and leave out no column that has a default.

        Raises DBAPIError as SQLAlchemy does.
        """
        if not rows:
            return
        if connection.dialect.name != "sqlite":
            connection.execute(self.statement, [dict(row) for row in rows])
            return
        names = tuple(rows[0])
        writing = self._writings.get(names)
        if writing is None:
            writing = self._writings[names] = _writing(self.statement, names)
        writing.write(connection, rows)


def prepared(make: Callable[[], Any]) -> Prepared:
    """Let a function that makes a statement stand for the statement, made when it is first needed."""
    return Prepared(make)


@dataclass(frozen=True, slots=True)
class Plan:
    """The text of a statement, the values that never change, the names that the members of each list have in it, and
    how columns of the driver become ours."""

    text: str
    constants: Values
    members: Mapping[str, list[str]]
    row: Callable[[Any], Any]
    processes: tuple[tuple[int, _Process], ...]

    def rows(self, connection: Connection, values: Values) -> list[Any]:
        if not connection.in_transaction():
            connection.begin()  # so that all of a page is of one moment
        driver: Any = connection.connection.driver_connection
        try:
            found = driver.execute(self.text, self.given(values)).fetchall()
        except sqlite3.Error as error:
            raise DBAPIError(self.text, None, error) from error
        return [self.row(self._read(row)) for row in found] if self.processes else list(map(self.row, found))

    def given(self, values: Values) -> dict[str, Any]:
        """The values by the names that they have in the text."""
        given = {**self.constants, **values}
        for name, members in self.members.items():
            given.update(zip(members, given.pop(name), strict=True))
        return given

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        read = list(row)
        for place, process in self.processes:
            read[place] = process(read[place])
        return read


@dataclass(frozen=True, slots=True)
class Writing:
    """The text of a statement that changes rows, the values that never change, and how ours become the driver's."""

    text: str
    constants: Values
    processes: Mapping[str, _Process]

    def write(self, connection: Connection, rows: Sequence[Values]) -> None:
        if not connection.in_transaction():
            connection.begin()
        driver: Any = connection.connection.driver_connection
        try:
            driver.executemany(self.text, map(self._given, rows))
        except sqlite3.Error as error:
            raise DBAPIError(self.text, None, error) from error

    def _given(self, row: Values) -> dict[str, Any]:
        given = {**self.constants, **row}
        for name, process in self.processes.items():
            given[name] = process(given[name])
        return given


def _writing(statement: Any, names: tuple[str, ...]) -> Writing:
    dialect: Dialect = sqlite_dialect(paramstyle="named")
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
    made = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
    return Writing(
        text=str(compiled),
        constants={name: value for name, value in compiled.params.items() if name not in names},
        processes={name: process for name, process in made.items() if process and name in names},
    )


def _plan(statement: Any, values: Values) -> Plan:
    dialect: Dialect = sqlite_dialect(paramstyle="named")
    compiled: Any = statement.compile(dialect=dialect)
    state = compiled.construct_expanded_state(dict(values))
    members = {name: list(names) for name, names in state.parameter_expansion.items()}
    changing = {*values, *(name for names in members.values() for name in names)}
    columns = statement.selected_columns
    processes = ((place, _process(column.type, dialect)) for place, column in enumerate(columns))
    return Plan(
        text=state.statement,
        constants={name: value for name, value in state.parameters.items() if name not in changing},
        members=members,
        row=_row(list(columns.keys())),
        processes=tuple((place, process) for place, process in processes if process),
    )


def _row(columns: list[str]) -> Callable[[Any], Any]:
    make: Callable[[Any], Any] = getattr(namedtuple("Row", columns), "_make")  # noqa: B009 - known only here
    return make


def _process(kind: Any, dialect: Dialect) -> _Process | None:
    process: _Process | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return process


def _padded(values: list[Any]) -> list[Any]:
    """The last value repeated, up to a power of two: few sizes of lists, and so few statements, are enough."""
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))
