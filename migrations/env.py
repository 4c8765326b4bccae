"""Alembic environment: migrates the engine handed over by `store.migrate`, else the configured database."""

from alembic import context
from sqlalchemy import Connection

import app.store.decision_table
import app.store.ledger_tables
import app.store.profile_tables
import app.store.report_tables
import app.store.story_tables
import app.store.words  # noqa: F401 - their tables are among them
from app.store.engine import connect
from app.store.search import is_search_table
from app.store.tables import Table


def include_name(name: str | None, kind: str, parent: object) -> bool:
    """Search tables are made by hand in migrations: leave them out of the comparison."""
    return not (kind == "table" and name is not None and is_search_table(name))


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=True,
        include_name=include_name,
        compare_server_default=True,
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
