"""How an outlet's wordings stand to those of others: how often they agree, what they change, what is copied."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, literal, select, union_all
from sqlalchemy.orm import aliased

from app.records import LabelKind
from app.store.profile_tables import OutletChangeRow, OutletCopyRow, OutletProfileRow, OutletVariantRow
from app.store.read_paging import cursor, read_page
from app.store.read_rows import label, when
from app.store.read_views import Outlet, Variant
from app.store.tables import OutletRow, QuoteRow, VariantRow


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of an outlet's quotations: those altered, those that an independent other carries too, those that agree there."""

    quotation_count: int = 0
    altered: int = 0
    comparable: int = 0
    agreeing: int = 0


@dataclass(frozen=True, slots=True)
class ChangeCount:
    """How many of the wordings that an outlet carries have a label."""

    kind: LabelKind
    count: int


@dataclass(frozen=True, slots=True)
class CopyCount:
    """How many documents of one outlet are copies of another's."""

    outlet: Outlet
    count: int


@dataclass(frozen=True, slots=True)
class Copies:
    """From which outlets an outlet copies, and which copy it, the most often first."""

    copies: tuple[CopyCount, ...]
    copied_by: tuple[CopyCount, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A wording that an outlet carries, beside the likely original."""

    text: str
    variant: Variant  # with this label alone


def read_agreement(connection: Connection, public_id: str) -> Agreement:
    """How an outlet's quotations stand to those of others."""
    row = OutletProfileRow
    query = select(row.quotation_count, row.altered, row.comparable, row.agreeing)
    found = connection.execute(query.where(row.outlet_id == _key(public_id))).one_or_none()
    return Agreement(*found) if found else Agreement()


def read_changes(connection: Connection, public_id: str) -> tuple[ChangeCount, ...]:
    """What the wordings that an outlet carries change against the likely originals, most frequent first."""
    query = select(OutletChangeRow.kind, OutletChangeRow.count.label("n"))
    query = query.where(OutletChangeRow.outlet_id == _key(public_id))
    rows: Any = connection.execute(query.order_by(OutletChangeRow.count.desc(), OutletChangeRow.kind)).all()
    return tuple(ChangeCount(row.kind, row.n) for row in rows)


def read_copy_counts(connection: Connection, public_id: str, most: int) -> Copies:
    """Who copies whom, as far as this outlet is concerned."""
    row, here, there = OutletCopyRow, _key(public_id), aliased(OutletRow)
    own = select(row.from_id.label("other"), row.count.label("n"), literal(1).label("ours"))
    theirs = select(row.outlet_id, row.count, literal(0))
    pairs = union_all(own.where(row.outlet_id == here), theirs.where(row.from_id == here)).subquery()
    query = select(there.public_id, there.name, there.siglum, pairs.c.n, pairs.c.ours)
    query = query.join(there, pairs.c.other == there.id).order_by(pairs.c.n.desc(), there.name)
    copies: tuple[list[CopyCount], list[CopyCount]] = ([], [])
    for public, name, siglum, count, ours in connection.execute(query.limit(2 * most)):
        copies[0 if ours else 1].append(CopyCount(Outlet(public, name, siglum), count))
    return Copies(tuple(copies[0][:most]), tuple(copies[1][:most]))


def read_examples(
    connection: Connection, public_id: str, kind: LabelKind, after: str | None, size: int
) -> tuple[tuple[Example, ...], str | None]:
    """One page of the wordings under one label that an outlet carries. Raises NotFound for a bad `after`."""
    key = OutletVariantRow.variant_id.expression
    query = (
        select(key.label("sort_key"), key.label("sort_value"), VariantRow)
        .add_columns(QuoteRow.text.label("original"))
        .join(VariantRow, OutletVariantRow.variant_id == VariantRow.id)
        .join(QuoteRow, OutletVariantRow.quote_id == QuoteRow.id)
        .where(OutletVariantRow.outlet_id == _key(public_id), OutletVariantRow.kind == kind)
    )
    rows, last = read_page(connection, query, key, key, cursor(after), size)
    return tuple(_example(row, kind) for row in rows), str(last) if last else None


def _example(row: Row[Any], kind: LabelKind) -> Example:
    variant = Variant(
        id=row.public_id,
        rank=row.rank,
        text=row.text,
        likely_original=row.likely_original,
        quotation_count=row.quotation_count,
        outlet_count=row.outlet_count,
        independent_count=row.independent_count,
        first_published=when(row.first_published_at),
        labels=tuple(label(stored) for stored in row.labels if stored["kind"] == kind),
    )
    return Example(row.original, variant)


def _key(public_id: str) -> ScalarSelect[int]:
    return select(OutletRow.id).where(OutletRow.public_id == public_id).scalar_subquery()
