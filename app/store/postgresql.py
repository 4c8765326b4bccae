"""PostgreSQL as the store: how it is opened, how its writers take turns, and what its errors mean."""

from typing import Any

from sqlalchemy import URL, Engine, create_engine, event

from app.errors import DatabaseError

_WRITER = 7_306_145  # the lock that a writer holds: any number, the same in every process
_SEARCH = "to_tsquery("
_POOL = 15  # connections that one process keeps open
_REACH = "Check that the server runs, and host, port and certificates (sslmode, sslrootcert) in VARIORUM_DATABASE_URL."
_GRANT = "Let its owner grant the right, or give a user who has it in VARIORUM_DATABASE_URL."
_LATER = "Wait a little and run the same command again."
_LOG = "Look into the server's log, and run the same command again."
_SLOTS = "Close some connections, or raise max_connections of the server."

# What PostgreSQL says (a pattern), what it means, what to do; {reason} is what the driver gives as one.
CAUSES = (
    ("pg_trgm", "lacks the extension pg_trgm", "Let a superuser run CREATE EXTENSION pg_trgm in it, then try again."),
    ("encoding is UTF8", "is not in UTF-8", "Make another: createdb --encoding UTF8 --template template0 NAME."),
    ("password authentication failed", "refuses this user or password", "Check both in VARIORUM_DATABASE_URL."),
    ("no password supplied", "asks for a password", "Give it in VARIORUM_DATABASE_URL, PGPASSWORD or ~/.pgpass."),
    ("pg_hba.conf", "does not let this user in from here", "Check user and host in VARIORUM_DATABASE_URL."),
    ('role ".*" does not exist', "does not know this user", "Check the user in VARIORUM_DATABASE_URL."),
    ('database ".*" does not exist', "does not exist", "Make it with createdb, or check VARIORUM_DATABASE_URL."),
    ("lock timeout", "is locked by another process", "Wait until it has finished, or raise VARIORUM_BUSY_SECONDS."),
    ("read-only transaction", "is read-only", "Give the address of a server that takes writes."),
    ("permission denied|must be owner", "does not allow this", _GRANT),
    ("No space left", "can't grow: the disk is full", "Free some space and run the same command again."),
    ("too many clients|connection slots are reserved", "has no connection left", _SLOTS),
    ("starting up|shutting down", "is starting or stopping", _LATER),
    ("terminating connection|server closed|connection is lost|connection is closed", "broke off", _LOG),
    ("connection failed|connection is bad|connection timeout|failed to resolve", "can't be reached ({reason})", _REACH),
)


def connect(address: URL, busy_seconds: float, **options: Any) -> Engine:
    """Engine for an address of PostgreSQL, with SQLAlchemy's `options`; waiting for a lock for more than `busy_seconds`
    is an error.

    Raises DatabaseError for addresses of anything else, and where psycopg is not installed.
    """
    if address.get_backend_name() != "postgresql":
        raise DatabaseError(
            f"Variorum keeps nothing in {address.get_backend_name()}.",
            "Give an address that begins with sqlite:/// or postgresql+psycopg:// in VARIORUM_DATABASE_URL.",
        )
    wait = f"-c lock_timeout={round(busy_seconds * 1000)}"
    given = {"application_name": "variorum", "options": wait, "connect_timeout": 10}
    try:
        engine = create_engine(
            address,
            connect_args={key: value for key, value in given.items() if key not in address.query},
            isolation_level="REPEATABLE READ",  # as in SQLite: what one transaction reads is of one moment
            pool_pre_ping=True,  # the server may have been started anew meanwhile
            **{"pool_size": _POOL, **options},
        )
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"PostgreSQL needs the package {error.name}, which is not installed.",
            'Run pip install "psycopg[binary]>=3.2", and begin the address with postgresql+psycopg://.',
        ) from error
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _lock_writers)
    return engine


def plan_searches(connection: Any) -> None:
    """Have psycopg's connection plan each search for its words: what half of a corpus has is sought in another way than
    what is rare. Of all else that is asked again and again, the server keeps the plan."""
    from psycopg import Cursor

    class Planning(Cursor[Any]):
        def execute(self, query: Any, *given: Any, **options: Any) -> Any:
            return super().execute(query, *given, **options, **({"prepare": False} if _SEARCH in query else {}))

    connection.cursor_factory = Planning
    connection.prepare_threshold = 1  # whatever is asked a second time: the server itself plans it five times more


def _set_up(connection: Any, _record: Any) -> None:
    from psycopg.types.numeric import Int8Dumper
    from psycopg.types.string import StrDumperUnknown

    class WithoutNul(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\ufffd"))

    # NUL may be asked for in an address, but can't be in a text: PostgreSQL knows no such character.
    connection.adapters.register_dumper(str, WithoutNul)
    # Of one type, however large they are: else a statement is prepared anew for each mixture.
    connection.adapters.register_dumper(int, Int8Dumper)


def _lock_writers(connection: Any) -> None:
    # One at a time, as SQLite's BEGIN IMMEDIATE has it: what a writer read can't change under it.
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")
