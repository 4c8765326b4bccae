"""Alembic environment: migrates the engine handed over by `store.migrate`, else the configured database."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, String, Text
from sqlalchemy.ext.compiler import compiles

import app.store.decision_table
import app.store.ledger_tables
import app.store.profile_tables
import app.store.report_tables
import app.store.stale_table
import app.store.story_tables
import app.store.version_table
import app.store.words  # noqa: F401 - their tables are among them
from app.store.engine import connect
from app.store.search import is_search_table
from app.store.tables import Table


def include_name(name: str | None, kind: str, parent: object) -> bool:
    """Search tables and their indexes are made by hand in migrations: leave them out of the comparison."""
    return not (kind in ("table", "index") and name is not None and is_search_table(name))


@compiles(String, "postgresql")
@compiles(Text, "postgresql")
def text_column(kind: String, compiler: Any, **given: Any) -> str:
    """Columns of text are as in SQLite: sorted by code points whatever the server's locale, and of any length."""
    if "type_expression" in given:
        return 'TEXT COLLATE "C"'
    return str(getattr(compiler, f"visit_{kind.__visit_name__}")(kind, **given))


def differs(_context: Any, _found: Any, _column: Any, found: Any, meant: Any) -> bool | None:
    """Columns of text differ in nothing (see above); others as Alembic says."""
    return False if isinstance(found, String) and isinstance(meant, String) else None


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=True,
        include_name=include_name,
        compare_server_default=True,
        compare_type=differs if connection.dialect.name == "postgresql" else True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    engine = connect()
    with engine.connect() as connection:
        migrate(connection)
    engine.dispose()
