"""Speakers: lists, one with the forms under which documents name them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Integer, Row, Select, bindparam, select
from sqlalchemy.orm import aliased

from app.store.prepared import prepared
from app.store.read_paging import cursor, read_page
from app.store.read_rows import SPEAKER, speaker
from app.store.read_views import Alias, DocumentRef, Speaker, SpeakerLine
from app.store.tables import AliasRow, DocumentRow, SpeakerRow

_MOST_QUOTED = prepared(
    lambda: (
        select(*SPEAKER)
        .where(SpeakerRow.quotation_count > 0)
        .order_by(SpeakerRow.quotation_count.desc(), SpeakerRow.id.desc())
        .limit(bindparam("most", type_=Integer))
    )
)
_ONE = prepared(lambda: select(*SPEAKER).where(SpeakerRow.public_id == bindparam("speaker")))
_ALIAS: tuple[Any, ...] = (
    AliasRow.alias,
    AliasRow.evidence,
    SpeakerRow.name,
    DocumentRow.public_id,
    DocumentRow.title,
    DocumentRow.name.label("document_name"),
)


def read_speakers(connection: Connection, after: str | None, size: int) -> tuple[tuple[SpeakerLine, ...], str | None]:
    """One page of speakers, the most quoted first. Raises NotFound where `after` is not understood."""
    column = SpeakerRow.quotation_count.expression
    query = _select().add_columns(SpeakerRow.id.label("sort_key"), column.label("sort_value"))
    rows, last = read_page(connection, query.where(column > 0), column, SpeakerRow.id.expression, cursor(after), size)
    return tuple(_line(row) for row in rows), str(last) if last else None


def read_speaker(connection: Connection, public_id: str) -> SpeakerLine | None:
    """A speaker with counts."""
    row = connection.execute(_select().where(SpeakerRow.public_id == public_id)).one_or_none()
    return _line(row) if row else None


def read_speakers_by_key(connection: Connection, keys: Sequence[int]) -> tuple[SpeakerLine, ...]:
    """The speakers with these internal ids, in their order."""
    rows = connection.execute(_select().add_columns(SpeakerRow.id).where(SpeakerRow.id.in_(keys))) if keys else ()
    found = {row.id: _line(row) for row in rows}
    return tuple(found[key] for key in keys if key in found)


def read_successor(connection: Connection, public_id: str) -> str | None:
    """Who has the namings of a speaker that lost all of them; None where it has some, or never was."""
    heir, seen = public_id, set[str]()
    while heir not in seen:
        seen.add(heir)
        successor = aliased(SpeakerRow)
        query = select(successor.public_id).join(SpeakerRow, SpeakerRow.successor_id == successor.id)
        heir = connection.execute(query.where(SpeakerRow.public_id == heir)).scalar_one_or_none() or heir
    return heir if heir != public_id else None


def read_aliases(connection: Connection, public_id: str, most: int) -> tuple[Alias, ...]:
    """The `most` fullest forms under which a speaker is named, those with a word of the name shown first.

    Each has its evidence and the first document that uses it.
    """
    query = (
        select(*_ALIAS)
        .join(SpeakerRow, AliasRow.speaker_id == SpeakerRow.id)
        .outerjoin(DocumentRow, AliasRow.document_id == DocumentRow.id)
        .where(SpeakerRow.public_id == public_id)
        .order_by(AliasRow.fullness.desc(), AliasRow.document_id.nulls_first(), AliasRow.alias)
    )
    rows = connection.execute(query.limit(most)).all()
    return tuple(_alias(row) for row in sorted(rows, key=lambda row: not {*row.alias.split()} & {*row.name.split()}))


def _alias(row: Row[Any]) -> Alias:
    first = DocumentRef(row.public_id, row.title or row.document_name) if row.public_id else None
    return Alias(row.alias, row.evidence, first)


def read_speaker_options(connection: Connection, chosen: str, most: int) -> tuple[Speaker, ...]:
    """The most quoted speakers by name, for a filter to offer, the chosen one always among them."""
    rows = _MOST_QUOTED.rows(connection, {"most": most})
    own = _ONE.rows(connection, {"speaker": chosen}) if chosen else []
    named = {found.id: found for row in (*rows, *own) if (found := speaker(row))}
    return tuple(sorted(named.values(), key=lambda found: found.name.casefold()))


def _select() -> Select[Any]:
    return select(*SPEAKER, SpeakerRow.quotation_count, SpeakerRow.quote_count, SpeakerRow.document_count)


def _line(row: Row[Any]) -> SpeakerLine:
    return SpeakerLine(
        speaker=Speaker(row.speaker_public_id, row.speaker_name, row.speaker_kind),
        quotation_count=row.quotation_count,
        quote_count=row.quote_count,
        document_count=row.document_count,
    )
