"""What became of ids that were given up, or that lost a part of what they stood for."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select

from app.store.prepared import Prepared
from app.store.story_tables import RetiredStoryRow, StoryRow
from app.store.tables import QuoteRow, RetiredQuoteRow


def read_quote_successors(connection: Connection, public_id: str) -> tuple[str, ...] | None:
    """Living quotes that have what this id once stood for, itself left out; () where it was removed, None where
    it never changed."""
    return _living(connection, public_id, _quotes())


def read_story_successors(connection: Connection, public_id: str) -> tuple[str, ...] | None:
    """Living stories that have documents of this one, itself left out; () where none is left, None where it never
    changed."""
    return _living(connection, public_id, _stories())


class _Table:
    """What is asked of the retired ids of one table, and of those that live."""

    def __init__(self, retired: Any, living: Any) -> None:
        ids: Any = bindparam("ids", expanding=True)
        self.successors = Prepared(lambda: select(retired.successor).where(retired.public_id.in_(ids)))
        self.alive = Prepared(lambda: select(living.public_id).where(living.public_id.in_(ids)))


@cache
def _quotes() -> _Table:
    return _Table(RetiredQuoteRow, QuoteRow)


@cache
def _stories() -> _Table:
    return _Table(RetiredStoryRow, StoryRow)


def _living(connection: Connection, public_id: str, table: _Table) -> tuple[str, ...] | None:
    pending, living, seen, known = [public_id], [], {public_id}, False
    while pending:
        rows = [row.successor for row in table.successors.rows(connection, {"ids": pending})]
        known = known or bool(rows)
        fresh = [row for row in dict.fromkeys(rows) if row is not None and row not in seen]
        seen.update(fresh)
        alive = {row.public_id for row in table.alive.rows(connection, {"ids": fresh})}
        living += [row for row in fresh if row in alive]
        pending = [row for row in fresh if row not in alive]
    return tuple(living) if known else None
