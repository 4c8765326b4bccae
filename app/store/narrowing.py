"""Rows of which several things are asked at once: looked up from whichever of these the fewest rows have.

Where many rows have each of them, most rows have all, and the first ones are soonest found by walking down the index
that sorts the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, func, literal_column, null, select

MOST = 250_000  # rows that are looked through for one thing asked: a list says where there are more
_MANY = 20_000  # rows from which a list is walked down


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked of rows: the keys of those that have it (by an index), and the same as a condition (by none).

    A condition that looks through keys is cut at a number of them. Where the keys are found by `whole` words, it is
    quickly told of any row whether it is among them. Keys that stand `elsewhere` are those of another table.
    """

    keys: Select[Any]
    holds: ColumnElement[bool]
    cut: int | None = None
    whole: bool = False
    elsewhere: bool = False


def of_days(at: Any, since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """Being of the days from `since` to `until`, both of them included; either may be open."""
    first = [at >= datetime.combine(since, time.min)] if since else []
    return [*first, at <= datetime.combine(until, time.max)] if until else first


def unindexed_key(table: str) -> ColumnElement[int]:
    """The key of a table's rows, written so that no index is used for it (sqlite.org/optoverview.html, unary plus)."""
    return literal_column(f"+{table}.id", Integer)


def one_of(keys: Select[Any], key: ColumnElement[int], whole: bool = False) -> Asked:
    """Being one of `keys`; `key` is that of the rows, written so that no index is used."""
    return Asked(keys, key.in_(keys.limit(MOST)), MOST, whole, elsewhere=True)


def among(keys: Select[Any], key: ColumnElement[int]) -> Asked:
    """Being one of `keys`, of which an index tells whether a row is among them: however many they are, they are never
    gathered. `key` is that of the rows, written so that no index is used."""
    return Asked(keys, keys.where(keys.selected_columns[0] == key).exists(), elsewhere=True)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Conditions that find the rows that have all that is asked: by their keys, where they are `looked_up`, which no
    other index may come before; `is_cut` where more have it than are looked through."""

    conditions: list[ColumnElement[bool]]
    looked_up: bool
    is_cut: bool


def by_no_index(value: Any) -> Any:
    """A column or condition that says the same, and that no index answers or sorts."""
    return func.coalesce(value, null())


def narrow(connection: Connection, key: ColumnElement[int], asked: Sequence[Asked]) -> Narrowed | None:
    """How to find the rows that have all that is asked; None where no row has one of these."""
    counts = [_count(connection, one) for one in asked]
    fewest = min(counts)
    if not fewest:
        return None
    first = asked[counts.index(fewest)] if fewest <= _MANY else None
    rest = [(one, count) for one, count in zip(asked, counts, strict=True) if one is not first]
    is_cut = any(one.cut is not None and count > one.cut for one, count in rest)
    if first is None:
        return Narrowed([one.holds for one, _ in rest], False, is_cut)
    return Narrowed([key.in_(first.keys), *(by_no_index(one.holds) for one, _ in rest)], True, is_cut)


def _count(connection: Connection, one: Asked) -> int:
    """How many rows have it, counted as far as it matters."""
    counted = one.keys.limit((one.cut or _MANY) + 1).subquery()
    return connection.scalar(select(func.count()).select_from(counted)) or 0
