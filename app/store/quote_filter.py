"""Which quotes a list shows, in which order, and how the database finds them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Integer, ScalarSelect, Select, func, literal_column, select

from app.store.narrowing import Asked, among, of_days, unindexed_key
from app.store.read_paging import count_found
from app.store.read_views import Found
from app.store.search_terms import Sought, parse
from app.store.tables import OutletRow, QuoteOutletRow, QuoteRow, SpeakerRow

Sort = Literal["changed", "carried", "newest"]
_KEY = unindexed_key("quotes")
_SPEAKER = literal_column("+quotes.speaker_id", Integer)  # by no index either
_FARTHEST = 20_000  # rows of a list in which a page must stand for it to be walked
COLUMNS: dict[Sort, ColumnElement[Any]] = {
    "changed": QuoteRow.variant_count.expression,
    "carried": QuoteRow.quotation_count.expression,
    "newest": QuoteRow.first_published_at.expression,
}


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes a list shows; ids are public ids, dates are days of the earliest document."""

    q: str = ""
    speaker: str = ""
    outlet: str = ""
    since: date | None = None
    until: date | None = None
    sort: Sort = "changed"

    @property
    def sought(self) -> Sought:
        """The words and days as a search has them."""
        typed = parse(self.q)
        return replace(typed, since=self.since or typed.since, until=self.until or typed.until)


def narrowed(connection: Connection, query: Select[Any], chosen: QuoteFilter, size: int) -> tuple[Select[Any], Found]:
    """The query with conditions in the form that answers quickly, and how much it finds.

    Few rows are looked up and then sorted, and so are those that stand far apart in the list. Of many, the first come
    soonest by walking down the index that sorts them and asking of each whether it is one of those found.
    """
    looked_up = _looked_up(connection, chosen)
    found = count_found(connection, looked_up)
    if found.more and (_are_in_order(chosen) or _stand_close(connection, looked_up, size)):
        return query.where(*_conditions(chosen)), found
    return query.where(QuoteRow.id.in_(looked_up)), found


def _are_in_order(chosen: QuoteFilter) -> bool:
    """Whether an index has just these quotes, or nearly, in the order of the list."""
    if chosen.outlet and not chosen.speaker:
        return False
    return bool(chosen.speaker) or chosen.sort == "newest" or not (chosen.since or chosen.until)


def _looked_up(connection: Connection, chosen: QuoteFilter) -> Select[Any]:
    """The ids of all that is found, one by one from an index, so that counting can end: of a speaker and an outlet
    from that of whichever has fewer."""
    carried = _carried(chosen)
    if not chosen.outlet or (chosen.speaker and _has_fewer(connection, _said(chosen), carried)):
        return select(QuoteRow.id).where(*_conditions(chosen))
    others = _conditions(replace(chosen, outlet="", speaker=""))
    if chosen.speaker:
        others.append(_speaker(chosen) == _SPEAKER)
    return carried.join(QuoteRow, QuoteOutletRow.quote_id == QuoteRow.id).where(*others) if others else carried


def _has_fewer(connection: Connection, some: Select[Any], others: Select[Any]) -> bool:
    return _count(connection, some, _FARTHEST) < _count(connection, others, _FARTHEST)


def _stand_close(connection: Connection, rows: Select[Any], size: int) -> bool:
    """Whether so many quotes are found that a page of them stands among the first ones of a list."""
    least = size * (connection.scalar(select(func.max(QuoteRow.id))) or 0) // _FARTHEST
    return _count(connection, rows, least) == least


def _count(connection: Connection, rows: Select[Any], most: int) -> int:
    return connection.scalar(select(func.count()).select_from(rows.limit(most).subquery())) or 0


def _conditions(chosen: QuoteFilter) -> list[ColumnElement[bool]]:
    """What `chosen` asks of quotes, its words aside, as it is told of one after the other."""
    conditions: list[ColumnElement[bool]] = []
    if chosen.speaker:
        conditions.append(QuoteRow.speaker_id == _speaker(chosen))
    if chosen.outlet:
        conditions.append(among(_carried(chosen), _KEY).holds)
    return [*conditions, *of_days(QuoteRow.first_published_at, chosen.since, chosen.until)]


def quote_conditions(chosen: QuoteFilter) -> list[ColumnElement[bool]]:
    """What `chosen` asks of quotes, its words aside, where all of them are looked up."""
    carried = [QuoteRow.id.in_(_carried(chosen))] if chosen.outlet else []
    return [*carried, *_conditions(replace(chosen, outlet=""))]


def asked_by_id(chosen: QuoteFilter) -> list[Asked]:
    """The speaker and the outlet that `chosen` asks for, as a search narrows by them."""
    asked = []
    if chosen.speaker:
        asked.append(Asked(_said(chosen), _speaker(chosen) == _SPEAKER))
    return [*asked, among(_carried(chosen), _KEY)] if chosen.outlet else asked


def _speaker(chosen: QuoteFilter) -> ScalarSelect[int]:
    return select(SpeakerRow.id).where(SpeakerRow.public_id == chosen.speaker).scalar_subquery()


def _said(chosen: QuoteFilter) -> Select[Any]:
    return select(QuoteRow.id).where(QuoteRow.speaker_id == _speaker(chosen))


def _carried(chosen: QuoteFilter) -> Select[Any]:
    outlet = select(OutletRow.id).where(OutletRow.public_id == chosen.outlet).scalar_subquery()
    return select(QuoteOutletRow.quote_id).where(QuoteOutletRow.outlet_id == outlet)
