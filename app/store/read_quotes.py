"""Quotes in lists: filtered, sorted, a page at a time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Row, Select, bindparam, select, union_all

from app.store.prepared import Prepared, prepared
from app.store.profile_tables import CarriageRow
from app.store.quote_filter import COLUMNS, QuoteFilter, narrowed
from app.store.read_paging import cursor, read_page
from app.store.read_rows import OUTLET, SPEAKER, label, outlet, speaker, when
from app.store.read_views import Found, Outlet, QuoteLine, Variant
from app.store.search import SEARCH_TABLE, matching
from app.store.tables import OutletRow, QuoteOutletRow, QuoteRow, SpeakerRow, VariantRow

_SIGLA_SHOWN = 8
_MOST_AT_ONCE = 64  # SQLite takes statements of 500 parts
_MOST_WORDS = 40
_MOST_NEAR = 2_000  # matches of any word that are looked through


@dataclass(frozen=True, slots=True)
class QuoteList:
    """One page of quotes; `after` leads to the next one."""

    found: Found
    quotes: tuple[QuoteLine, ...]
    after: str | None


def read_quotes(connection: Connection, chosen: QuoteFilter, after: str | None, size: int) -> QuoteList:
    """One page of the quotes that `chosen` finds, its words aside. Raises NotFound where `after` is not understood."""
    column = COLUMNS[chosen.sort]
    query, found = narrowed(connection, _select_quotes(column), chosen, size)
    rows, last = read_page(connection, query, column, QuoteRow.id.expression, cursor(after), size)
    return QuoteList(found, _lines(connection, rows), str(last) if last else None)


def read_changed(connection: Connection, size: int) -> tuple[QuoteLine, ...]:
    """The quotes with the most variants, those with a single one left out."""
    column = QuoteRow.variant_count
    query = _select_quotes(column.expression).where(column > 1).order_by(column.desc(), QuoteRow.id.desc())
    return _lines(connection, connection.execute(query.limit(size)).all())


def read_most_carried(connection: Connection, speaker: str, size: int) -> tuple[QuoteLine, ...]:
    """The quotes of a speaker (public id) that are carried most."""
    column = QuoteRow.quotation_count
    who = select(SpeakerRow.id).where(SpeakerRow.public_id == speaker).scalar_subquery()
    query = _select_quotes(column.expression).where(QuoteRow.speaker_id == who)
    return _lines(connection, connection.execute(query.order_by(column.desc(), QuoteRow.id.desc()).limit(size)).all())


def read_carried(connection: Connection, outlet: str, size: int) -> tuple[QuoteLine, ...]:
    """The quotes with the most variants among those that an outlet (public id) carries."""
    who = select(OutletRow.id).where(OutletRow.public_id == outlet).scalar_subquery()
    column = CarriageRow.variant_count
    query = _select_quotes(column.expression).join(CarriageRow, CarriageRow.quote_id == QuoteRow.id)
    query = query.where(CarriageRow.outlet_id == who).order_by(column.desc(), CarriageRow.quote_id.desc())
    return _lines(connection, connection.execute(query.limit(size)).all())


def read_near(connection: Connection, words: str, size: int) -> tuple[QuoteLine, ...]:
    """Quotes that share a word with `words`, best first, for a page that was not found."""
    any_of = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", words)[:_MOST_WORDS])
    query = _select_quotes(QuoteRow.quotation_count.expression)
    query = query.where(QuoteRow.id.in_(matching(SEARCH_TABLE, any_of).limit(_MOST_NEAR)))
    query = query.order_by(QuoteRow.quotation_count.desc(), QuoteRow.id.desc())
    return _lines(connection, connection.execute(query.limit(size)).all())


def read_quote(connection: Connection, public_id: str) -> tuple[QuoteLine, tuple[str, ...], bool] | None:
    """A quote, the reasons for its wording, and whether another wording ties with it."""
    row = _select_quote.one(connection, {"quote": public_id})
    if row is None:
        return None
    return _lines(connection, [row])[0], tuple(row.reasons), row.tied


def read_quotes_by_id(connection: Connection, public_ids: Iterable[str]) -> tuple[QuoteLine, ...]:
    """These quotes, the most carried first; ids that are unknown are left out."""
    return _lines(connection, _select_by_id.rows(connection, {"quotes": list(public_ids)}))


def read_quotes_by_key(connection: Connection, keys: Sequence[int]) -> tuple[QuoteLine, ...]:
    """The quotes with these internal ids, in their order."""
    if not keys:
        return ()
    rows = connection.execute(_select_quotes(QuoteRow.id.expression).where(QuoteRow.id.in_(keys))).all()
    return _lines(connection, sorted(rows, key=lambda row: keys.index(row.sort_key)))


def read_variants(connection: Connection, quotes: Sequence[str], most: int) -> dict[str, list[Variant]]:
    """The first `most` variants of each of these quotes (by public id), the likely original first."""
    found: dict[str, list[Variant]] = {quote: [] for quote in quotes}
    for row in _select_variants.rows(connection, {"quotes": list(quotes), "most": most}):
        found[row.quote].append(variant_view(row))
    return found


def read_wordings(connection: Connection, quotes: Sequence[str], most: int) -> dict[str, list[str]]:
    """The texts of the first `most` variants of each of these quotes (by public id), the likely original first."""
    found: dict[str, list[str]] = {quote: [] for quote in quotes}
    for row in _select_wordings.rows(connection, {"quotes": list(quotes), "most": most}):
        found[row.quote].append(row.text)
    return found


def variant_view(row: Row[Any]) -> Variant:
    """The variant in a row that has the columns of its table."""
    return Variant(
        id=row.public_id,
        rank=row.rank,
        text=row.text,
        likely_original=row.likely_original,
        quotation_count=row.quotation_count,
        outlet_count=row.outlet_count,
        independent_count=row.independent_count,
        first_published=when(row.first_published_at),
        labels=tuple(map(label, row.labels)),
    )


@prepared
def _select_quote() -> Select[Any]:
    query = _select_quotes(QuoteRow.id.expression).add_columns(QuoteRow.reasons, QuoteRow.tied)
    return query.where(QuoteRow.public_id == bindparam("quote"))


@prepared
def _select_by_id() -> Select[Any]:
    query = _select_quotes(QuoteRow.id.expression).where(QuoteRow.public_id.in_(bindparam("quotes", expanding=True)))
    return query.order_by(QuoteRow.quotation_count.desc(), QuoteRow.id)


@prepared
def _select_variants() -> Select[Any]:
    return _of_first_variants(VariantRow)


@prepared
def _select_wordings() -> Select[Any]:
    return _of_first_variants(VariantRow.text)


def _of_first_variants(*columns: Any) -> Select[Any]:
    return (
        select(*columns, QuoteRow.public_id.label("quote"))
        .join(QuoteRow, VariantRow.quote_id == QuoteRow.id)
        .where(QuoteRow.public_id.in_(bindparam("quotes", expanding=True)), VariantRow.rank < bindparam("most"))
        .order_by(VariantRow.quote_id, VariantRow.rank)
    )


def _select_quotes(sort: ColumnElement[Any]) -> Select[Any]:
    return select(
        QuoteRow.id.label("sort_key"),
        sort.label("sort_value"),
        QuoteRow.public_id,
        QuoteRow.text,
        QuoteRow.speaker_count,
        QuoteRow.variant_count,
        QuoteRow.quotation_count,
        QuoteRow.document_count,
        QuoteRow.outlet_count,
        QuoteRow.independent_count,
        QuoteRow.first_published_at,
        *SPEAKER,
    ).outerjoin(SpeakerRow, QuoteRow.speaker_id == SpeakerRow.id)


def _lines(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[QuoteLine, ...]:
    outlets = _outlets(connection, [row.sort_key for row in rows])
    return tuple(
        QuoteLine(
            id=row.public_id,
            text=row.text,
            speaker=speaker(row),
            speaker_count=row.speaker_count,
            variant_count=row.variant_count,
            quotation_count=row.quotation_count,
            document_count=row.document_count,
            outlet_count=row.outlet_count,
            independent_count=row.independent_count,
            first_published=when(row.first_published_at),
            outlets=tuple(outlets.get(row.sort_key, ())),
        )
        for row in rows
    )


def _outlets(connection: Connection, quotes: Sequence[int]) -> dict[int, list[Outlet]]:
    """The first few outlets of each of these quotes (internal ids)."""
    found: dict[int, list[Outlet]] = {}
    for start in range(0, len(quotes), _MOST_AT_ONCE):
        some = quotes[start : start + _MOST_AT_ONCE]
        size = 1 << (len(some) - 1).bit_length()  # few sizes, and so few statements, are enough; no quote has the id 0
        asked = {f"quote_{place}": some[place] if place < len(some) else 0 for place in range(size)}
        for row in _first_outlets(size).rows(connection, asked):
            named = outlet(row)
            if named:
                found.setdefault(row.quote_id, []).append(named)
    return found


@cache
def _first_outlets(size: int) -> Prepared:
    """Of so many quotes, each asked on its own: one alone may be carried by hundreds, which are not looked through."""
    return Prepared(lambda: union_all(*(select(_first_of(f"quote_{place}").subquery()) for place in range(size))))


def _first_of(quote: str) -> Select[Any]:
    return (
        select(QuoteOutletRow.quote_id, *OUTLET)
        .join(OutletRow, QuoteOutletRow.outlet_id == OutletRow.id)
        .where(QuoteOutletRow.quote_id == bindparam(quote, type_=Integer))
        .order_by(QuoteOutletRow.outlet_id)
        .limit(_SIGLA_SHOWN)
    )
