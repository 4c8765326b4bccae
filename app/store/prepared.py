"""Statements that come with every page or document: put together once, and handed to the driver as they are.

SQLite answers most of them in some ten microseconds; what SQLAlchemy does around each takes many times that. PostgreSQL
plans one for longer than it looks for the rows, until psycopg has the server keep the plan.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError

Values = Mapping[str, Any]
_Process = Callable[[Any], Any]
_Processes = Mapping[str, _Process]
_STYLES = {"sqlite": "qmark", "postgresql": "numeric_dollar"}  # how parameters stand in a text: by their places
_CURSORS = {"sqlite": "Cursor", "postgresql": "RawCursor"}  # that take them so
_DOUBLE = 701  # what PostgreSQL calls the type of all our columns of fractions


class Prepared:
    """A statement made by `make`, with parameters by name; each list of values stands in an `IN` of its own."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._plans: dict[tuple[object, ...], Plan] = {}
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
        filled = {**values, **{name: _padded(value) for name, value in lists.items()}}
        kind = (connection.dialect.name, *(len(filled[name]) for name in lists))
        plan = self._plans.get(kind)
        if plan is None:
            plan = self._plans[kind] = _plan(self.statement, filled, connection.dialect)
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
        kind = (connection.dialect.name, *rows[0])
        writing = self._writings.get(kind)
        if writing is None:
            writing = self._writings[kind] = _writing(self.statement, list(rows[0]), connection.dialect)
        writing.write(connection, rows)


def prepared(make: Callable[[], Any]) -> Prepared:
    """Let a function that makes a statement stand for the statement, made when it is first needed."""
    return Prepared(make)


@dataclass(frozen=True, slots=True)
class Plan:
    """The text of a statement, the values that never change, the names that the members of each list have, all names in
    their places, and how ours become the driver's, and columns of the driver ours."""

    text: str
    constants: Values
    members: Mapping[str, list[str]]
    names: Sequence[str]
    given_as: _Processes
    row: Callable[[Any], Any]
    processes: tuple[tuple[int, _Process], ...]

    def rows(self, connection: Connection, values: Values) -> list[Any]:
        given = self.given(values)
        found = _done(connection, self.text, lambda cursor: cursor.execute(self.text, given).fetchall())
        return [self.row(self._read(row)) for row in found] if self.processes else list(map(self.row, found))

    def given(self, values: Values) -> tuple[Any, ...]:
        """The values in the places that they have in the text."""
        given = {**self.constants, **values}
        for name, members in self.members.items():
            given.update(zip(members, given.pop(name), strict=True))
        return _in_places(given, self.names, self.given_as)

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        read = list(row)
        for place, process in self.processes:
            read[place] = process(read[place])
        return read


@dataclass(frozen=True, slots=True)
class Writing:
    """The text of a statement that changes rows, the values that never change, all names in their places, and how ours
    become the driver's."""

    text: str
    constants: Values
    names: Sequence[str]
    given_as: _Processes

    def write(self, connection: Connection, rows: Sequence[Values]) -> None:
        given = [self._given(row) for row in rows]
        _done(connection, self.text, lambda cursor: cursor.executemany(self.text, given))

    def _given(self, row: Values) -> tuple[Any, ...]:
        return _in_places({**self.constants, **row}, self.names, self.given_as)


def _in_places(given: dict[str, Any], names: Sequence[str], given_as: _Processes) -> tuple[Any, ...]:
    for name, process in given_as.items():
        given[name] = process(given[name])
    return tuple([given[name] for name in names])


def _done(connection: Connection, text: str, do: _Process) -> Any:
    """What the driver's cursor is made to `do`, in a transaction. Raises DBAPIError as SQLAlchemy does."""
    driver, dialect = connection.connection.driver_connection, connection.dialect
    api: Any = dialect.loaded_dbapi
    try:
        if not (getattr(driver, "in_transaction", False) or connection.in_transaction()):
            connection.begin()
        return do(getattr(api, _CURSORS[dialect.name])(driver))
    except api.Error as error:
        if lost := dialect.is_disconnect(error, connection.connection, None):
            connection.invalidate(error)
        raise DBAPIError.instance(text, None, error, api.Error, connection_invalidated=lost) from error


def _writing(statement: Any, names: list[str], used: Dialect) -> Writing:
    dialect = _by_places(used)
    compiled = statement.compile(dialect=dialect, column_keys=names, for_executemany=True)
    return Writing(
        text=str(compiled),
        constants={name: value for name, value in compiled.params.items() if name not in names},
        names=compiled.positiontup,
        given_as=_given_as(compiled, dialect, compiled.positiontup, {}),
    )


def _plan(statement: Any, values: Values, used: Dialect) -> Plan:
    dialect = _by_places(used)
    compiled = statement.compile(dialect=dialect)
    state = compiled.construct_expanded_state(dict(values))
    members = {name: list(names) for name, names in state.parameter_expansion.items()}
    changing = {*values, *(name for names in members.values() for name in names)}
    columns = statement.selected_columns
    processes = ((place, _process(column.type, dialect)) for place, column in enumerate(columns))
    return Plan(
        text=state.statement,
        constants={name: value for name, value in state.parameters.items() if name not in changing},
        members=members,
        names=state.positiontup,
        given_as=_given_as(compiled, dialect, state.positiontup, members),
        row=_row(list(columns.keys())),
        processes=tuple((place, process) for place, process in processes if process),
    )


def _by_places(used: Any) -> Dialect:
    """The dialect, for statements whose parameters stand in places."""
    dialect: Dialect = type(used)(paramstyle=_STYLES[used.name])
    return dialect


def _given_as(compiled: Any, dialect: Dialect, names: Sequence[str], members: Mapping[str, list[str]]) -> _Processes:
    """How values become the driver's, by their `names` in the text; those of a list have the names of its members."""
    made = ((name, bind.type.dialect_impl(dialect).bind_processor(dialect)) for name, bind in compiled.binds.items())
    every = {one: process for name, process in made if process for one in members.get(name, [name])}
    return {name: process for name, process in every.items() if name in names}  # not those that others replaced


def _row(columns: list[str]) -> Callable[[Any], Any]:
    make: Callable[[Any], Any] = getattr(namedtuple("Row", columns), "_make")  # noqa: B009 - known only here
    return make


def _process(kind: Any, dialect: Dialect) -> _Process | None:
    process: _Process | None = kind.dialect_impl(dialect).result_processor(dialect, _DOUBLE)
    return process


def _padded(values: list[Any]) -> list[Any]:
    """The last value repeated, up to a power of two: few sizes of lists, and so few statements, are enough."""
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))
