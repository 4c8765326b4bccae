"""How pages read: over connections that can't write, and no longer than a request may take."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import Error as SQLiteError
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from app.errors import Overrun
from app.store import postgresql
from app.store.engine import connect, database_errors

_STEPS = 20_000  # of SQLite's machine between two looks at the clock: less than a millisecond or two
_KIBIBYTES = 4_000  # of pages that one connection keeps; all share what the system keeps of the file
_MAPPED = 4_000_000_000  # bytes of the file that are read without copying
# Pages look rows up by keys. PostgreSQL would sooner join whole tables for what stands among a set of keys as well: it
# counts making the set once for each row that it would look up.
_LOOKING_UP = ("enable_hashjoin = off", "enable_mergejoin = off", "max_parallel_workers_per_gather = 0")
_STOPPED = ("interrupted", "statement timeout")
_DEADLINE = "deadline"
_RESTING = "resting"  # option of an engine: its open connections that no request uses


class _Deadline:
    """The moment at which SQLite gives up what a connection is at."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._ends = seconds, inf

    def start(self) -> None:
        self._ends = monotonic() + self._seconds

    def stop(self) -> None:
        self._ends = inf

    def is_over(self) -> bool:
        return monotonic() > self._ends


@dataclass(frozen=True, slots=True)
class _Open:
    """An open connection, the driver's beneath it, and what stops it."""

    connection: Connection
    driver: SQLiteConnection
    deadline: _Deadline

    @classmethod
    def anew(cls, engine: Engine) -> "_Open":
        connection = engine.connect()
        driver: Any = connection.connection.driver_connection
        return cls(connection, driver, connection.info[_DEADLINE])

    def end(self) -> None:
        """End the transaction, and the one that SQLAlchemy knows of where a statement went through it."""
        if self.connection.in_transaction():
            self.connection.rollback()
        else:
            self.driver.rollback()

    def close(self) -> None:
        """Give it up: it can't be read over."""
        self.connection.invalidate()
        self.connection.close()


def reading_engine(url: str | None, seconds: float) -> Engine:
    """Engine for pages: its connections refuse to write; what takes longer than `seconds` is stopped (SQLite: all of
    a request together, in `reading`; PostgreSQL: each statement). As many are kept open as threads ever read at once.

    Raises DatabaseError as `connect` does.
    """
    # Errors are logged, and readers' words are not. Nobody ever waits for a connection while others wait for a thread.
    # The connection used last comes first: it still holds what most pages read.
    engine = connect(url, hide_parameters=True, pool_size=0, pool_use_lifo=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, record: _prepare_sqlite(raw, record, seconds))
        event.listen(engine, "engine_disposed", _close_resting)
        engine.update_execution_options(**{_RESTING: []})
    else:
        event.listen(engine, "connect", lambda raw, record: _prepare_server(raw, record, seconds))
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for one request. Raises DatabaseError, and Overrun where reading takes too long."""
    lend = _lent if _RESTING in engine.get_execution_options() else _of_pool
    with _overruns(), database_errors(engine), lend(engine) as connection:
        yield connection


@contextmanager
def _of_pool(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection
        connection.commit()  # psycopg gives up all statements that it prepared where it rolls back


@contextmanager
def _lent(engine: Engine) -> Iterator[Connection]:
    """One of the engine's resting connections, the last used first, or a new one, which goes to rest instead of back to
    the pool: what the pool does around each request takes longer than most of what a page reads."""
    resting: list[_Open] = engine.get_execution_options()[_RESTING]
    try:
        one = resting.pop()
    except IndexError:
        one = _Open.anew(engine)
    one.deadline.start()
    try:
        one.driver.execute("BEGIN")  # so that all of a page is of one moment
    except SQLiteError:
        one.close()
        raise
    try:
        yield one.connection
    finally:
        one.deadline.stop()
        if not one.connection.invalidated:
            one.end()
            resting.append(one)


def _close_resting(engine: Engine) -> None:
    resting: list[_Open] = engine.get_execution_options()[_RESTING]
    while resting:
        connection = resting.pop().connection
        connection.detach()  # from a pool that is no more
        connection.close()


@contextmanager
def _overruns() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if any(sign in str(error.orig) for sign in _STOPPED):
            raise Overrun(
                "Reading this took too long, and was stopped.", "Ask for less: rarer words, or a shorter span of time."
            ) from error
        raise


def _prepare_sqlite(raw: SQLiteConnection, record: Any, seconds: float) -> None:
    raw.execute("PRAGMA query_only = ON")
    raw.execute(f"PRAGMA cache_size = -{_KIBIBYTES}")
    raw.execute(f"PRAGMA mmap_size = {_MAPPED}")
    deadline = record.info[_DEADLINE] = _Deadline(seconds)
    raw.set_progress_handler(deadline.is_over, _STEPS)


def _prepare_server(raw: Any, _record: Any, seconds: float) -> None:
    postgresql.plan_searches(raw)
    with raw.cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
        for setting in (f"statement_timeout = {round(seconds * 1000)}", *_LOOKING_UP):
            cursor.execute(f"SET {setting}")
    raw.commit()
