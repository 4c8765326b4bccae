"""Stories: lists, and one with its documents and what they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.orm import aliased

from app.records import Label
from app.store.read_paging import count_found, cursor, read_page
from app.store.read_rows import SPEAKER, document_line, label, select_documents, speaker, when
from app.store.read_views import DocumentLine, DocumentRef, Found, Speaker, When
from app.store.story_tables import StoryDocumentRow, StoryRow
from app.store.tables import DocumentRow, PartRow, QuotationRow, QuoteRow, SpeakerRow, VariantRow

_MOST_SENTENCES = 20_000
_Said = aliased(SpeakerRow)


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a list; `titled_by` is the document whose headline it goes under (none: its first quote)."""

    id: str
    title: str
    titled_by: DocumentRef | None
    document_count: int
    outlet_count: int
    quote_count: int
    first_published: When | None
    last_published: When | None


@dataclass(frozen=True, slots=True)
class StoryList:
    """One page of stories; `after` leads to the next one."""

    found: Found
    stories: tuple[StoryLine, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class StoryDocument:
    """A document of a story, and whether it is taken for re-worded."""

    document: DocumentLine
    reworded: bool


@dataclass(frozen=True, slots=True)
class SharedSentence:
    """A sentence of a quote in one document: which variant it is, and who is named as its speaker there."""

    document: str
    quote: str
    text: str  # of the quote
    quote_speaker: Speaker | None
    variant: str
    labels: tuple[Label, ...]
    speaker: str | None  # a person or body, as named there


def read_stories(connection: Connection, after: str | None, size: int) -> StoryList:
    """One page of stories, those that began last first. Raises NotFound for a bad `after`."""
    column = StoryRow.first_published_at.expression
    query = _select(StoryRow.id.label("sort_key"), column.label("sort_value"))
    rows, last = read_page(connection, query, column, StoryRow.id.expression, cursor(after), size)
    lines = tuple(_line(row) for row in rows)
    return StoryList(count_found(connection, query), lines, str(last) if last else None)


def read_story(connection: Connection, public_id: str) -> StoryLine | None:
    """One story."""
    row = connection.execute(_select().where(StoryRow.public_id == public_id)).one_or_none()
    return _line(row) if row else None


def read_story_of(connection: Connection, document: str) -> StoryLine | None:
    """The story that a document (public id) belongs to."""
    mine = (
        select(StoryDocumentRow.story_id)
        .join(DocumentRow, StoryDocumentRow.document_id == DocumentRow.id)
        .where(DocumentRow.public_id == document)
    )
    row = connection.execute(_select().where(StoryRow.id == mine.scalar_subquery())).one_or_none()
    return _line(row) if row else None


def read_stories_by_id(connection: Connection, public_ids: Sequence[str]) -> tuple[StoryLine, ...]:
    """These stories, those with most documents first; ids that are unknown are left out."""
    query = _select().where(StoryRow.public_id.in_(public_ids))
    return tuple(map(_line, connection.execute(query.order_by(StoryRow.document_count.desc(), StoryRow.id))))


def read_story_documents(connection: Connection, story: str, most: int) -> tuple[StoryDocument, ...]:
    """The first `most` documents of a story in order of time, undated ones last."""
    query = (
        select_documents(DocumentRow.reworded.is_not(None).label("is_reworded"))
        .join(StoryDocumentRow, StoryDocumentRow.document_id == DocumentRow.id)
        .join(StoryRow, StoryDocumentRow.story_id == StoryRow.id)
        .where(StoryRow.public_id == story)
        .order_by(DocumentRow.published_at.is_(None), DocumentRow.published_at, DocumentRow.id)
    )
    rows = connection.execute(query.limit(most))
    return tuple(StoryDocument(document_line(row), bool(row.is_reworded)) for row in rows)


def read_shared(connection: Connection, documents: Sequence[str]) -> tuple[SharedSentence, ...]:
    """The sentences in these documents (public ids) of quotes that stand in more than one document, headings last."""
    columns: tuple[Any, ...] = (
        DocumentRow.public_id.label("document"),
        QuoteRow.public_id.label("quote"),
        QuoteRow.text,
        VariantRow.public_id.label("variant"),
        VariantRow.labels,
        _Said.name.label("said_by"),
        _Said.kind.label("said_by_kind"),
        *SPEAKER,
    )
    query = (
        select(*columns)
        .join(QuotationRow, QuotationRow.document_id == DocumentRow.id)
        .join(PartRow, PartRow.quotation_id == QuotationRow.id)
        .join(VariantRow, PartRow.variant_id == VariantRow.id)
        .join(QuoteRow, VariantRow.quote_id == QuoteRow.id)
        .outerjoin(_Said, QuotationRow.speaker_id == _Said.id)
        .outerjoin(SpeakerRow, QuoteRow.speaker_id == SpeakerRow.id)
        .where(DocumentRow.public_id.in_(documents), QuoteRow.document_count > 1)
        .order_by(QuotationRow.heading, DocumentRow.id, PartRow.start)
        .limit(_MOST_SENTENCES)
    )
    return tuple(_sentence(row) for row in connection.execute(query))


def _sentence(row: Row[Any]) -> SharedSentence:
    return SharedSentence(
        document=row.document,
        quote=row.quote,
        text=row.text,
        quote_speaker=speaker(row),
        variant=row.variant,
        labels=tuple(map(label, row.labels)),
        speaker=row.said_by if row.said_by_kind in ("person", "body") else None,
    )


def _select(*more: Any) -> Select[Any]:
    columns: tuple[Any, ...] = (
        StoryRow.public_id,
        StoryRow.title,
        StoryRow.document_count,
        StoryRow.outlet_count,
        StoryRow.quote_count,
        StoryRow.first_published_at,
        StoryRow.last_published_at,
        DocumentRow.public_id.label("titled_by"),
    )
    return select(*columns, *more).outerjoin(DocumentRow, StoryRow.title_document_id == DocumentRow.id)


def _line(row: Row[Any]) -> StoryLine:
    return StoryLine(
        id=row.public_id,
        title=row.title,
        titled_by=DocumentRef(row.titled_by, row.title) if row.titled_by else None,
        document_count=row.document_count,
        outlet_count=row.outlet_count,
        quote_count=row.quote_count,
        first_published=when(row.first_published_at),
        last_published=when(row.last_published_at),
    )
