"""Keyset paging: a list goes on after a row, however many rows come before it."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, DateTime, Row, Select, func, literal, select, tuple_

from app.errors import NotFound
from app.store.read_views import Found

_COUNT_LIMIT = 1000
_FOREIGN = ("The place in the list (after=) is not understood.", "Start from the first page of the list.")

Value = int | datetime | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row shown: its value in the column sorted by, and its key."""

    value: Value
    key: int

    def __str__(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        return urlsafe_b64encode(json.dumps([value, self.key]).encode()).decode().rstrip("=")


def cursor(text: str | None) -> Cursor | None:
    """Read an `after` parameter; raises NotFound where it is not one of ours."""
    if not text:
        return None
    try:
        value, key = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return Cursor(datetime.fromisoformat(value) if isinstance(value, str) else _whole(value), _whole(key) or 0)
    except (ValueError, TypeError) as error:
        raise NotFound(*_FOREIGN) from error


def _whole(value: object) -> int | None:
    if value is None or (isinstance(value, int) and abs(value) < 2**31):
        return value
    raise ValueError(value)


def read_page(
    connection: Connection,
    query: Select[Any],
    column: ColumnElement[Any],
    key: ColumnElement[int],
    after: Cursor | None,
    size: int,
) -> tuple[Sequence[Row[Any]], Cursor | None]:
    """Up to `size` rows of `query` by `column` descending, rows without a value last, and where to go on.

    `query` must select `column` as `sort_value` and `key` as `sort_key`. Raises NotFound for the cursor
    of another list.
    """
    if after and after.value is not None and isinstance(after.value, datetime) != isinstance(column.type, DateTime):
        raise NotFound(*_FOREIGN)
    rows: list[Row[Any]] = []
    if after is None or after.value is not None:
        valued = query.where(column.is_not(None)).order_by(column.desc(), key.desc())
        if after is not None:
            valued = valued.where(tuple_(column, key) < tuple_(literal(after.value, column.type), after.key))
        rows += connection.execute(valued.limit(size + 1))
    if len(rows) <= size and getattr(column, "nullable", True):
        empty = query.where(column.is_(None)).order_by(key.desc())
        if after is not None and after.value is None:
            empty = empty.where(key < after.key)
        rows += connection.execute(empty.limit(size + 1 - len(rows)))
    last = rows[size - 1] if len(rows) > size else None
    return rows[:size], Cursor(last.sort_value, last.sort_key) if last else None


def count_found(connection: Connection, query: Select[Any]) -> Found:
    """Rows of `query`, counted to a thousand and no further."""
    some = (
        query.with_only_columns(literal(1), maintain_column_froms=True)
        .order_by(None)
        .limit(_COUNT_LIMIT + 1)
        .subquery()
    )
    count = connection.scalar(select(func.count()).select_from(some)) or 0
    return Found(min(count, _COUNT_LIMIT), count > _COUNT_LIMIT)
