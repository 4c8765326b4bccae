"""Outlets, and the counts of the whole corpus."""

from typing import Any

from sqlalchemy import Connection, Integer, Row, Select, bindparam, select

from app.store.prepared import prepared
from app.store.profile_tables import CorpusCountsRow
from app.store.read_paging import cursor, read_page
from app.store.read_rows import OUTLET, outlet
from app.store.read_views import Counts, Outlet, OutletLine
from app.store.tables import OutletRow

_LARGEST = prepared(
    lambda: (
        select(*OUTLET).order_by(OutletRow.document_count.desc(), OutletRow.id).limit(bindparam("most", type_=Integer))
    )
)
_ONE = prepared(lambda: select(*OUTLET).where(OutletRow.public_id == bindparam("outlet")))


def read_outlets(connection: Connection, after: str | None, size: int) -> tuple[tuple[OutletLine, ...], str | None]:
    """One page of outlets, those with the most documents first. Raises NotFound for a bad `after`."""
    column = OutletRow.document_count.expression
    query = _select().add_columns(OutletRow.id.label("sort_key"), column.label("sort_value"))
    rows, last = read_page(connection, query, column, OutletRow.id.expression, cursor(after), size)
    return tuple(_line(row) for row in rows), str(last) if last else None


def read_outlet(connection: Connection, public_id: str) -> OutletLine | None:
    """An outlet with counts."""
    row = connection.execute(_select().where(OutletRow.public_id == public_id)).one_or_none()
    return _line(row) if row else None


def read_outlet_options(connection: Connection, chosen: str, most: int) -> tuple[Outlet, ...]:
    """The largest outlets by name, for a filter to offer, the chosen one always among them."""
    rows = _LARGEST.rows(connection, {"most": most})
    own = _ONE.rows(connection, {"outlet": chosen}) if chosen else []
    named = {found.id: found for row in (*rows, *own) if (found := outlet(row))}
    return tuple(sorted(named.values(), key=lambda found: found.name.casefold()))


def read_counts(connection: Connection) -> Counts:
    """What the corpus holds, as it was last counted; old versions of documents are left out."""
    row = CorpusCountsRow
    query = select(row.documents, row.outlets, row.quotations, row.quotes, row.speakers)
    found = connection.execute(query).one_or_none()
    return Counts(*found) if found else Counts(0, 0, 0, 0, 0)


def _select() -> Select[Any]:
    return select(*OUTLET, OutletRow.document_count, OutletRow.copy_count, OutletRow.quotation_count)


def _line(row: Row[Any]) -> OutletLine:
    return OutletLine(
        outlet=Outlet(row.outlet_public_id, row.outlet_name, row.siglum),
        document_count=row.document_count,
        copy_count=row.copy_count,
        quotation_count=row.quotation_count,
    )
