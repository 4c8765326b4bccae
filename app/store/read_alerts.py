"""Alerts: quotes of which a variant differs in a number, a negation or a name, or for which several are named."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from app.records import Label
from app.store.facts import DISPUTED
from app.store.profile_tables import AlertRow, DisputeRow
from app.store.read_paging import count_found, cursor, read_page
from app.store.read_rows import SPEAKER, label, speaker, when
from app.store.read_views import Found, Speaker, When
from app.store.tables import QuoteRow, SpeakerRow, VariantRow

AlertKind = Literal["number", "negation", "name", "speaker"]
_KINDS: dict[AlertKind, str] = {
    "number": "number differs",
    "negation": "negation differs",
    "name": "name differs",
    "speaker": DISPUTED,
}
_NAMED = 8  # speakers of one quote


@dataclass(frozen=True, slots=True)
class Alert:
    """What differs, in which variant (none where it is who is named), and when that was first seen here."""

    quote: str
    text: str  # wording of the likely original
    speaker: Speaker | None
    variant: str | None
    wording: str | None
    label: Label | None
    speakers: tuple[Speaker, ...]  # several, where they are what differs
    at: When | None


@dataclass(frozen=True, slots=True)
class AlertList:
    """One page of alerts; `after` leads to the next one."""

    found: Found
    alerts: tuple[Alert, ...]
    after: str | None


def read_alerts(connection: Connection, kind: AlertKind | None, after: str | None, size: int) -> AlertList:
    """One page of alerts, newest first. Raises NotFound where `after` is not understood."""
    query = _SELECT if kind is None else _SELECT.where(AlertRow.kind == _KINDS[kind])
    rows, last = read_page(connection, query, AlertRow.at.expression, AlertRow.id.expression, cursor(after), size)
    return AlertList(count_found(connection, query), _alerts(connection, rows), str(last) if last else None)


def read_newest_alerts(connection: Connection, size: int) -> tuple[Alert, ...]:
    """The newest alerts, those of undated documents left out."""
    query = _SELECT.where(AlertRow.at.is_not(None)).order_by(AlertRow.at.desc(), AlertRow.id.desc())
    return _alerts(connection, connection.execute(query.limit(size)).all())


_SELECT = (
    select(
        AlertRow.id.label("sort_key"),
        AlertRow.at.label("sort_value"),
        AlertRow.kind,
        AlertRow.quote_id,
        QuoteRow.public_id,
        QuoteRow.text,
        VariantRow.public_id.label("variant"),
        VariantRow.text.label("wording"),
        VariantRow.labels,
        *SPEAKER,
    )
    .join(QuoteRow, AlertRow.quote_id == QuoteRow.id)
    .outerjoin(VariantRow, AlertRow.variant_id == VariantRow.id)
    .outerjoin(SpeakerRow, QuoteRow.speaker_id == SpeakerRow.id)
)


def _alerts(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Alert, ...]:
    named = _named(connection, sorted({row.quote_id for row in rows if row.kind == DISPUTED}))
    return tuple(_alert(row, named.get(row.quote_id, ())) for row in rows)


def _alert(row: Row[Any], named: tuple[Speaker, ...]) -> Alert:
    labels = [label(stored) for stored in row.labels or () if stored["kind"] == row.kind]
    return Alert(
        quote=row.public_id,
        text=row.text,
        speaker=speaker(row),
        variant=row.variant,
        wording=row.wording,
        label=labels[0] if labels else None,
        speakers=named if row.kind == DISPUTED else (),
        at=when(row.sort_value),
    )


def _named(connection: Connection, quotes: Sequence[int]) -> dict[int, tuple[Speaker, ...]]:
    """Who is named for each of these quotes, the most often named first."""
    if not quotes:
        return {}
    query = select(DisputeRow.quote_id, *SPEAKER).join(SpeakerRow, DisputeRow.speaker_id == SpeakerRow.id)
    found: dict[int, list[Speaker]] = defaultdict(list)
    ranked = query.where(DisputeRow.quote_id.in_(quotes)).order_by(DisputeRow.quotation_count.desc(), SpeakerRow.id)
    for row in connection.execute(ranked):
        found[row.quote_id] += [one] if (one := speaker(row)) else []
    return {quote: tuple(speakers[:_NAMED]) for quote, speakers in found.items()}
