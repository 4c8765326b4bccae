"""Stories in the store: what they are found from, and writing those that documents touch."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from typing import Any

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

from app.store.story_tables import RetiredStoryRow, StoryDocumentRow, StoryRow
from app.store.tables import DocumentRow, PartRow, QuotationRow, QuoteRow, VariantRow

_BATCH = 5_000  # ids a statement
_OPENING = 300  # characters


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """A quote that may tie documents together."""

    text: str
    document_count: int


@dataclass(frozen=True, slots=True)
class StoryDocument:
    """A document that may belong to a story, with the quotes (public ids) that it shares with others."""

    id: int
    public_id: str
    title: str | None
    opening: str
    published_at: datetime | None
    outlet_id: int | None
    copied: bool
    quotes: frozenset[str]


@dataclass(frozen=True, slots=True)
class NewStory:
    """A story to store; `title_document` is whose headline its title is (none: a quote)."""

    public_id: str
    title: str
    title_document: int | None
    quote_count: int
    documents: tuple[StoryDocument, ...]


class UsedStoryIds:
    """Ids that no new story may have: of living ones, and of those that lead to another."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __contains__(self, story: object) -> bool:
        living = select(StoryRow.public_id).where(StoryRow.public_id == story)
        leads_on = RetiredStoryRow.successor.is_not(None)
        retired = select(RetiredStoryRow.public_id).where(RetiredStoryRow.public_id == story, leads_on)
        return any(self._session.scalar(query) is not None for query in (living, retired))


def near_documents(session: Session, touched: Collection[int], crowd: int) -> set[int]:
    """These documents, those that share a quote with them (one that at most `crowd` carry), and all of their
    stories."""
    found = set(touched)
    quotes = {quote for batch in _batches(touched) for quote in session.scalars(_quotes_of(batch, crowd))}
    for batch in _batches(quotes):
        found |= set(session.scalars(_documents_of(batch)))
    member = select(StoryDocumentRow.story_id).distinct()
    stories = {
        story
        for batch in _batches(found)
        for story in session.scalars(member.where(StoryDocumentRow.document_id.in_(batch)))
    }
    for batch in _batches(stories):
        members = select(StoryDocumentRow.document_id).where(StoryDocumentRow.story_id.in_(batch))
        found |= set(session.scalars(members))
    return found


def read_story_documents(
    session: Session, crowd: int, documents: Collection[int] | None = None
) -> tuple[list[StoryDocument], dict[str, QuoteRecord]]:
    """The newest versions of these documents (default: of all) that share a quote with others, and those quotes."""
    shared: dict[int, list[str]] = defaultdict(list)
    quotes: dict[str, QuoteRecord] = {}
    for query in _restricted(_carried(crowd), QuotationRow.document_id, documents):
        for document, name, wording, count in session.execute(query.execution_options(yield_per=_BATCH)):
            quote = intern(name)  # of which each carrier has one
            shared[document].append(quote)
            if quote not in quotes:
                quotes[quote] = QuoteRecord(wording, count)
    found = [
        StoryDocument(quotes=frozenset(shared.pop(row.id)), **row._mapping)
        for batch in _batches(shared)
        for row in session.execute(_document_columns().where(DocumentRow.id.in_(batch)))
    ]
    return found, quotes


def stories_of(session: Session, documents: Collection[int] | None = None) -> dict[str, str]:
    """Public ids of documents (default: of all) that are in a story, with that of the story."""
    columns: tuple[Any, ...] = (DocumentRow.public_id, StoryRow.public_id)
    query = (
        select(*columns)
        .join(StoryDocumentRow, StoryDocumentRow.document_id == DocumentRow.id)
        .join(StoryRow, StoryDocumentRow.story_id == StoryRow.id)
    )
    parts = _restricted(query, DocumentRow.id, documents)
    return {row[0]: row[1] for one in parts for row in session.execute(one)}


