"""What search engines are told of: addresses by ranges of keys, so that no piece depends on how many come before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, literal, null, select

from app.store.story_tables import StoryRow
from app.store.tables import DocumentRow, OutletRow, QuoteRow, SpeakerRow

PIECE = 10_000  # keys a piece; a sitemap may hold 50,000 addresses


@dataclass(frozen=True, slots=True)
class Listed:
    """One page: its public id, the words of its address (of quotes), when it was taken in (of documents)."""

    id: str
    text: str
    changed: datetime | None


_KEYS: dict[str, ColumnElement[int]] = {
    "quotes": QuoteRow.id.expression,
    "stories": StoryRow.id.expression,
    "documents": DocumentRow.id.expression,
    "speakers": SpeakerRow.id.expression,
    "outlets": OutletRow.id.expression,
}
_QUERIES: dict[str, Select[*tuple[Any, ...]]] = {
    "quotes": select(QuoteRow.public_id, QuoteRow.text, null()),
    "stories": select(StoryRow.public_id, literal(""), null()),
    "documents": select(DocumentRow.public_id, literal(""), DocumentRow.ingested_at).where(
        DocumentRow.superseded.is_(False)
    ),
    "speakers": select(SpeakerRow.public_id, literal(""), null()).where(SpeakerRow.quotation_count > 0),
    "outlets": select(OutletRow.public_id, literal(""), null()),
}
KINDS = tuple(_KEYS)


def read_pieces(connection: Connection, kind: str) -> Iterator[int]:
    """Numbers of the pieces of a kind that hold any page: one step of the key's index a piece."""
    key, last = _KEYS[kind], 0
    query = _QUERIES[kind].with_only_columns(key).order_by(key).limit(1)
    while (following := connection.scalar(query.where(key > last))) is not None:
        number = (following - 1) // PIECE
        yield number
        last = (number + 1) * PIECE


def read_piece(connection: Connection, kind: str, number: int) -> tuple[Listed, ...]:
    """The pages of a piece."""
    key, first = _KEYS[kind], number * PIECE
    query = _QUERIES[kind].where(key > first, key <= first + PIECE).order_by(key)
    return tuple(Listed(*row) for row in connection.execute(query))
