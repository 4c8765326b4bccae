"""Rows that are inserted, or changed where they are there: each database has its own statement for that."""

from sqlalchemy.dialects import sqlite

from app.store.tables import Table


def insert_into(table: type[Table], dialect: str) -> sqlite.Insert:
    """An insert that knows `on_conflict_do_update`, which both databases write alike."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # takes long to load, with all its drivers

    return postgresql.insert(table)  # type: ignore[return-value]
