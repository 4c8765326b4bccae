"""What became of ids that were given up, or that lost a part of what they stood for."""

from typing import Any

from sqlalchemy import Connection, select

from app.store.story_tables import RetiredStoryRow, StoryRow
from app.store.tables import QuoteRow, RetiredQuoteRow


def read_quote_successors(connection: Connection, public_id: str) -> tuple[str, ...] | None:
    """Living quotes that have what this id once stood for, itself left out; () where it was removed, None where
    it never changed."""
    return _living(connection, public_id, RetiredQuoteRow, QuoteRow)


def read_story_successors(connection: Connection, public_id: str) -> tuple[str, ...] | None:
    """Living stories that have documents of this one, itself left out; () where none is left, None where it never
    changed."""
    return _living(connection, public_id, RetiredStoryRow, StoryRow)


def _living(connection: Connection, public_id: str, retired: Any, table: Any) -> tuple[str, ...] | None:
    pending, living, seen, known = [public_id], [], {public_id}, False
    while pending:
        rows = connection.scalars(select(retired.successor).where(retired.public_id.in_(pending))).all()
        known = known or bool(rows)
        fresh = [row for row in dict.fromkeys(rows) if row is not None and row not in seen]
        seen.update(fresh)
        alive = set(connection.scalars(select(table.public_id).where(table.public_id.in_(fresh)))) if fresh else set()
        living += [row for row in fresh if row in alive]
        pending = [row for row in fresh if row not in alive]
    return tuple(living) if known else None