def replace_stories(
    session: Session,
    stories: Sequence[NewStory],
    before: Collection[str],
    successors: Mapping[str, Sequence[str]],
    now: datetime,
) -> None:
    """Put `stories` in the place of those with the ids `before`.

    `successors` names for each id that is no more, or has less than before, the others that have its documents.
    """
    for batch in _batches(before):
        gone = select(StoryRow.id).where(StoryRow.public_id.in_(batch))
        session.execute(delete(StoryDocumentRow).where(StoryDocumentRow.story_id.in_(gone)))
        session.execute(delete(StoryRow).where(StoryRow.public_id.in_(batch)))
    first = (session.scalar(select(func.max(StoryRow.id))) or 0) + 1
    rows = [{"id": number, **story_values(story)} for number, story in enumerate(stories, first)]
    members = [
        {"document_id": document.id, "story_id": number}
        for number, story in enumerate(stories, first)
        for document in story.documents
    ]
    if rows:
        session.execute(insert(StoryRow.__table__), rows)  # type: ignore[arg-type]
        session.execute(insert(StoryDocumentRow.__table__), members)  # type: ignore[arg-type]
    _record_successors(session, {story.public_id for story in stories} - set(before), successors, now)


def _record_successors(
    session: Session, revived: Collection[str], successors: Mapping[str, Sequence[str]], now: datetime
) -> None:
    for batch in _batches([*revived, *successors]):
        session.execute(delete(RetiredStoryRow).where(RetiredStoryRow.public_id.in_(batch)))
    rows = [
        {"public_id": old, "successor": new, "retired_at": now}
        for old, others in sorted(successors.items())
        for new in others or (None,)
    ]
    if rows:
        session.execute(insert(RetiredStoryRow), rows)


def story_values(story: NewStory) -> dict[str, object]:
    """What is stored of a story, by column."""
    dates = [document.published_at for document in story.documents if document.published_at]
    return {
        "public_id": story.public_id,
        "title": story.title[:1000],
        "title_document_id": story.title_document,
        "document_count": len(story.documents),
        "outlet_count": len({document.outlet_id or -document.id for document in story.documents}),
        "quote_count": story.quote_count,
        "first_published_at": min(dates, default=None),
        "last_published_at": max(dates, default=None),
    }


def _carried(crowd: int) -> Select[Any]:
    columns: tuple[Any, ...] = (QuotationRow.document_id, QuoteRow.public_id, QuoteRow.text, QuoteRow.document_count)
    return (
        select(*columns)
        .join(PartRow, PartRow.quotation_id == QuotationRow.id)
        .join(VariantRow, PartRow.variant_id == VariantRow.id)
        .join(QuoteRow, VariantRow.quote_id == QuoteRow.id)
        .where(QuoteRow.document_count.between(2, crowd))
    )


def _quotes_of(documents: Sequence[int], crowd: int) -> Select[Any]:
    return (
        select(VariantRow.quote_id)
        .join(PartRow, PartRow.variant_id == VariantRow.id)
        .join(QuotationRow, PartRow.quotation_id == QuotationRow.id)
        .join(QuoteRow, VariantRow.quote_id == QuoteRow.id)
        .where(QuotationRow.document_id.in_(documents), QuoteRow.document_count.between(2, crowd))
        .distinct()
    )


def _documents_of(quotes: Sequence[int]) -> Select[Any]:
    return (
        select(QuotationRow.document_id)
        .join(PartRow, PartRow.quotation_id == QuotationRow.id)
        .join(VariantRow, PartRow.variant_id == VariantRow.id)
        .where(VariantRow.quote_id.in_(quotes))
        .distinct()
    )


def _document_columns() -> Select[Any]:
    opening = func.substr(DocumentRow.text, DocumentRow.body_start + 1, _OPENING)
    columns: tuple[Any, ...] = (
        DocumentRow.id,
        DocumentRow.public_id,
        DocumentRow.title,
        (func.coalesce(DocumentRow.title, "") + "\n" + opening).label("opening"),
        DocumentRow.published_at,
        DocumentRow.outlet_id,
        DocumentRow.copy_of_id.is_not(None).label("copied"),
    )
    return select(*columns).where(DocumentRow.superseded.is_(False))


def _restricted(query: Select[Any], column: Any, ids: Collection[int] | None) -> Iterator[Select[Any]]:
    if ids is None:
        yield query
    else:
        yield from (query.where(column.in_(batch)) for batch in _batches(ids))


def _batches(ids: Collection[Any]) -> Iterator[Sequence[Any]]:
    ordered = sorted(ids)
    return (ordered[start : start + _BATCH] for start in range(0, len(ordered), _BATCH))
