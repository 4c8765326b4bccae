"""What much of a corpus matches: found by walking down the list, a stretch at a time, and asking which rows match.

However many rows there are, the first ones of a list are found among its first ones; all matches are never gathered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select

from app.store import narrowing
from app.store.narrowing import Asked, Narrowed, by_no_index, narrow
from app.store.read_paging import Cursor, cursor, read_page
from app.store.read_views import Found

_LOOKED_AT = 1_500  # of the matches with the lowest keys, to learn how many there are
_READS = (16, 64, 256, 1_024)  # rows of the list that are read, and then the next ones
_FARTHEST = 2 * sum(_READS)  # rows in which a page of them must be
_STRETCH = 64  # of them that are asked about at once
_DEARER = 20  # times: asking whether a row has the words, against looking up one that has them
_TOLD = 50  # that are counted, of more, where something else is asked too


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of rows that are `always` such, by `value` descending; `key` is that of the rows."""

    key: Any
    value: ColumnElement[Any]
    always: Sequence[ColumnElement[bool]] = ()


@dataclass(frozen=True, slots=True)
class Walked:
    """One page of what was found: keys of rows, and the last of them where more follow."""

    found: Found
    keys: list[int]
    last: Cursor | None


def walk(
    connection: Connection, listing: Listing, asked: Sequence[Asked], after: str | None, size: int, most: int
) -> Walked | None:
    """A page of the rows that have all that is asked, of which up to `most` are told.

    None where gathering all of them is cheaper, where no more than `most` rows are sure to have the words asked, or
    where these rows stand too far apart in the list. Raises NotFound where `after` is not understood.
    """
    words = next((one for one in asked if one.whole), None)
    if words is None or not _is_worth_it(connection, listing, words, size, most):
        return None
    others = [one for one in asked if one is not words]
    narrowed = narrow(connection, listing.key, others) if others else Narrowed([], looked_up=False, is_cut=False)
    if narrowed is None:
        return Walked(Found(0, False), [], None)
    way = _way(connection, listing, narrowed, words)
    top = way.down(None, max(size, _TOLD) + 1) if others else None
    page = top if others and not after else way.down(cursor(after), size + 1)
    if page is None or (others and top is None):
        return None
    found = _found(*top, most, narrowing.MOST if narrowed.is_cut else None) if top else Found(most, True)
    rows, shown = page[0], page[0][:size]
    return Walked(found, [one.key for one in shown], shown[-1] if len(rows) > size else None)


@dataclass(frozen=True, slots=True)
class _Way:
    """Down a list in so many `reads`, past rows of which some have the `words`."""

    connection: Connection
    listed: Select[Any]
    value: ColumnElement[Any]
    key: Any
    words: Select[Any]
    reads: Sequence[int]

    def down(self, last: Cursor | None, least: int) -> tuple[list[Cursor], bool] | None:
        """The rows after `last` that have the words: `least` or somewhat more, or all of them (then True)."""
        found = list[Cursor]()
        for size in self.reads:
            rows, last = read_page(self.connection, self.listed, self.value, self.key, last, size)
            for start in range(0, len(rows), _STRETCH):
                found += self._with_words(rows[start : start + _STRETCH])
                if len(found) >= least:
                    return found, False
            if last is None:
                return found, True
        return None

    def _with_words(self, rows: Sequence[Row[Any]]) -> list[Cursor]:
        key = self.words.selected_columns[0]
        found = set(self.connection.scalars(self.words.where(key.in_([row.sort_key for row in rows]))))
        return [Cursor(row.sort_value, row.sort_key) for row in rows if row.sort_key in found]


def _way(connection: Connection, listing: Listing, narrowed: Narrowed, words: Asked) -> _Way:
    """The way past the rows that have all else; those that are looked up are sorted once for all reads."""
    value, always = listing.value, listing.always
    reads: Sequence[int] = _READS
    if narrowed.looked_up:
        value, always, reads = by_no_index(value), [*map(by_no_index, always)], [sum(_READS)]
    listed = select(value.label("sort_value"), listing.key.label("sort_key")).where(*narrowed.conditions, *always)
    return _Way(connection, listed, value, listing.key, words.keys, reads)


def _found(rows: Sequence[Cursor], all_there: bool, most: int, cut: int | None) -> Found:
    """How many rows there are, as the first ones of the list tell."""
    return Found(min(len(rows), most), len(rows) > most, cut) if all_there else Found(_TOLD, True, cut)


def _is_worth_it(connection: Connection, listing: Listing, words: Asked, size: int, most: int) -> bool:
    """Whether so many rows have the words, as far as the lowest keys tell, that a page is sooner found by walking."""
    first = _lowest(words, size).subquery()
    counted = select(func.count(), func.max(first.c[0]))
    if listing.always:  # looked up row by row: PostgreSQL would sooner read through all of the list
        such = select(and_(*listing.always)).where(listing.key == first.c[0])
        counted = counted.where(such.scalar_subquery())
    count, last = connection.execute(counted).one()
    if count <= most:
        return False
    share = count / last
    there = share * connection.scalars(select(func.max(listing.key))).one()
    walked = size / share  # or fewer: the first ones of a list of quotes have many wordings, and so more words
    return bool(walked <= _FARTHEST and walked * _DEARER <= there)


def _lowest(words: Asked, size: int) -> Select[Any]:
    """The lowest keys of those with the words; among keys further on they would stand too far apart."""
    key = words.keys.selected_columns[0]
    return words.keys.where(key <= _LOOKED_AT * _FARTHEST // size).order_by(key).limit(_LOOKED_AT)
